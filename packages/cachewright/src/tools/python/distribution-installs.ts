/** Installations of a tool that comes as a Python distribution or as a lone program, with the versions that files tell. */
import { basename, delimiter, isAbsolute } from "node:path";
import type { DirEntry, Looker, Machine } from "../../machine/machine.ts";
import { childOf, parentOf } from "../../machine/path-steps.ts";
import type { ToolInstall, ToolName } from "../tool.ts";
import { interpreterLine } from "./installs.ts";
import { knownPrefixes, knownPythons } from "./known-pythons.ts";
import { layoutOf } from "./layout.ts";
import { behindShim, isShim, pyenvRoot } from "./pyenv.ts";

export interface Distribution {
  readonly tool: ToolName;
  /** The file a person starts. */
  readonly command: string;
  /** As in `<name>-<version>.dist-info`. */
  readonly name: string;
  /** Programs in fixed places, with the words for how they were found. */
  readonly places?: readonly { readonly program: string; readonly found: string }[];
  /** What else tells the version of a program. */
  readonly versionOf?: (program: string, real: string) => string | undefined;
}

interface Candidate {
  readonly program: string;
  readonly found: string;
  readonly chosen: boolean;
}

/** Every install, the chosen one first. Two ways to one program are one install. */
export function distributionInstalls(machine: Machine, home: string | undefined, wanted: Distribution): ToolInstall[] {
  const byReal = new Map<string, ToolInstall>();
  for (const { program, found, chosen } of candidates(machine, home, wanted)) {
    const stat = machine.stat(program);
    if (!stat.ok || stat.value.type !== "file") continue;
    const resolved = machine.realpath(program);
    const real = resolved.ok ? resolved.value : program;
    const known = byReal.get(real);
    if (known === undefined) byReal.set(real, { tool: wanted.tool, ...described(machine, home, { program, real, wanted }), program, found: [found], chosen });
    else if (!known.found.includes(found)) byReal.set(real, { ...known, found: [...known.found, found] });
  }
  return [...byReal.values()].toSorted((a, b) => Number(b.chosen) - Number(a.chosen));
}

function candidates(machine: Machine, home: string | undefined, { command, name, places = [] }: Distribution): Candidate[] {
  const onPath = pathPrograms(machine, home, command).map((program, i) => ({ program, found: "PATH", chosen: i === 0 }));
  const fixed = places.map((place) => ({ ...place, chosen: false }));
  const ofPythons = knownPythons(machine, home)
    .map((install) => ({ program: childOf(install.scripts, command), found: install.found[0] ?? "Python", chosen: false, purelib: install.purelib }))
    // The program is looked for first: a listing of packages is long.
    .filter(({ program, purelib }) => isListed(machine, program) && distributionVersion(machine, purelib, name) !== undefined);
  const further = knownPrefixes(machine, home)
    .map(({ prefix, found }) => ({ program: childOf(prefix, `bin/${command}`), found, chosen: false }))
    .filter(({ program }) => isListed(machine, program));
  return [...onPath, ...fixed, ...ofPythons, ...further];
}

/** One listing of an environment's programs serves all tools; the system's are thousands. */
function isListed(machine: Machine, program: string): boolean {
  const directory = parentOf(program);
  if (/^\/(?:usr|bin|opt\/homebrew\/bin)\b/.test(directory)) return machine.stat(program).ok;
  const entries = machine.list(directory);
  return entries.ok ? namesIn(entries.value).has(basename(program)) : machine.stat(program).ok;
}

const names = new WeakMap<DirEntry[], ReadonlySet<string>>();

function namesIn(entries: DirEntry[]): ReadonlySet<string> {
  const known = names.get(entries) ?? new Set(entries.map(({ name }) => name));
  names.set(entries, known);
  return known;
}

function pathPrograms(machine: Machine, home: string | undefined, command: string): string[] {
  const root = pyenvRoot(machine, home);
  return (machine.env["PATH"] ?? "").split(delimiter).filter(isAbsolute).flatMap((directory): string[] => {
    const program = childOf(directory, command);
    const stat = machine.stat(program);
    if (!stat.ok || stat.value.type !== "file" || machine.access(program, "search") !== "ok") return [];
    if (root === undefined || !isShim(root, program)) return [program];
    const python = behindShim(machine, root, program);
    return python === undefined ? [] : [childOf(parentOf(python), command)];
  });
}

interface Program {
  readonly program: string;
  readonly real: string;
  readonly wanted: Distribution;
}

function described(machine: Machine, home: string | undefined, { program, real, wanted }: Program): { readonly version: string | null; readonly prefix: string | null } {
  const own = wanted.versionOf?.(program, real);
  for (const prefix of new Set([parentOf(parentOf(program)), parentOf(parentOf(real))])) {
    const version = versionInPrefix(machine, prefix, wanted.name);
    if (version !== undefined) return { version, prefix };
  }
  if (own !== undefined) return { version: own, prefix: null };
  const interpreter = interpreterLine(machine, real);
  const layout = interpreter === undefined || !isAbsolute(interpreter) ? undefined : layoutOf(machine, interpreter);
  if (layout === undefined) return { version: null, prefix: null };
  const userSite = home === undefined ? [] : [childOf(home, `.local/lib/python${layout.version}/site-packages`)];
  const version = [...userSite, ...layout.sitePath].map((site) => distributionVersion(machine, site, wanted.name)).find((found) => found !== undefined);
  return { version: version ?? null, prefix: layout.prefix };
}

/** By the site-packages of a prefix, or by conda's record of it. */
function versionInPrefix(looker: Looker, prefix: string, name: string): string | undefined {
  const libraries = looker.list(childOf(prefix, "lib"));
  const pythons = libraries.ok ? libraries.value.filter((entry) => /^(?:python|pypy)\d/.test(entry.name)) : [];
  for (const { name: python } of pythons) {
    const version = distributionVersion(looker, childOf(prefix, `lib/${python}/site-packages`), name);
    if (version !== undefined) return version;
  }
  const records = looker.list(childOf(prefix, "conda-meta"));
  const record = new RegExp(`^${escaped(name)}-(\\d[^-]*)-[^-]*\\.json$`);
  return records.ok ? records.value.map((entry) => record.exec(entry.name)?.[1]).find((version) => version !== undefined) : undefined;
}

/** The version of a distribution in one site directory, by the name of its metadata. */
export function distributionVersion(looker: Looker, site: string, name: string): string | undefined {
  return versionsIn(looker, site).get(plain(name));
}

/** Many tools are looked for in the same directories, which are long. */
const listings = new WeakMap<DirEntry[], ReadonlyMap<string, string>>();

function versionsIn(looker: Looker, site: string): ReadonlyMap<string, string> {
  const entries = looker.list(site);
  if (!entries.ok) return new Map();
  const known = listings.get(entries.value);
  if (known !== undefined) return known;
  const versions = new Map<string, string>();
  for (const { name } of entries.value) {
    if (!name.endsWith("-info")) continue;
    const [, project, version] = /^(.+?)-(\d.*?)(?:-py\d[^-]*)?\.(?:dist|egg)-info$/.exec(name) ?? [];
    if (project !== undefined && version !== undefined && !versions.has(plain(project))) versions.set(plain(project), version);
  }
  listings.set(entries.value, versions);
  return versions;
}

/** PEP 503 */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

function escaped(text: string): string {
  return text.replace(/[\\^$*+?()[\]{}|]/g, "\\$&");
}
