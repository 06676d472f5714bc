import type { Facts, SettingFact } from "../facts/facts.ts";
import { behindLinks, selfActor } from "./look-up.ts";
import type { Evidence, ProposedStep, Remedy } from "./problem.ts";

/** `~/.config/pip/pip.conf:3` or `PIP_CACHE_DIR`: what a person looks for. */
export function placeOf(setting: Pick<SettingFact, "from">): string {
  if (setting.from.env !== undefined) return setting.from.env;
  return setting.from.line === undefined ? (setting.from.path ?? "?") : `${setting.from.path}:${setting.from.line}`;
}

export function settingEvidence(setting: SettingFact): Evidence {
  const says = setting.from.env === undefined ? `${setting.section === "" ? "" : `[${setting.section}] `}${setting.key} = ${setting.value}` : `${setting.from.env}=${setting.value}`;
  return { says, from: setting.from };
}

/**
 * Only a regular file of one's own, with one name: an edit puts a new file in its place. A global file is the
 * administrator's to edit, even where the group may write it; and root leaves a file below somebody's home alone.
 */
export function mayEdit(facts: Facts, path: string | undefined): path is string {
  if (path === undefined) return false;
  const file = behindLinks(facts, path);
  const isOne = file.state === "present" && file.type === "file" && file.uid === facts.user.euid && (file.nlink ?? 1) === 1;
  // A linked file's own access is not asked; its owner and mode say enough.
  return isOne && (facts.user.euid === 0 || (file.access?.write ?? (((file.mode ?? 0) & 0o200) === 0 ? "EACCES" : "ok")) === "ok");
}

export function removeSetting(facts: Facts, setting: SettingFact, why: string): ProposedStep[] {
  const { path, line } = setting.from;
  if (path === undefined || line === undefined || !mayEdit(facts, path)) return [];
  return [{ kind: "change-config", why, actor: selfActor(facts), path, change: { do: "remove", section: setting.section, key: setting.key, line } }];
}

export function changeSetting(facts: Facts, setting: SettingFact, value: string, why: string): ProposedStep[] {
  const { path } = setting.from;
  if (!mayEdit(facts, path)) return [];
  return [{ kind: "change-config", why, actor: selfActor(facts), path, change: { do: "set", section: setting.section, key: setting.key, value } }];
}

/** A variable lives in somebody's shell file, service unit or CI page: the command is shown. */
export function unsetVariable(name: string): Remedy {
  return { id: "unset-variable", needs: "user", steps: [], params: { variable: name }, shown: [`unset ${name}`] };
}

/** An edit of a file the user may not write: shown with what to do there. */
export function askForEdit(id: string, setting: Pick<SettingFact, "from">): Remedy {
  return { id, needs: "root", steps: [], params: { file: setting.from.path ?? "", line: String(setting.from.line ?? "") }, shown: [`# edit ${placeOf(setting)}`] };
}

/** One word for a shell, whatever is in it: shown commands are there to be copied. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
