import { join } from "node:path";
import { condaEnvironments, condaRecords, type CondaEnvironment } from "../tools/conda/environments.ts";
import { environmentsText } from "../tools/conda/installs.ts";
import type { CondaFact } from "./facts.ts";
import { lookToWrite, lookWithAccess, type Looks } from "./looks.ts";
import { scan, type ScanBounds } from "./scan.ts";
import { spread } from "./spread.ts";

/** Environments a plain look takes in; of those in use, and below the home, a little more is looked at. */
const most = 40;
const quickBounds: ScanBounds = { breadth: 160, descents: 0 };
/** Records a plain look takes in. */
const quickRecords = 60;
const wholeBounds: ScanBounds = { breadth: Number.POSITIVE_INFINITY, descents: 0 };

/** What packages fill. A base environment has other environments and the package cache beside them. */
const parts: readonly string[] = ["bin", "compiler_compat", "conda-meta", "condabin", "etc", "include", "lib", "lib64", "libexec", "man", "sbin", "share", "shell", "ssl", "var", "x86_64-conda-linux-gnu", "aarch64-conda-linux-gnu"];

export interface EnvironmentRequest {
  readonly root: string;
  readonly envsDirs: readonly string[];
  readonly home: string | undefined;
  /** Every directory of every environment. */
  readonly ofAll: boolean;
  readonly records: boolean;
}

type Environment = CondaFact["environments"][number];

export function condaEnvironmentFacts(looks: Looks, request: EnvironmentRequest): Environment[] {
  return environmentsIn(looks, everyCondaEnvironment(looks.machine, request).slice(0, request.ofAll ? undefined : most), request);
}

export function everyCondaEnvironment(machine: Looks["machine"], { root, envsDirs, home }: Pick<EnvironmentRequest, "root" | "envsDirs" | "home">): CondaEnvironment[] {
  const listed = home === undefined ? [] : environmentsText(machine, home);
  return condaEnvironments(machine, { root, envsDirs, listed, active: machine.env["CONDA_PREFIX"] || undefined });
}

/** The same of environments that are known already; `here` are those of the workspace one is in. */
export function environmentsIn(looks: Looks, all: readonly CondaEnvironment[], { ofAll, records, here = [] }: Pick<EnvironmentRequest, "ofAll" | "records"> & { readonly here?: readonly string[] }): Environment[] {
  return all.map(({ prefix, name, found }): Environment => {
    const isInUse = found.includes("active") || found.includes("root") || here.includes(prefix);
    const refused = deniedIn(looks, prefix, { whole: ofAll, inUse: isInUse });
    const broken = records ? condaRecords(looks.machine, prefix).broken : undefined;
    for (const path of broken ?? []) lookToWrite(looks, path);
    const by = refused.denied.length + (broken?.length ?? 0) === 0 ? undefined : makerOf(looks, prefix);
    const python = by !== undefined && !here.includes(prefix) ? pythonIn(looks, prefix) : undefined;
    return { prefix, name, found: [...found], ...refused, ...(by && { by }), ...(python && { python }), ...(ofAll && isInUse && { asked: true }), ...(broken && { brokenRecords: [...broken] }) };
  });
}

/** pixi leaves a file of its own in `conda-meta`; rattler marks the prefix as something that can be made again (py-rattler 0.28, observed). */
function makerOf({ machine }: Looks, prefix: string): Environment["by"] {
  if (machine.lstat(join(prefix, "conda-meta", "pixi")).ok) return "pixi";
  return machine.lstat(join(prefix, "CACHEDIR.TAG")).ok ? "rattler" : undefined;
}

function pythonIn({ machine }: Looks, prefix: string): string | undefined {
  const python = join(prefix, "bin", "python");
  return machine.stat(python).ok ? python : undefined;
}

/** Records of packages that are closed to the user: rattler makes them with mode 0600, and whoever may not read one can do nothing to the environment. */
function closedRecords(looks: Looks, prefix: string, whole: boolean): string[] {
  const { machine } = looks;
  const meta = join(prefix, "conda-meta");
  const entries = machine.list(meta);
  const names = (entries.ok ? entries.value : []).map(({ name }) => name).filter((name) => name.endsWith(".json")).sort();
  return spread(names, whole ? names.length : quickRecords).map((name) => join(meta, name)).filter((path) => {
    const stat = machine.lstat(path);
    if (!stat.ok || stat.value.type !== "file" || stat.value.uid === machine.identity.euid || (stat.value.mode & 0o004) !== 0) return false;
    return lookWithAccess(looks, path).access?.read !== "ok";
  });
}

/** What conda writes in every transaction, then directories further down: files are replaced by way of their directory. */
function deniedIn(looks: Looks, prefix: string, { whole, inUse }: { readonly whole: boolean; readonly inUse: boolean }): Pick<Environment, "denied" | "deniedCount" | "complete"> {
  lookToWrite(looks, prefix);
  const first = [prefix, join(prefix, "conda-meta"), join(prefix, "conda-meta/history"), join(prefix, "bin"), join(prefix, "lib")];
  const denied = first.filter((path) => {
    const seen = lookWithAccess(looks, path);
    return seen.state === "present" && seen.type !== "link" && seen.access !== undefined && (seen.access.write !== "ok" || (seen.type === "dir" && seen.access.search !== "ok"));
  });
  // With a foreign top nothing below it matters any more; what nobody uses is asked when it is used.
  const isOwn = looks.paths.get(prefix)?.uid === looks.machine.identity.euid;
  if (!isOwn || (!whole && !inUse)) return { denied, deniedCount: denied.length, complete: whole };
  const below = scan(looks, { root: prefix, purpose: "target", only: parts, bounds: whole ? wholeBounds : quickBounds, ...(whole ? {} : { depth: 4 }) });
  for (const part of below.denied) looks.paths.set(part.path, part);
  const paths = [...new Set([...denied, ...closedRecords(looks, prefix, whole), ...below.denied.map(({ path }) => path)])];
  return { denied: paths.slice(0, 50), deniedCount: Math.max(below.deniedCount, paths.length), complete: below.complete };
}
