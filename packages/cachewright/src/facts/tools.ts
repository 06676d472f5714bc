/** What a diagnosis knows of the tools that have no fact of their own: where each version writes, and what was set. */
import { basename, join } from "node:path";
import type { Machine } from "../machine/machine.ts";
import { beginLook } from "../machine/one-look.ts";
import type { ScanFact, ToolFact } from "./facts.ts";
import type { Asked, EffectiveSetting, SettingValue, Tool, ToolInstall, ToolPlace } from "../tools/tool.ts";
import { knowPrefixes, knowPythons } from "../tools/python/known-pythons.ts";
import type { Install } from "../tools/python/installs.ts";
import { uvCacheTop } from "../tools/uv/cache.ts";
import { lookBesideDenied } from "./beside-denied.ts";
import { furtherPrefixes } from "./further-prefixes.ts";
import { lookToWrite, lookWithAccess, type Looks } from "./looks.ts";
import { realPathOf } from "./real-path.ts";
import { deepBounds, scan, type ScanBounds } from "./scan.ts";
import { toSource } from "./setting-source.ts";
import { newest, straysOf, wasUsedLately } from "./tool-eras.ts";
import type { ToolFileReader } from "./tool-file-reader.ts";
import { leftCaches } from "./tool-left.ts";
import type { SharingWatch } from "./sharing.ts";

export interface ToolRequest {
  /** The adapters of the tools in use. */
  readonly tools: readonly Tool[];
  readonly home: string | undefined;
  /** It remembers: eight tools look for the same Pythons and read the same project. */
  readonly machine: Machine;
  readonly pythons: readonly Install[];
  readonly reader?: ToolFileReader | undefined;
  /** Root asks for somebody, and stands there: programs are looked for where no login's PATH leads. */
  readonly forSomebody?: { readonly here: string | undefined } | undefined;
}

export function toolFacts(looks: Looks, { tools, home, machine, pythons, reader, forSomebody }: ToolRequest): ToolFact[] {
  // Where a cache could go instead.
  if (home !== undefined) for (const { name } of tools) for (const path of [`.local/share/${name}-cache`, `${name}-cache`]) lookToWrite(looks, join(home, path));
  if (tools.length === 0) return [];
  const far = (): Machine => farther(machine, home, { pythons, here: forSomebody?.here });
  const near = forSomebody === undefined ? machine : far();
  knowPythons(near, home, pythons);
  return tools.flatMap((tool) => factsOf(looks, tool, { machine: near, home, reader, ...(forSomebody === undefined && { far }) }));
}

/** The same machine, as it was looked at, with more places to look for programs in. */
function farther(machine: Machine, home: string | undefined, { pythons, here }: { readonly pythons: readonly Install[]; readonly here: string | undefined }): Machine {
  const look = beginLook({ ...machine });
  knowPythons(look, home, pythons);
  knowPrefixes(look, home, furtherPrefixes(look, { home, here }));
  return look;
}

type Search = Pick<ToolRequest, "machine" | "home" | "reader"> & {
  /** To look farther, where that was not done at once. */
  readonly far?: () => Machine;
};

/** One for each version that is found, and one for what only another version can have made. */
function factsOf(looks: Looks, tool: Tool, search: Search): ToolFact[] {
  const { machine, home, reader, far } = search;
  const found = versionsOf(tool.installs(machine, home));
  const facts = found.map((install) => toolFact(looks, tool, { machine, home, install, reader }));
  if (found[0] === undefined || straysOf(tool, { machine, home, facts }).length === 0) return facts;
  if (far !== undefined) {
    const known = new Set(found.map((install) => install?.version));
    const more = versionsOf(tool.installs(far(), home)).filter((install) => install !== undefined && !known.has(install.version));
    facts.push(...more.map((install) => toolFact(looks, tool, { machine, home, install, reader })));
  }
  const strays = straysOf(tool, { machine, home, facts });
  if (!wasUsedLately(machine, strays.flatMap(({ places }) => places.map(({ path }) => path)))) return facts;
  return [...facts, { tool: tool.name as ToolFact["tool"], version: null, program: null, chosen: false, places: strays.flatMap((located) => placeFacts(looks, tool, located)), settings: [], configs: [] }];
}

/** One install for each version; none at all counts as one whose version nobody knows. */
function versionsOf(installs: readonly ToolInstall[]): (ToolInstall | undefined)[] {
  const byVersion = new Map<string | null, ToolInstall>();
  for (const install of installs) if (!byVersion.has(install.version)) byVersion.set(install.version, install);
  return byVersion.size === 0 ? [undefined] : [...byVersion.values()];
}

type OneInstall = Pick<ToolRequest, "machine" | "home" | "reader"> & { readonly install: ToolInstall | undefined };

function toolFact(looks: Looks, tool: Tool, { machine, home, install, reader }: OneInstall): ToolFact {
  const asked: Asked = { machine, home, version: install?.version ?? newest, ...(install && { install }) };
  const settings = tool.settings(asked);
  const left = leftCaches(looks, tool, { asked, settings });
  const places = placeFacts(looks, tool, { places: tool.locate(asked), settings });
  // Nobody knows which version made what is there.
  if (install === undefined) places.push(...straysOf(tool, { machine, home, facts: [{ places }] }).flatMap((located) => placeFacts(looks, tool, located)));
  return {
    tool: tool.name as ToolFact["tool"], version: install?.version ?? null, program: install?.program ?? null, chosen: install?.chosen === true,
    places,
    settings: settings.filter(({ source, error, shadows }) => source !== "default" || error !== undefined || shadows.length > 0).map(settingFact),
    configs: configFacts(looks, tool, { asked, reader }),
    ...(left.length > 0 && { left }),
  };
}

/** Names in a uv cache that are uv's, each looked at; nothing where it cannot be listed. */
function uvParts(looks: Looks, cache: string): Pick<ToolFact["places"][number], "parts"> {
  const top = uvCacheTop(looks.machine, cache);
  if (top === undefined) return {};
  const parts = [...top.buckets.map(({ path }) => basename(path)), ...top.marks].toSorted();
  for (const part of parts) lookWithAccess(looks, join(cache, part));
  return { parts };
}

interface Located {
  readonly places: readonly ToolPlace[];
  readonly settings: readonly EffectiveSetting[];
}

function placeFacts(looks: Looks, tool: Tool, { places, settings }: Located): ToolFact["places"] {
  // A setting that moves things of several kinds (PIPX_HOME, PYENV_ROOT) names no whole: each place is looked at by itself.
  const isOneKind = (key: string | undefined): boolean => new Set(places.filter((place) => place.key === key).map(({ kind }) => kind)).size === 1;
  return places.map(({ kind, name, path, source, key }) => {
    lookToWrite(looks, path);
    const real = realPathOf(looks.machine, path);
    const set = isOneKind(key) ? settings.find((one) => one.key === key)?.effective : undefined;
    const root = typeof set === "string" && path.startsWith(`${set}/`) ? realPathOf(looks.machine, set) : real;
    for (const place of new Set([real, root])) {
      lookToWrite(looks, place);
      lookWithAccess(looks, place);
    }
    const parts = tool.name === "uv" && kind === "cache" && name === "packages" ? uvParts(looks, root) : {};
    return { kind, name, path, real, root, from: toSource(source), ...parts, ...(key !== undefined && { key }) };
  });
}

function inWords(value: SettingValue): string | null {
  if (value === null) return null;
  return typeof value === "object" ? value.join(", ") : String(value);
}

function settingFact({ key, effective, source, error, errorSource, shadows }: EffectiveSetting): ToolFact["settings"][number] {
  return {
    key, value: inWords(effective), from: toSource(source), ...(error !== undefined && { error }), ...(errorSource !== undefined && { errorFrom: toSource(errorSource) }),
    shadows: shadows.map((shadow) => ({ value: inWords(shadow.value), from: toSource(shadow.source) })),
  };
}

function configFacts(looks: Looks, tool: Tool, { asked, reader }: { readonly asked: Asked; readonly reader: ToolFileReader | undefined }): ToolFact["configs"] {
  const known = tool.configFiles(asked).flatMap((file): ToolFact["configs"] => {
    const { path, scope, format, exists, ignored, readable, error, line, key, secrets = [] } = file;
    // Most of the search path is not there, and no fact says more than that.
    if (!exists && readable === null && file.target !== true) return [];
    lookToWrite(looks, path);
    lookWithAccess(looks, path);
    const state = error !== undefined ? "breaks" : ignored !== null ? "ignored" : exists ? "read" : "absent";
    return [{
      path, scope, format, state, ...(ignored !== null && { ignored }), ...(readable !== null && readable !== "ok" && { errno: readable }),
      ...reader?.details(asked.machine, tool, file),
      ...(line !== undefined && { line }), ...(error !== undefined && { error }), ...(key !== undefined && { key: [...key] }),
      ...(secrets.length > 0 && { secrets: [...secrets] }),
    }];
  });
  const ofProject = reader?.ofProject(tool, asked, known) ?? [];
  for (const { path } of ofProject) {
    lookToWrite(looks, path);
    lookWithAccess(looks, path);
  }
  return [...known, ...ofProject];
}

/** Links resolved; those of every version. */
export function uvCachesOf(facts: readonly ToolFact[]): string[] {
  return [...new Set(facts.flatMap(({ tool, places }) => (tool === "uv" ? places.filter(({ parts }) => parts !== undefined).map(({ root }) => root) : [])))];
}

/** Smaller than pip's: eight tools share the time of one diagnosis. A package is a directory, of which there may be thousands in one. */
const quickToolBounds: ScanBounds = { breadth: 100, descents: 16, width: 40 };

/** How far below a tool's directory things can be ill that the tool writes again. Environments and Pythons are looked at by their top. */
function depthOf(tool: ToolFact["tool"], kind: ToolFact["places"][number]["kind"]): number {
  // What `pipx run` keeps are whole environments.
  if (kind !== "cache" || tool === "pipx") return 1;
  // Below a bucket of uv's lie whole packages, which it only reads.
  return tool === "uv" ? 3 : Number.POSITIVE_INFINITY;
}

/** A cache that the tool divides is looked at in those parts: poetry keeps environments beside them. */
function partsOf(places: ToolFact["places"], root: string, kind: ToolFact["places"][number]["kind"]): { readonly only?: readonly string[] } {
  const inside = places.filter((place) => place.kind === "cache" && place.root === root).map(({ real }) => (real.startsWith(`${root}/`) ? real.slice(root.length + 1).split("/")[0] ?? "" : ""));
  return kind !== "cache" || inside.length === 0 || inside.includes("") ? {} : { only: [...new Set(inside)] };
}

/** What of a uv cache is opened for writing where it stands, and what is only read once it is there. */
const inUvCache = { inPlace: [".lock", ".git"], sealed: /\/(?:(?:archive|builds)-v\d+|environments-v\d+\/[^/]+)$/ };

/** A uv that starts asks for this file, whatever its directory allows. */
function lookAtPhonyGit(looks: Looks, { denied }: ScanFact): void {
  for (const { path, type } of denied) if (type === "dir" && /\/(?:sdists|built-wheels)-v\d+$/.test(path)) lookWithAccess(looks, `${path}/.git`);
}

interface ScanOptions {
  readonly deep: boolean;
  /** Caches that a group shares are watched on the way. */
  readonly watchFor: SharingWatch["watchFor"];
}

/** One look at each directory of each tool, whatever the number of versions; everybody's, and a project's environment, are looked at elsewhere. */
export function toolScans(looks: Looks, facts: readonly ToolFact[], { deep, watchFor }: ScanOptions): ScanFact[] {
  const scans = new Map<string, ScanFact>();
  for (const { tool, places } of facts) {
    for (const { kind, name, root } of places) {
      if (kind === "temp" || name === "project" || name.startsWith("global ") || scans.has(root)) continue;
      const isCache = kind === "cache";
      const isUvCache = isCache && tool === "uv";
      const fact = scan(looks, {
        root, purpose: isCache ? "cache" : "target", bounds: deep ? deepBounds : quickToolBounds, depth: depthOf(tool, kind), foreignFiles: true, ...partsOf(places, root, kind),
        ...(isUvCache && inUvCache), ...(isCache && watchFor(root)),
      });
      lookBesideDenied(looks, fact);
      if (isUvCache) lookAtPhonyGit(looks, fact);
      scans.set(root, fact);
    }
  }
  return [...scans.values()];
}
