/** What is wrong with the settings files of the tools that have no fact of their own: which cannot be read, and which show a password. */
import { dirname } from "node:path";
import type { Facts, PathFact, Source, ToolFact } from "../facts/facts.ts";
import { whyRefused } from "./access-model.ts";
import { accountName, behindLinks, isInHome, octal, pathFact } from "./look-up.ts";
import { restoreMode, setAside } from "./ownership-cures.ts";
import type { Finding, Remedy } from "./problem.ts";
import { mayEdit, shellWord } from "./settings-words.ts";
import { toolNames } from "./tool-places.ts";
import type { ToolConfig } from "./tool-settings.ts";
import { toolWays } from "./tool-ways.ts";

export interface ReadFile {
  readonly config: ToolConfig;
  readonly uses: readonly ToolFact[];
}

/** Versions that nobody starts by their name mind files, too; who keeps one in an environment knows why. */
export function inUse(facts: Facts): ToolFact[] {
  const all = (facts.tools ?? []).filter(({ tool }) => toolWays[tool] !== undefined);
  return all.filter((one) => one.chosen || !all.some((other) => other.tool === one.tool && other.chosen));
}

/** Each file once, as the first of the tools that it concerns sees it. */
export function filesOf(facts: Facts, isWanted: (config: ToolConfig, use: ToolFact) => boolean): ReadFile[] {
  const found = new Map<string, { config: ToolConfig; uses: ToolFact[] }>();
  for (const use of inUse(facts)) {
    for (const config of use.configs.filter((one) => isWanted(one, use))) {
      const known = found.get(config.path) ?? { config, uses: [] };
      known.uses.push(use);
      found.set(config.path, known);
    }
  }
  return [...found.values()];
}

/** Found with these tools, not with pip or conda. */
export function isOfTools(found: Finding): boolean {
  return found.params["tools"] !== undefined;
}

export function baseParams(uses: readonly ToolFact[], from: Source): Record<string, string> {
  return {
    pip: toolNames(uses), tools: [...new Set(uses.map(({ tool }) => tool))].join(","),
    path: from.path ?? "", file: from.path ?? "", line: String(from.line ?? ""), variable: from.env ?? "",
  };
}

export function sourceIn({ path, line }: ToolConfig): Source {
  return { path, ...(line !== undefined && { line }) };
}

/** It stops the tool. uv stops, with a message of its own, over files of projects and of the machine only; what all others may not read is a file that cannot be read. */
export function isBroken({ state, errno, error = "" }: ToolConfig, { tool }: ToolFact): boolean {
  const ways = toolWays[tool];
  return state === "breaks" && ways?.otherMatters?.test(error) !== true && (errno === undefined || ways?.stopsAtOthers === true);
}

function isUnread({ state, errno, ignored }: ToolConfig): boolean {
  if (state === "ignored") return ignored === "unreadable" || ignored === "not-a-file";
  return errno !== undefined && state !== "absent";
}

/** Most of these tools stop; uv goes on without its person's file, like pip. */
export function unreadToolConfigs(facts: Facts): Finding[] {
  const told = new Set(filesOf(facts, isBroken).map(({ config }) => config.path));
  return filesOf(facts, isUnread).filter(({ config }) => !told.has(config.path)).flatMap(({ config, uses }): Finding[] => {
    const { path, errno, ignored, state } = config;
    const seen = behindLinks(facts, path);
    // A link to /dev/null says on purpose that there are no settings.
    if (ignored === "not-a-file" && seen.type !== "dir") return [];
    const isOther = seen.state === "present" && seen.type !== "file" && seen.type !== "link";
    const because = isOther ? `it is a ${seen.type ?? "thing"}, not a file` : (whyRefused(facts, seen, "read")?.because ?? `the kernel answers ${errno ?? "an error"}`);
    const stops = state === "breaks";
    return [{
      problem: "config-unreadable", severity: stops ? "error" : "warning", subject: path,
      evidence: [{ says: because, from: { path: seen.path, call: "access" }, path: seen }],
      params: { ...baseParams(uses, { path }), because, owner: accountName(facts, seen.uid), mode: octal(seen.mode), variant: stops ? "stops" : isOther ? "not-a-file" : "unreadable" },
    }];
  });
}

/** The person's own file, closed or in a place of somebody else's: that may be anything, and root is asked by a command that a person reads first. */
export function unreadToolRemedies(found: Finding, facts: Facts): Remedy[] {
  const seen = behindLinks(facts, found.subject);
  const part = seen.state === "present" ? seen : (whyRefused(facts, seen, "read")?.by ?? seen);
  const own = part.type === "file" || part.type === "dir" ? restoreMode(facts, part, { select: "top", probes: [] }) : [];
  if (own.length > 0) return own;
  const isMine = isInHome(facts, part.path) && facts.user.euid !== 0;
  const command = isMine ? `sudo chown ${facts.user.uid}:${facts.user.gid} ${shellWord(part.path)}` : `sudo chmod ${part.type === "dir" ? "a+x" : "a+r"} ${shellWord(part.path)}`;
  const shown: Remedy = { id: "ask-admin", needs: "root", steps: [], params: { path: part.path }, shown: [command] };
  return isSettingsFile(facts, found.subject) && part.type === "file" && isMine ? [...setAside(facts, part, []), shown] : [shown];
}

/** The person's own, on which no project depends. */
export function isSettingsFile(facts: Facts, path: string): boolean {
  return inUse(facts).some(({ configs }) => configs.some((config) => config.path === path && config.scope === "user"));
}

/** Others may read the file and enter every directory above it. The group is left out: who is in it is a decision the facts cannot judge. */
export function isOpenToOthers(facts: Facts, file: PathFact): boolean {
  if (file.type !== "file" || ((file.mode ?? 0) & 0o004) === 0) return false;
  for (let at = dirname(file.path); ; at = dirname(at)) {
    const above = pathFact(facts, at);
    if (above.state !== "present" || ((above.mode ?? 0) & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** A project's file may go to others by other ways than this machine: the words say so, and here it is closed like any other. */
export function exposedToolSecrets(facts: Facts): Finding[] {
  return filesOf(facts, ({ state, secrets }) => (state === "read" || state === "breaks") && secrets !== undefined).flatMap(({ config, uses }): Finding[] => {
    const file = behindLinks(facts, config.path);
    const [first] = config.secrets ?? [];
    if (first === undefined || !isOpenToOthers(facts, file)) return [];
    return [{
      problem: "config-exposes-secret", severity: "warning", subject: config.path,
      evidence: (config.secrets ?? []).map(({ key, line }) => ({ says: `${key} holds a credential, and mode ${octal(file.mode)} lets everybody read it`, from: { path: config.path, line }, path: file })),
      params: {
        ...baseParams(uses, { path: config.path, line: first.line }), file: file.path, key: first.key, mode: octal(file.mode),
        variant: mayEdit(facts, file.path) && isInHome(facts, file.path) ? "own" : "shared",
      },
    }];
  });
}
