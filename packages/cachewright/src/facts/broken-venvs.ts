import { basename, delimiter, dirname, isAbsolute, join } from "node:path";
import type { Machine } from "../machine/machine.ts";
import { redact } from "../machine/redact.ts";
import { brokenVenv } from "../tools/python/broken-venv.ts";
import { projectVenvs } from "../tools/python/installs.ts";
import type { BrokenVenvFact } from "./facts.ts";
import { look, lookToWrite, lookWithAccess, type Looks } from "./looks.ts";

const mostPackages = 500;

type Found = BrokenVenvFact["found"];

/** The environment that a path is in, by its pyvenv.cfg. pipx has its own ways to mend its own. */
function venvAround(machine: Machine, path: string): string | undefined {
  for (let at = path; at !== dirname(at); at = dirname(at)) {
    if (machine.lstat(join(at, "pyvenv.cfg")).ok) return at.includes("/pipx/") ? undefined : at;
  }
  return undefined;
}

/** A program is asked for by where it is, not by where it leads. */
export function isInVenv(machine: Machine, path: string | undefined): boolean {
  return path !== undefined && isAbsolute(path) && venvAround(machine, dirname(path)) !== undefined;
}

interface Known {
  readonly home: string | undefined;
  readonly asked: string | undefined;
  /** Paths a log names. */
  readonly paths: readonly string[];
}

function candidates(machine: Machine, { home, asked, paths }: Known): Map<string, Found> {
  const found = new Map<string, Found>();
  const add = (prefix: string | undefined, how: Found): void => {
    if (prefix !== undefined && isAbsolute(prefix) && !found.has(prefix)) found.set(prefix, how);
  };
  if (asked !== undefined && isAbsolute(asked)) add(venvAround(machine, dirname(asked)), "asked");
  const active = machine.env["VIRTUAL_ENV"];
  if (active) add(active, "active venv");
  for (const directory of (machine.env["PATH"] ?? "").split(delimiter)) {
    if (basename(directory) === "bin" && machine.lstat(join(dirname(directory), "pyvenv.cfg")).ok) add(dirname(directory), "PATH");
  }
  for (const prefix of projectVenvs(machine, home)) add(prefix, "project venv");
  for (const path of paths) if (isAbsolute(path)) add(venvAround(machine, path), "log");
  return found;
}

/** Where a package came from that no index has (PEP 610), or that is used where it lies. */
function originOf(machine: Machine, info: string): BrokenVenvFact["packages"][number]["origin"] {
  const file = machine.readFile(join(info, "direct_url.json"), 1 << 16);
  if (!file.ok) return undefined;
  try {
    const { url, dir_info: directory, vcs_info: vcs } = JSON.parse(file.value.toString("utf8")) as { url?: unknown; dir_info?: { editable?: unknown }; vcs_info?: { vcs?: unknown; commit_id?: unknown } };
    // A credential that was taken out makes an address nobody can use.
    if (typeof url !== "string" || redact(url) !== url) return { kind: "unknown", at: "" };
    if (directory !== undefined && url.startsWith("file://")) return { kind: directory.editable === true ? "editable" : "directory", at: decodeURIComponent(new URL(url).pathname) };
    if (typeof vcs?.vcs === "string") return { kind: "url", at: `${vcs.vcs}+${url}@${String(vcs.commit_id)}` };
    return { kind: "url", at: url };
  } catch {
    return { kind: "unknown", at: "" };
  }
}

function packagesIn(machine: Machine, site: string): Pick<BrokenVenvFact, "packages" | "listed"> {
  const entries = machine.list(site);
  if (!entries.ok) return { packages: [], listed: entries.errno === "ENOENT" };
  const infos = entries.value.map(({ name }) => name).filter((name) => /\.(?:dist|egg)-info$|\.egg-link$|\.egg$/.test(name) && !name.startsWith("~")).sort();
  const packages = infos.slice(0, mostPackages).flatMap((entry): BrokenVenvFact["packages"] => {
    const [, name, version] = /^(.+?)-(\d[^-]*)(?:-py[\d.]+)?\.(?:dist|egg)-info$/.exec(entry) ?? [];
    if (name === undefined || version === undefined) return [{ name: entry.replace(/\.[^.]+$/, ""), version: "", origin: { kind: "unknown", at: "" } }];
    // A new environment brings its own pip.
    if (name === "pip") return [];
    const origin = originOf(machine, join(site, entry));
    return [{ name, version, ...(origin === undefined ? {} : { origin }) }];
  });
  return { packages, listed: infos.length <= mostPackages };
}

/** Environments a person uses here, or a log speaks of, that Python or its programs do not work in any more. */
export function brokenVenvs(looks: Looks, known: Known): BrokenVenvFact[] {
  const { machine } = looks;
  if (machine.platform === "win32") return [];
  return [...candidates(machine, known)].flatMap(([prefix, found]) => brokenVenvFact(looks, prefix, found));
}

/** None for an environment that is in order. */
export function brokenVenvFact(looks: Looks, prefix: string, found: Found): BrokenVenvFact[] {
  const { machine } = looks;
  const broken = brokenVenv(machine, prefix);
  if (broken === undefined) return [];
  lookToWrite(looks, prefix);
  for (const path of [join(prefix, "bin"), join(prefix, "pyvenv.cfg"), join(prefix, "lib"), ...new Set(broken.stale.map((one) => one.path))]) lookWithAccess(looks, path);
  for (const path of [broken.python, ...broken.links, ...(broken.gone === undefined ? [] : [broken.gone])]) look(looks, path);
  if (broken.madeAs !== undefined) lookToWrite(looks, broken.madeAs.prefix);
  const site = broken.version === null ? undefined : join(prefix, "lib", `python${broken.version}`, "site-packages");
  const pip = site !== undefined && machine.lstat(join(site, "pip")).ok;
  return [{ ...broken, links: [...broken.links], stale: [...broken.stale], found, pip, ...(site === undefined ? { packages: [], listed: false } : packagesIn(machine, site)) }];
}
