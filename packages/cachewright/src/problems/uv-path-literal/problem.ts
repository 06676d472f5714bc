import { join } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { asideName, canSetAside, homeOf, pathFact, selfActor } from "../look-up.ts";
import type { Evidence, Finding, Problem, Remedy, Severity } from "../problem.ts";
import { askForEdit, mayEdit, placeOf, shellWord, unsetVariable } from "../settings-words.ts";
import { changeToolSetting, namesOf, removeToolSetting, settingsBySource, toolSettingEvidence, type SetSomewhere, type ToolSetting } from "../tool-settings.ts";

type Misreading = "empty" | "tilde" | "variable" | "relative";

/** Directories uv takes as they are written. A project's environment is named from its root, and is meant so. */
const directories: ReadonlySet<string> = new Set(["cache-dir", "UV_PYTHON_CACHE_DIR", "UV_PYTHON_INSTALL_DIR", "UV_PYTHON_BIN_DIR", "UV_TOOL_DIR", "UV_TOOL_BIN_DIR", "UV_CREDENTIALS_DIR"]);

function misreading(facts: Facts, { key, value, error, from }: ToolSetting): Misreading | undefined {
  if (/^a value is required for '--cache-dir|^cannot make an empty path absolute/.test(error ?? "")) return "empty";
  if (value === null || value === "") return undefined;
  if (/^~(?:[/\\]|$)|^~[\w.-]+(?:\/|$)/.test(value)) return "tilde";
  if (/\$\{?\w|^%\w+%/.test(value)) return "variable";
  if (value.startsWith("/") || facts.machine.platform === "win32") return undefined;
  // A job works in one directory and keeps its cache there on purpose.
  const isOfJob = from.env !== undefined && (facts.env["CI"] ?? "") !== "";
  return isOfJob || (key !== "cache-dir" && !key.endsWith("_DIR")) ? undefined : "relative";
}

/** What the person most likely meant; "" where nothing can be said. */
function meant(facts: Facts, value: string): string {
  const home = homeOf(facts);
  if (home === undefined) return "";
  const plain = value.replace(/\$\{(\w+)\}|\$(\w+)/g, (whole, a?: string, b?: string) => facts.env[a ?? b ?? ""] ?? whole);
  const full = /^~(?:\/|$)/.test(plain) ? join(home, plain.slice(1)) : plain;
  if (/\$|^~/.test(full)) return "";
  return full.startsWith("/") ? full : join(home, full);
}

function misread(facts: Facts): (SetSomewhere & { readonly how: Misreading })[] {
  const isWanted = (setting: ToolSetting): boolean => directories.has(setting.key) && misreading(facts, setting) !== undefined && (setting.from.call === undefined || setting.errorFrom !== undefined);
  return settingsBySource(facts, { tool: "uv", isWanted }).map((one) => {
    const { setting } = one;
    const how = misreading(facts, setting) ?? "empty";
    return how === "empty" && setting.errorFrom !== undefined ? { ...one, how, place: placeOf({ from: setting.errorFrom }), setting: { ...setting, value: "", from: setting.errorFrom } } : { ...one, how };
  });
}

/** What uv made of the words: in the working directory, and by that very name. */
function strayOf(facts: Facts, value: string): PathFact | undefined {
  const [first = ""] = value.split("/");
  if (!/^~|\$/.test(first) || pathFact(facts, join(facts.cwd, value)).type !== "dir") return undefined;
  const seen = pathFact(facts, join(facts.cwd, first));
  return seen.state === "present" && seen.type === "dir" ? seen : undefined;
}

function severityOf(how: Misreading): Severity {
  return how === "empty" ? "error" : "warning";
}

function detect(facts: Facts): Finding[] {
  return misread(facts).map(({ place, setting, uses, how }): Finding => {
    const value = setting.value ?? "";
    const becomes = how === "empty" ? "" : join(facts.cwd, value);
    const stray = strayOf(facts, value);
    const evidence: Evidence[] = [toolSettingEvidence(setting), ...(becomes === "" ? [] : [{ says: `started here, uv goes to ${becomes}`, from: { path: becomes } }])];
    if (stray !== undefined) evidence.push({ says: "made of it", from: { path: stray.path }, path: stray });
    return {
      problem: "uv-path-literal", severity: severityOf(how), subject: place, evidence,
      params: { place, key: setting.key, value, tool: namesOf(uses), path: setting.from.path ?? "", variable: setting.from.env ?? "", becomes, variant: how, meant: how === "empty" ? "" : meant(facts, value), stray: stray?.path ?? "" },
      // What is wrong with a directory that nobody wanted there needs no cure of its own.
      ...(becomes !== "" && { explains: [{ blockedBelow: becomes }] }),
    };
  });
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const one = misread(facts).find(({ place }) => place === found.subject);
  const use = one?.uses[0];
  if (one === undefined || use === undefined) return [];
  const { from, key } = one.setting;
  const { meant: value = "", stray = "" } = found.params;
  if (from.env !== undefined) return [...(value === "" ? [] : [{ id: "export-right", needs: "user", steps: [], params: { value }, shown: [`export ${from.env}=${shellWord(value)}`] } satisfies Remedy]), unsetVariable(from.env)];
  if (!mayEdit(facts, from.path)) return [askForEdit("correct-value", one.setting)];
  const strayStep: Remedy["steps"] = stray === "" || !canSetAside(facts, pathFact(facts, stray)) ? [] : [{ kind: "rename", why: "the stray directory, out of the way", actor: selfActor(facts), from: stray, to: asideName(facts, stray), aside: true }];
  const change = { use, from, key };
  return [
    ...(value === "" ? [] : [{ id: "correct-value", needs: "user" as const, params: { value }, steps: [...changeToolSetting(facts, { ...change, why: `an absolute path means the same everywhere: ${value}` }, value), ...strayStep] }]),
    { id: "drop-setting", needs: "user", params: { place: placeOf(one.setting) }, steps: [...removeToolSetting(facts, { ...change, why: "uv goes back to its usual place" }), ...strayStep] },
  ];
}

export const problem: Problem = { id: "uv-path-literal", severity: "warning", tools: ["uv"], when: "always", detect, remedies };
