import { join } from "node:path";
import { absoluteCondaPath, expandCondaHome, joinCondaPath, type CondaPlace } from "../tools/conda/home.ts";
import { firstWritable } from "../tools/conda/pkgs-dir-state.ts";
import type { CondaFact } from "./facts.ts";
import { look, lookToWrite, lookWithAccess, type Looks } from "./looks.ts";

/** Entries a plain look spends on one directory. */
const quickLook = 120;

interface FileRequest {
  readonly place: CondaPlace;
  readonly pkgsDirs: CondaFact["pkgsDirs"];
  readonly whole: boolean;
}

type Files = CondaFact["files"];

/**
 * conda's own files that it opens for writing: what it noted of a channel, which it opens `r+` even to read it (conda 22.11
 * … 26.7 gateways/repodata/__init__.py), packages in a cache of the user's own, and the list of environments.
 */
export function condaFileFacts(looks: Looks, { place, pkgsDirs, whole }: FileRequest): Files {
  const chosen = firstWritable(pkgsDirs);
  const inCache = chosen === undefined || chosen.split !== null || !chosen.exists ? [] : [...repodataFiles(looks, chosen.path, whole), ...packageParts(looks, chosen.path, whole)];
  return [...inCache, ...registryFiles(looks, place)];
}

function isDenied(looks: Looks, path: string): boolean {
  const seen = lookWithAccess(looks, path);
  return seen.state === "present" && seen.type !== "link" && (seen.access?.write !== "ok" || (seen.type === "dir" && seen.access.search !== "ok"));
}

/** `cache/`: its top, then the files in it. */
function repodataFiles(looks: Looks, pkgs: string, whole: boolean): Files {
  const directory = join(pkgs, "cache");
  if (look(looks, directory).type !== "dir") return [];
  if (isDenied(looks, directory)) return [{ path: directory, what: "repodata" }];
  const entries = looks.machine.list(directory);
  const names = (entries.ok ? entries.value : []).map(({ name }) => name).filter((name) => /\.(?:json|lock)$/.test(name)).sort();
  return names.slice(0, whole ? undefined : quickLook).map((name) => join(directory, name)).filter((path) => isDenied(looks, path)).map((path) => ({ path, what: "repodata" }));
}

/** Extracted packages of somebody else's in a cache that is the user's own. In a shared cache they are nothing strange. */
function packageParts(looks: Looks, pkgs: string, whole: boolean): Files {
  const top = lookWithAccess(looks, pkgs);
  if (top.uid !== looks.machine.identity.euid || ((top.mode ?? 0) & 0o020) !== 0) return [];
  const entries = looks.machine.list(pkgs);
  const names = (entries.ok ? entries.value : []).filter(({ name, type }) => (type === "dir" || type === undefined) && name !== "cache" && /-[^-]+-[^-]+$/.test(name)).map(({ name }) => name).sort();
  return names.slice(0, whole ? undefined : quickLook).map((name) => join(pkgs, name)).filter((path) => look(looks, path).type === "dir" && isDenied(looks, path)).map((path) => ({ path, what: "package" }));
}

/** `~/.conda/environments.txt`, or the directory that it cannot be made in; and the notices of channels. */
function registryFiles(looks: Looks, place: CondaPlace): Files {
  const own = absoluteCondaPath(place, expandCondaHome(place, joinCondaPath(place, "~", ".conda")));
  if (look(looks, own).state !== "present") return [];
  const registry = join(own, "environments.txt");
  lookToWrite(looks, registry);
  const seen = lookWithAccess(looks, registry);
  if (seen.state === "present") return isDenied(looks, registry) ? [{ path: registry, what: "environments.txt" }] : [];
  return isDenied(looks, own) ? [{ path: own, what: "environments.txt" }] : [];
}
