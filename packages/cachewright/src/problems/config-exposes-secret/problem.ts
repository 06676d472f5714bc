import { dirname } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { behindLinks, isInHome, octal, pathFact, pipNames, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { mayEdit } from "../settings-words.ts";
import { exposedToolSecrets } from "../tool-configs.ts";

type Config = Facts["pip"]["configs"][number];

/**
 * Others can open it: they may read the file and enter every directory above it. The group is left out: who is in it is
 * a decision the facts cannot judge.
 */
function isOpenToOthers(facts: Facts, file: PathFact): boolean {
  if (file.type !== "file" || ((file.mode ?? 0) & 0o004) === 0) return false;
  for (let at = dirname(file.path); ; at = dirname(at)) {
    const above = pathFact(facts, at);
    if (above.state !== "present" || ((above.mode ?? 0) & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** The user's own settings: what only this user reads may be closed to everybody else. */
function isPersonal(facts: Facts, config: Config, file: PathFact): boolean {
  return mayEdit(facts, file.path) && (config.level === "user" || isInHome(facts, file.path));
}

function ofPip(facts: Facts): Finding[] {
  return facts.pip.configs.flatMap((config): Finding[] => {
    const file = behindLinks(facts, config.path);
    const [first] = config.secrets ?? [];
    if (first === undefined || !isOpenToOthers(facts, file)) return [];
    return [{
      problem: "config-exposes-secret", severity: "warning", subject: config.path,
      evidence: (config.secrets ?? []).map(({ section, key, line }) => ({ says: `[${section}] ${key} holds a credential, and mode ${octal(file.mode)} lets everybody read it`, from: { path: config.path, line }, path: file })),
      params: {
        path: config.path, file: file.path, line: String(first.line), key: first.key, mode: octal(file.mode),
        pip: pipNames(facts.pip.uses.filter((use) => use.reads.includes(config.path))), variant: isPersonal(facts, config, file) ? "own" : "shared",
      },
    }];
  });
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { file = "", line = "" } = found.params;
  const moveOut: Remedy = { id: "move-out", needs: found.params["variant"] === "own" ? "user" : "root", steps: [], params: { file }, shown: [`# edit ${file}:${line}`, "keyring set INDEX-URL USER-NAME"] };
  if (found.params["variant"] !== "own") return [moveOut];
  return [{
    id: "make-private", needs: "user", params: { file },
    steps: [{
      kind: "chmod", why: "only its owner reads it", actor: selfActor(facts), root: file, within: file, select: "top",
      dirs: { add: 0, remove: 0 }, files: { add: 0, remove: 0o077 },
    }],
  }, moveOut];
}

export const problem: Problem = { id: "config-exposes-secret", severity: "warning", tools: ["pip", "uv"], when: "always", detect: (facts) => [...ofPip(facts), ...exposedToolSecrets(facts, (file) => isOpenToOthers(facts, file))], remedies };
