/** What a person wants of the caches: names with wildcards, requirements files and lock files of every tool. */
import { basename, resolve } from "node:path";
import { AppError } from "../machine/app-error.ts";
import type { Looker } from "../machine/machine.ts";
import { normalizedName } from "../tools/python/core-metadata.ts";
import { sameVersion } from "../tools/python/distribution-file.ts";
import { readRequirements } from "./read-requirements.ts";

/** As tools name them; anything else is read as a requirements file. */
const lockName = /^(?:uv\.lock|poetry\.lock|pdm(?:\.[\w-]+)?\.lock|Pipfile\.lock|pylock(?:\.[^.]+)?\.toml)$/;

/** One line of a requirements file, one package of a lock file. */
export interface WantedProject {
  /** Normalised (PEP 503). */
  readonly project: string;
  /** What it is pinned to: "1.26.4", or "1.26.*"; null: any version (a range is not worked out: more than needed may fit). */
  readonly version: string | null;
  /** SHA-256 digests that are allowed, in hexadecimal; empty: any. */
  readonly sha256: readonly string[];
  /** The file that says so. */
  readonly from: string;
}

export interface Wanted {
  /** `num*`, as they were typed. */
  readonly patterns: readonly string[];
  readonly projects: readonly WantedProject[];
}

export async function readWanted(looker: Pick<Looker, "readFile">, { patterns, files, cwd }: { readonly patterns: readonly string[]; readonly files: readonly string[]; readonly cwd: string }): Promise<Wanted> {
  const projects: WantedProject[] = [];
  for (const file of files) {
    const path = resolve(cwd, file);
    projects.push(...(lockName.test(basename(path)) ? await readLock(looker, path) : readRequirements(looker, path)));
  }
  return { patterns, projects };
}

async function readLock(looker: Pick<Looker, "readFile">, path: string): Promise<WantedProject[]> {
  const file = looker.readFile(path, 64 << 20);
  if (!file.ok) throw new AppError("E_INPUT", `cannot read ${path} (${file.errno})`);
  return (await import("./read-locks.ts")).lockedProjects(file.value.toString("utf8"), path);
}

export function wantsEverything({ patterns, projects }: Wanted): boolean {
  return patterns.length === 0 && projects.length === 0;
}

/**
 * "yes", "no", or the files that want this version with another digest. `sha256`: of the file as an index has it; absent
 * where nothing tells it.
 */
export function isWanted({ patterns, projects }: Wanted, { project, version, sha256 }: { readonly project: string; readonly version: string; readonly sha256?: string }): "yes" | "no" | { readonly otherDigest: readonly string[] } {
  const name = normalizedName(project);
  if (patterns.length === 0 && projects.length === 0) return "yes";
  if (patterns.some((pattern) => matches(pattern, name))) return "yes";
  const named = projects.filter((one) => one.project === name && fits(one.version, version));
  if (named.length === 0) return "no";
  const fitting = named.filter((one) => one.sha256.length === 0 || sha256 === undefined || one.sha256.includes(sha256));
  return fitting.length > 0 ? "yes" : { otherDigest: [...new Set(named.map(({ from }) => from))] };
}

/** Wanted by a file, and none of these has it. */
export function notHeld({ projects }: Wanted, held: readonly { readonly project: string; readonly version: string }[]): WantedProject[] {
  const versions = new Map<string, string[]>();
  for (const { project, version } of held) versions.set(normalizedName(project), [...(versions.get(normalizedName(project)) ?? []), version]);
  const lacking = projects.filter((one) => !(versions.get(one.project) ?? []).some((version) => fits(one.version, version)));
  return lacking.filter((one, i) => lacking.findIndex((other) => other.project === one.project && other.version === one.version) === i);
}

function fits(wanted: string | null, version: string): boolean {
  if (wanted === null) return true;
  if (!wanted.endsWith(".*")) return sameVersion(wanted, version) || (!wanted.includes("+") && sameVersion(wanted, version.split("+")[0] ?? version));
  const start = wanted.slice(0, -2).split(".");
  const parts = version.split(/[.+]/);
  return start.every((part, i) => part === (parts[i] ?? "0"));
}

/** `*` and `?` over the normalised name; anything else is itself. */
export function matches(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase().replace(/[-_.]+/g, "-");
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (from < name.length) {
    if (at < wanted.length && (wanted[at] === "?" || (wanted[at] === name[from] && wanted[at] !== "*"))) [at, from] = [at + 1, from + 1];
    else if (wanted[at] === "*") [star, mark, at] = [at, from, at + 1];
    else if (star >= 0) [at, mark, from] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  while (wanted[at] === "*") at += 1;
  return at === wanted.length;
}
