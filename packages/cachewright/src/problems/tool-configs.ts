/** What is wrong with the settings files of the tools that have no fact of their own, for the problems about settings. */
import type { Facts, PathFact, Source, ToolFact } from "../facts/facts.ts";
import { whyRefused } from "./access-model.ts";
import { accountName, behindLinks, isInHome, octal } from "./look-up.ts";
import { restoreMode, setAside } from "./ownership-cures.ts";
import type { Finding, Remedy } from "./problem.ts";
import { mayEdit, placeOf, shellWord, unsetVariable } from "./settings-words.ts";
import { namesOf, removeToolSetting, settingsBySource, type SetSomewhere, type ToolConfig } from "./tool-settings.ts";

/** Tools whose adapters tell the faults of their files. */
export const toolsWithSettings: readonly ToolFact["tool"][] = ["uv"];

interface ReadFile {
  readonly config: ToolConfig;
  readonly uses: readonly ToolFact[];
}

/** Versions that nobody starts by their name mind files, too; who keeps one in an environment knows why. */
export function inUse(facts: Facts): ToolFact[] {
  const all = (facts.tools ?? []).filter(({ tool }) => toolsWithSettings.includes(tool));
  return all.filter((one) => one.chosen || !all.some((other) => other.tool === one.tool && other.chosen));
}

export function filesOf(facts: Facts, isWanted: (config: ToolConfig) => boolean): ReadFile[] {
  const found = new Map<string, { config: ToolConfig; uses: ToolFact[] }>();
  for (const use of inUse(facts)) {
    for (const config of use.configs.filter(isWanted)) {
      const known = found.get(config.path) ?? { config, uses: [] };
      known.uses.push(use);
      found.set(config.path, known);
    }
  }
  return [...found.values()];
}

export function isOfTools(found: Finding): boolean {
  return toolsWithSettings.some((tool) => found.params["tool"] === tool);
}

export function baseParams({ uses }: Pick<ReadFile, "uses">, from: Source): Record<string, string> {
  return { pip: namesOf(uses), tool: uses[0]?.tool ?? "", path: from.path ?? "", file: from.path ?? "", line: String(from.line ?? ""), variable: from.env ?? "" };
}

export function sourceIn({ path, line }: ToolConfig): Source {
  return { path, ...(line !== undefined && { line }) };
}

/** Another version is wanted, one stands in the wrong directory, or a place is named that uv-path-literal speaks of: no fault of a setting's form. */
const otherMatters = /^Required \w+ version|^cannot make an empty path|^a value is required for '--cache-dir|^(?:The project|Project) directory /;

function faultySettings(facts: Facts): SetSomewhere[] {
  const chosen = new Set(inUse(facts));
  return toolsWithSettings.flatMap((tool) => settingsBySource(facts, { tool, isWanted: ({ error = "" }) => error !== "" && !otherMatters.test(error) }))
    .map((one) => ({ ...one, uses: one.uses.filter((use) => chosen.has(use)), place: placeOf({ from: one.setting.errorFrom ?? one.setting.from }) }))
    .filter(({ uses }) => uses.length > 0);
}

export function brokenToolConfigs(facts: Facts): Finding[] {
  const ofFiles = filesOf(facts, ({ state, error = "" }) => state === "breaks" && !otherMatters.test(error)).map((file): Finding => {
    const { config } = file;
    return {
      problem: "config-breaks-tool", severity: "error", subject: config.path, evidence: [{ says: config.error ?? "", from: sourceIn(config), path: behindLinks(facts, config.path) }],
      params: { ...baseParams(file, sourceIn(config)), text: config.error ?? "", variant: "file" },
    };
  });
  const known = new Set(ofFiles.map(({ subject }) => subject));
  const ofSettings = faultySettings(facts).filter(({ place }) => !known.has(place)).map(({ place, setting, uses }): Finding => {
    const from = setting.errorFrom ?? setting.from;
    return {
      problem: "config-breaks-tool", severity: "error", subject: place, evidence: [{ says: setting.error ?? "", from }],
      params: { ...baseParams({ uses }, from), text: setting.error ?? "", variant: from.env === undefined ? "file" : "variable" },
    };
  });
  return [...ofFiles, ...new Map(ofSettings.map((one) => [one.subject, one])).values()];
}

export function brokenToolRemedies(found: Finding, facts: Facts): Remedy[] {
  const { variable = "", file = "" } = found.params;
  if (variable !== "") return [unsetVariable(variable)];
  const broken = filesOf(facts, ({ path, state }) => path === file && state === "breaks")[0];
  const use = broken?.uses[0];
  const seen = behindLinks(facts, file);
  const reopened = broken?.config.errno === undefined ? [] : restoreMode(facts, seen, { select: "top", probes: [] });
  if (reopened.length > 0) return reopened;
  const { key } = broken?.config ?? {};
  const dropped = use === undefined || key === undefined || !mayEdit(facts, file) ? [] : removeToolSetting(facts, { use, from: { path: file }, key: ownKey(use, key).join("."), why: "this version does not take it" });
  // Of a project's file more depends than one person's settings.
  const isOwn = broken?.config.scope === "user" && isInHome(facts, seen.path);
  return [
    ...(dropped.length > 0 ? [{ id: "drop-key", needs: "user" as const, params: { file, key: key?.join(".") ?? "" }, steps: dropped }] : []),
    ...(isOwn ? setAside(facts, seen, []) : []),
    ...(mayEdit(facts, file) ? [] : [{ id: "give-file-to-admin", needs: "root" as const, steps: [], params: { file }, shown: [`# ${file}${found.params["line"] === "" ? "" : `:${found.params["line"] ?? ""}`}: ${found.params["text"] ?? ""}`] }]),
  ];
}

/** The key without the tool's table in a project's file, which is put before it again. */
export function ownKey({ tool }: ToolFact, key: readonly string[]): readonly string[] {
  return key[0] === "tool" && key[1] === tool ? key.slice(2) : key;
}

export function unreadToolConfigs(facts: Facts): Finding[] {
  return filesOf(facts, ({ state, ignored }) => state === "ignored" && (ignored === "unreadable" || ignored === "not-a-file")).flatMap((file): Finding[] => {
    const { path, errno, ignored } = file.config;
    const seen = behindLinks(facts, path);
    if (ignored === "not-a-file" && seen.type !== "dir") return [];
    const because = ignored === "not-a-file" ? `it is a ${seen.type ?? "thing"}, not a file` : (whyRefused(facts, seen, "read")?.because ?? `the kernel answers ${errno ?? "an error"}`);
    return [{
      problem: "config-unreadable", severity: "warning", subject: path, evidence: [{ says: because, from: { path: seen.path, call: "access" }, path: seen }],
      params: { ...baseParams(file, { path }), because, owner: accountName(facts, seen.uid), mode: octal(seen.mode), variant: ignored === "not-a-file" ? "not-a-file" : "unreadable" },
    }];
  });
}

export function exposedToolSecrets(facts: Facts, isOpenToOthers: (file: PathFact) => boolean): Finding[] {
  return filesOf(facts, ({ state, secrets }) => (state === "read" || state === "breaks") && secrets !== undefined).flatMap((file): Finding[] => {
    const { config } = file;
    const seen = behindLinks(facts, config.path);
    const [first] = config.secrets ?? [];
    if (first === undefined || !isOpenToOthers(seen)) return [];
    return [{
      problem: "config-exposes-secret", severity: "warning", subject: config.path,
      evidence: (config.secrets ?? []).map(({ key, line }) => ({ says: `${key} holds a credential, and mode ${octal(seen.mode)} lets everybody read it`, from: { path: config.path, line }, path: seen })),
      params: {
        ...baseParams(file, { path: config.path, line: first.line }), file: seen.path, key: first.key, mode: octal(seen.mode),
        // A project's file goes to others by other ways than this machine.
        variant: mayEdit(facts, seen.path) && config.scope === "user" ? "own" : "shared",
      },
    }];
  });
}

/** The person's own file, closed or in a place of somebody else's. */
export function unreadToolRemedies(found: Finding, facts: Facts): Remedy[] {
  const seen = behindLinks(facts, found.subject);
  if (found.params["variant"] === "not-a-file") return [{ id: "move-away", needs: "root", steps: [], params: { path: seen.path }, shown: [`mv ${shellWord(seen.path)} ${shellWord(`${seen.path}.old`)}`] }];
  const own = restoreMode(facts, seen, { select: "top", probes: [] });
  if (own.length > 0) return own;
  const shown: Remedy = { id: "ask-admin", needs: "root", steps: [], params: { path: seen.path }, shown: [`sudo chmod a+r ${shellWord(seen.path)}`] };
  return isInHome(facts, seen.path) ? [...setAside(facts, seen, []), shown] : [shown];
}

