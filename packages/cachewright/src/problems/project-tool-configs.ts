/** The settings files of poetry, pdm, pipenv, hatch and their like: which stop their tool, cannot be read, or show a password. */
import { dirname } from "node:path";
import type { Facts, PathFact, ToolFact } from "../facts/facts.ts";
import { whyRefused } from "./access-model.ts";
import { accountName, behindLinks, isInHome, octal, pathFact, selfActor } from "./look-up.ts";
import { restoreMode } from "./ownership-cures.ts";
import type { Finding, Remedy } from "./problem.ts";
import { mayEdit, shellWord, unsetVariable } from "./settings-words.ts";
import { toolNames } from "./tool-places.ts";

export type ToolConfig = ToolFact["configs"][number];

export interface UsedConfig {
  readonly config: ToolConfig;
  readonly uses: readonly Pick<ToolFact, "tool" | "version">[];
}

/** Each file once, as the first of the tools that it concerns sees it. */
export function toolConfigs(facts: Facts, tools: readonly ToolFact["tool"][], select: (config: ToolConfig) => boolean): UsedConfig[] {
  const found = new Map<string, UsedConfig>();
  for (const { tool, version, configs } of facts.tools ?? []) {
    if (!tools.includes(tool)) continue;
    for (const config of configs.filter(select)) {
      const known = found.get(config.path);
      found.set(config.path, { config: known?.config ?? config, uses: [...(known?.uses ?? []), { tool, version }] });
    }
  }
  return [...found.values()];
}

/** Errors of Python's that a value ends a command with; other remarks about a value are no such thing. */
const ends = /^(?:TypeError|AttributeError|RecursionError|ValueError|expected str|invalid literal)/;

interface BrokenSetting {
  readonly subject: string;
  readonly from: ToolFact["settings"][number]["from"];
  readonly key: string;
  readonly error: string;
  readonly uses: ToolFact[];
}

function brokenSettings(facts: Facts, tools: readonly ToolFact["tool"][]): BrokenSetting[] {
  const found = new Map<string, BrokenSetting>();
  for (const fact of facts.tools ?? []) {
    if (!tools.includes(fact.tool)) continue;
    for (const { key, from, error } of fact.settings) {
      if (error === undefined || !ends.test(error) || (from.env === undefined && from.path === undefined)) continue;
      const subject = from.env ?? `${from.path}:${from.line ?? 1}`;
      const known = found.get(subject) ?? { subject, from, key, error, uses: [] };
      known.uses.push(fact);
      found.set(subject, known);
    }
  }
  return [...found.values()];
}

const isBroken = ({ state, errno }: ToolConfig): boolean => state === "breaks" && errno === undefined;

/** `config-breaks-tool` of these tools. */
export function brokenProjectConfigs(facts: Facts, tools: readonly ToolFact["tool"][]): Finding[] {
  const files = toolConfigs(facts, tools, isBroken).map(({ config, uses }): Finding => {
    const { path, error = "it is not understood", line, scope } = config;
    return {
      problem: "config-breaks-tool", severity: "error", subject: path,
      evidence: [{ says: error, from: { path, ...(line !== undefined && { line }) } }],
      params: { path, file: path, line: String(line ?? ""), kind: "toml", text: error, pip: toolNames(uses), variable: "", variant: scope === "project" ? "project" : "file", tools: "yes" },
    };
  });
  const settings = brokenSettings(facts, tools).map(({ subject, from, key, error, uses }): Finding => ({
    problem: "config-breaks-tool", severity: "error", subject,
    evidence: [{ says: `${key}: ${error}`, from }],
    params: {
      path: from.path ?? "", file: from.path ?? "", line: String(from.line ?? ""), kind: "value", text: error, pip: toolNames(uses), variable: from.env ?? "",
      variant: from.env === undefined ? "file" : "variable", tools: "yes",
    },
  }));
  return [...files, ...settings];
}

export function brokenProjectRemedies(facts: Facts, found: Finding, tools: readonly ToolFact["tool"][]): Remedy[] {
  const { variable = "", file = "", line = "", text = "" } = found.params;
  if (variable !== "") return [unsetVariable(variable)];
  const cure = toolConfigs(facts, tools, isBroken).find(({ config }) => config.path === found.subject)?.config.cure;
  if (cure === undefined || !mayEdit(facts, file)) {
    const right = cure === undefined ? [] : [`# ${file}:${cure.line}: ${cure.text.trim()}`];
    return [{ id: mayEdit(facts, file) ? "correct-by-hand" : "give-file-to-admin", needs: mayEdit(facts, file) ? "user" : "root", steps: [], params: { file }, shown: [`# ${file}${line === "" ? "" : `:${line}`}: ${text}`, ...right] }];
  }
  const { old, text: right, line: at } = cure;
  return [{
    id: "correct-file", needs: "user", params: { file },
    steps: [{ kind: "change-config", why: text, actor: selfActor(facts), path: file, change: { do: "replace-line", line: at, old, text: right } }],
  }];
}

const isUnread = ({ errno, state }: ToolConfig): boolean => errno !== undefined && state !== "absent";

/** `config-unreadable` of these tools: unlike pip most of them stop. */
export function unreadProjectConfigs(facts: Facts, tools: readonly ToolFact["tool"][]): Finding[] {
  return toolConfigs(facts, tools, isUnread).map(({ config, uses }): Finding => {
    const seen = behindLinks(facts, config.path);
    const isOther = seen.state === "present" && seen.type !== "file" && seen.type !== "link";
    const because = isOther ? `it is a ${seen.type ?? "thing"}, not a file` : whyRefused(facts, seen, "read")?.because ?? `the kernel answers ${config.errno ?? "an error"}`;
    const stops = config.state === "breaks";
    return {
      problem: "config-unreadable", severity: stops ? "error" : "warning", subject: config.path,
      evidence: [{ says: because, from: { path: seen.path, call: "access" }, path: seen }],
      params: { path: config.path, file: config.path, because, pip: toolNames(uses), owner: accountName(facts, seen.uid), mode: octal(seen.mode), variant: stops ? "stops" : isOther ? "not-a-file" : "unreadable", tools: "yes" },
    };
  });
}

/** A foreign file that is closed may be anything: root is asked by a command that a person reads first. */
export function unreadProjectRemedies(facts: Facts, found: Finding): Remedy[] {
  const seen = behindLinks(facts, found.subject);
  const part = seen.state === "present" ? seen : (whyRefused(facts, seen, "read")?.by ?? seen);
  const own = part.type === "file" || part.type === "dir" ? restoreMode(facts, part, { select: "top", probes: [] }) : [];
  if (own.length > 0) return own;
  const isMine = isInHome(facts, part.path) && facts.user.euid !== 0;
  const command = isMine ? `sudo chown ${facts.user.uid}:${facts.user.gid} ${shellWord(part.path)}` : `sudo chmod ${part.type === "dir" ? "a+x" : "a+r"} ${shellWord(part.path)}`;
  return [{ id: "ask-admin", needs: "root", steps: [], params: { path: part.path }, shown: [command] }];
}

/** Others may read the file and enter every directory above it; its group is left out. */
export function isOpenToOthers(facts: Facts, file: PathFact): boolean {
  if (file.type !== "file" || ((file.mode ?? 0) & 0o004) === 0) return false;
  for (let at = dirname(file.path); ; at = dirname(at)) {
    const above = pathFact(facts, at);
    if (above.state !== "present" || ((above.mode ?? 0) & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** `config-exposes-secret` of these tools. A project's file is shared with everybody who has the project: taking bits away is for one's own. */
export function exposedProjectSecrets(facts: Facts, tools: readonly ToolFact["tool"][]): Finding[] {
  return toolConfigs(facts, tools, ({ secrets }) => secrets !== undefined).flatMap(({ config, uses }): Finding[] => {
    const file = behindLinks(facts, config.path);
    const [first] = config.secrets ?? [];
    if (first === undefined || !isOpenToOthers(facts, file)) return [];
    return [{
      problem: "config-exposes-secret", severity: "warning", subject: config.path,
      evidence: (config.secrets ?? []).map(({ key, line }) => ({ says: `${key} holds a credential, and mode ${octal(file.mode)} lets everybody read it`, from: { path: config.path, line }, path: file })),
      params: {
        path: config.path, file: file.path, line: String(first.line), key: first.key, mode: octal(file.mode), pip: toolNames(uses),
        variant: mayEdit(facts, file.path) && isInHome(facts, file.path) ? "own" : "shared", tools: [...new Set(uses.map(({ tool }) => tool))].join(","),
      },
    }];
  });
}
