/** Every cache that a tool of this person fills, for problems of the machine under it: a full disk asks nobody which tool fills it. */
import { dirname, join } from "node:path";
import type { ConfigPath } from "../configs/config-data.ts";
import type { EditFormat } from "../configs/value-edit.ts";
import type { Facts, PipUseFact, ToolFact } from "../facts/facts.ts";
import { homeOf, isAtOrBelow, nearestPresent, pipCaches, selfActor } from "./look-up.ts";
import { cacheElsewhere, placeForCache, userConfigFile } from "./pip-places.ts";
import type { Remedy } from "./problem.ts";
import { mayEdit } from "./settings-words.ts";
import { toolNames, toolRoots, type ToolRoot } from "./tool-places.ts";

export const toolsWithCaches: readonly ToolFact["tool"][] = ["uv", "pipx", "poetry", "pdm", "pipenv", "hatch", "virtualenv", "pyenv"];

/** Whoever it is, the machine under it is the same. */
export const everyTool: readonly string[] = ["pip", "conda", ...toolsWithCaches];

export interface AnyCache {
  /** Links resolved. */
  readonly path: string;
  /** "pip 9.0.3, 24.3.1", "uv 0.9.2 and poetry 1.8.5" */
  readonly users: string;
  /** Of pip's caches only. */
  readonly uses: readonly PipUseFact[];
  /** Of other tools' only. */
  readonly root?: ToolRoot;
}

/** pip's first; of conda the one that it fills. */
export function allCaches(facts: Facts): AnyCache[] {
  const pips = pipCaches(facts).map(({ path, pips: users, uses }): AnyCache => ({ path, users, uses }));
  const known = new Set(pips.map(({ path }) => path));
  const others = toolRoots(facts, { tools: toolsWithCaches, kinds: ["cache"] }).filter(({ root }) => !known.has(root)).map((root): AnyCache => ({ path: root.root, users: toolNames(root.uses), uses: [], root }));
  const filled = facts.conda?.pkgsDirs.find(({ status }) => status === "writable");
  const conda = facts.conda === undefined || filled === undefined ? [] : [{ path: filled.path, users: `conda ${facts.conda.version}`, uses: [] }];
  return [...pips, ...others, ...conda];
}

interface CacheSetting {
  readonly path: ConfigPath;
  readonly format: EditFormat;
}

/** Where a tool's own settings file says it. pipenv, pipx and pyenv have none. */
const settings: Readonly<Partial<Record<ToolFact["tool"], CacheSetting>>> = {
  uv: { path: ["cache-dir"], format: "toml" }, poetry: { path: ["cache-dir"], format: "toml" }, pdm: { path: ["cache_dir"], format: "toml" },
  hatch: { path: ["dirs", "cache"], format: "toml" }, virtualenv: { path: ["virtualenv", "app-data"], format: "ini" },
};

export interface AwayFrom {
  /** The cure's id on the page. */
  readonly id: string;
  /** What the new place must lie outside of. */
  readonly ill: string;
}

/** The cache kept somewhere else by one line in the person's settings file, where that line counts for every version that fills it. */
export function anyCacheElsewhere(facts: Facts, cache: AnyCache | undefined, away: AwayFrom): Remedy[] {
  if (cache === undefined) return [];
  if (cache.root === undefined) return cacheElsewhere(facts, { id: away.id, file: userConfigFile(facts), place: placeForCache(facts, away.ill), uses: cache.uses });
  const tools = new Set(cache.root.uses.map(({ tool }) => tool));
  const [tool] = tools;
  const home = homeOf(facts);
  const setting = tool === undefined || tools.size > 1 ? undefined : settings[tool];
  if (tool === undefined || setting === undefined || home === undefined) return [];
  const file = fileToSet(facts, tool, cache.root);
  const place = [join(home, ".local", "share", `${tool}-cache`), join(home, `${tool}-cache`)].find((path) => !isAtOrBelow(path, away.ill) && nearestPresent(facts, path).access?.write === "ok");
  if (file === undefined || place === undefined) return [];
  return [{
    id: away.id, needs: "user", params: { file, place }, probes: [nearestPresent(facts, place).path],
    steps: [{
      kind: "change-config", why: `${tool} keeps its cache there from now on`, actor: selfActor(facts), path: file,
      change: { do: "value", format: setting.format, edit: { do: "set", path: setting.path, value: place } },
    }],
  }];
}

/** The person's own file, unless something stronger names the place. */
function fileToSet(facts: Facts, tool: ToolFact["tool"], { uses }: ToolRoot): string | undefined {
  const file = personalFile(facts, tool);
  // A person's own line goes before the machine's.
  const weaker = new Set((facts.tools ?? []).flatMap(({ configs }) => configs.filter(({ scope }) => scope === "global").map(({ path }) => path)));
  const isFree = uses.every(({ place: { from } }) => from.call === "default" || (from.path !== undefined && (from.path === file || weaker.has(from.path))));
  return file !== undefined && isFree ? file : undefined;
}

/** The tool's settings file of this person, the same for every version, where it may be written. */
export function personalFile(facts: Facts, tool: ToolFact["tool"]): string | undefined {
  const files = new Set((facts.tools ?? []).filter((one) => one.tool === tool && one.configs.length > 0).map(({ configs }) => configs.find(({ scope, state }) => scope === "user" && (state === "read" || state === "absent"))?.path));
  const [file] = files;
  if (file === undefined || files.size > 1) return undefined;
  const mayWrite = facts.paths[file]?.state === "present" ? mayEdit(facts, file) : nearestPresent(facts, dirname(file)).access?.write === "ok";
  return mayWrite ? file : undefined;
}
