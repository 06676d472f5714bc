import { basename, dirname, join } from "node:path";
import type { DirEntry } from "../machine/machine.ts";
import { pathFromBytes } from "../machine/path-bytes.ts";
import { recordedFiles } from "../tools/pip/record.ts";
import type { InstallFact, PackagesFact } from "./facts.ts";
import { look, lookWithAccess, type Looks } from "./looks.ts";

/**
 * A look at the packages of the Pythons a person uses: one listing and a few lstat for each package. What RECORD
 * lists, and whose packages they are, is asked only for the problems that need it.
 */
export interface PackagesRequest {
  readonly asked: readonly string[];
  readonly deep: boolean;
}

const quickPackages = 400;
const listed = 50;
const mostRecordLines = 20_000;

/** AdjacentTempDirectory of pip's utils/temp_dir.py: a tilde, then as many of these as it took to be free. */
const leftoverName = /^~[-~.=%0-9]*/;
const setAsideName = /\.cachewright-\d{8}-\d{6}/;
/** RECORD comes last (pip operations/install/wheel.py), so a killed install lacks it; METADATA goes with a lost disk. */
const needed = ["METADATA", "RECORD"] as const;

interface State {
  readonly looks: Looks;
  readonly request: PackagesRequest;
  readonly directory: string;
  readonly entries: readonly DirEntry[];
  readonly fact: PackagesFact;
}

function text(looks: Looks, path: string, limit = 1 << 20): string | undefined {
  const file = looks.machine.readFile(path, limit);
  return file.ok ? pathFromBytes(file.value) : undefined;
}

/** `tabulate-0.9.0.dist-info` → tabulate, 0.9.0; `tabulate` → tabulate. */
function nameAndVersion(entry: string): { name: string; version: string } {
  const [, name = entry, version = ""] = /^(.+?)-([^-]+)(?:-py\d[\d.]*)?\.(?:dist|egg)-info$/.exec(entry) ?? [];
  return { name, version };
}

/** The entry whose name differs only in the characters that pip wrote over, another version of a dist-info included. */
function besideOf(leftover: string, entries: readonly DirEntry[]): string | null {
  const prefix = leftoverName.exec(leftover)?.[0].length ?? 1;
  const rest = (entry: string): string => nameAndVersion(entry).name.slice(prefix);
  const isInfo = leftover.endsWith("-info");
  const own = rest(leftover);
  if (own === "") return null;
  return entries.find(({ name }) => !name.startsWith("~") && !setAsideName.test(name) && name.endsWith("-info") === isInfo && name.length > prefix && rest(name) === own)?.name ?? null;
}

function leftoverFact(state: State, entry: string): PackagesFact["leftovers"][number] {
  const path = join(state.directory, entry);
  look(state.looks, path);
  const beside = besideOf(entry, state.entries);
  const metadata = entry.endsWith(".dist-info") ? text(state.looks, join(path, "METADATA")) : undefined;
  const name = metadata === undefined ? undefined : /^Name: *([\w.-]{1,200})$/m.exec(metadata)?.[1];
  const version = metadata === undefined ? undefined : /^Version: *([\w.!+-]{1,100})$/m.exec(metadata)?.[1];
  return { path, beside: beside === null ? null : join(state.directory, beside), ...(name === undefined ? {} : { name }), ...(version === undefined ? {} : { version }) };
}

/** Files RECORD lists below the directory and that are not there; byte code comes and goes. */
function missingFiles(state: State, info: string): string[] {
  const record = text(state.looks, join(info, "RECORD"), 8 << 20) ?? "";
  const missing: string[] = [];
  for (const name of recordedFiles(record, mostRecordLines)) {
    if (name.endsWith(".pyc")) continue;
    const seen = state.looks.machine.lstat(join(state.directory, name));
    if (!seen.ok && seen.errno === "ENOENT" && missing.push(join(state.directory, name)) >= listed) break;
  }
  return missing;
}

function lookAtPackage(state: State, entry: string): void {
  const { looks, fact } = state;
  const info = join(state.directory, entry);
  fact.looked += 1;
  const lacks = needed.filter((name) => {
    const seen = looks.machine.lstat(join(info, name));
    return seen.ok ? seen.value.type === "file" && seen.value.size === 0 : seen.errno === "ENOENT";
  });
  const files = lacks.length === 0 && state.request.asked.includes("half-installed") ? missingFiles(state, info) : [];
  if (lacks.length === 0 && files.length === 0) return;
  look(looks, info);
  const installer = text(looks, join(info, "INSTALLER"), 256)?.trim() || null;
  const found = { path: info, ...nameAndVersion(entry), installer };
  fact.unfinished.push({ ...found, lacks: [...lacks], ...(files.length === 0 ? {} : { files }) });
}

/** Somebody else's entries that this user may not read: an umask of 077 leaves them so. */
function lookForClosed(state: State): void {
  const { looks, fact, entries } = state;
  const { euid } = looks.machine.identity;
  const isClosed = (name: string): boolean => {
    const answer = looks.machine.lstat(join(state.directory, name));
    if (!answer.ok || answer.value.uid === euid || answer.value.type === "link") return false;
    const wanted = answer.value.type === "dir" ? 0o5 : 0o4;
    if ((answer.value.mode & wanted) === wanted) return false;
    const { access } = lookWithAccess(looks, join(state.directory, name));
    return access?.read === "EACCES" || (answer.value.type === "dir" && access?.search === "EACCES");
  };
  const infos = entries.filter(({ name }) => name.endsWith("-info") && !name.startsWith("~")).slice(0, state.request.deep ? undefined : quickPackages);
  if (!infos.some(({ name }) => isClosed(name))) return;
  for (const { name } of entries.slice(0, 4000)) {
    if (name === "__pycache__" || setAsideName.test(name) || !isClosed(name)) continue;
    fact.closedCount += 1;
    if (fact.closed.length < listed) fact.closed.push(join(state.directory, name));
  }
}

/** What pip cannot remove: a distutils `.egg-info` that is one file, and a dist-info without RECORD of another installer. */
function foreignPackages(state: State): NonNullable<PackagesFact["foreign"]> {
  return state.entries.flatMap((entry): NonNullable<PackagesFact["foreign"]> => {
    const path = join(state.directory, entry.name);
    if (entry.name.endsWith(".egg-info") && entry.type === "file") return [{ path, ...nameAndVersion(entry.name), installer: null }];
    const known = state.fact.unfinished.find((one) => one.path === path);
    if (known === undefined || !known.lacks.includes("RECORD") || known.installer === null || known.installer === "pip") return [];
    return [{ path, name: known.name, version: known.version, installer: known.installer }];
  });
}

function lookAtDirectory(looks: Looks, python: string, directory: string, request: PackagesRequest): PackagesFact | undefined {
  const answer = looks.machine.list(directory);
  if (!answer.ok) return undefined;
  const fact: PackagesFact = { directory, python, looked: 0, complete: true, leftovers: [], unfinished: [], closed: [], closedCount: 0 };
  const state: State = { looks, request, directory, entries: answer.value, fact };
  lookWithAccess(looks, directory);
  lookWithAccess(looks, dirname(directory));
  fact.leftovers.push(...answer.value.filter(({ name }) => name.startsWith("~") && !setAsideName.test(name)).slice(0, listed).map(({ name }) => leftoverFact(state, name)));
  const infos = answer.value.filter(({ name }) => name.endsWith(".dist-info") && !name.startsWith("~"));
  const chosen = request.deep ? infos : infos.slice(0, quickPackages);
  for (const { name } of chosen) lookAtPackage(state, name);
  fact.complete = chosen.length === infos.length;
  if (looks.machine.identity.euid !== 0) lookForClosed(state);
  if (request.asked.includes("os-package-cannot-uninstall")) fact.foreign = foreignPackages(state);
  for (const path of [...fact.closed, ...(fact.foreign ?? []).map((one) => one.path)]) look(looks, path);
  return fact;
}

/** Where the Pythons in use keep packages; those of the system as well when somebody asks whose they are. */
function directoriesOf(install: InstallFact, asked: readonly string[]): string[] {
  const used = install.chosen || install.found.some((how) => how === "active venv" || how === "project venv" || how === "asked");
  const own = install.userSite === null ? [] : [install.userSite];
  if (!used) return own;
  // Debian's packages for every 3.x stand beside the standard library's directory.
  const shared = join(dirname(install.stdlib), "python3", "dist-packages");
  const systems = asked.includes("os-package-cannot-uninstall") && install.kind !== "venv" ? [shared, ...(install.pip.ok ? [install.pip.value.location] : [])] : [];
  return [install.purelib, ...own, ...systems.filter((directory) => basename(directory) !== "bundled")];
}

export function packagesFacts(looks: Looks, installs: readonly InstallFact[], request: PackagesRequest): PackagesFact[] {
  const facts = new Map<string, PackagesFact | undefined>();
  for (const install of installs) {
    for (const directory of directoriesOf(install, request.asked)) {
      if (!facts.has(directory)) facts.set(directory, lookAtDirectory(looks, install.python, directory, request));
    }
  }
  return [...facts.values()].filter((fact) => fact !== undefined);
}
