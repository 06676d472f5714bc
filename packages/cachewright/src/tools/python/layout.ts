import { basename } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { childOf, parentOf } from "../../machine/path-steps.ts";
import { oncePerLook } from "../../machine/one-look.ts";

/** Where one interpreter keeps things, derived from files beside it; nothing is started. */
export interface Layout {
  readonly prefix: string;
  readonly basePrefix: string;
  /** "3.11" */
  readonly version: string;
  readonly isVenv: boolean;
  readonly systemSite: boolean;
  readonly stdlib: string;
  readonly purelib: string;
  readonly scripts: string;
  /** Directories on sys.path where a pip may lie, in import order (without the user site). */
  readonly sitePath: readonly string[];
}

interface VenvSettings { readonly home: string | undefined; readonly version: string | undefined; readonly systemSite: boolean }

/** `pyvenv.cfg` as `site.py` reads it: `key = value` lines, keys in any case. */
export function parseVenvSettings(text: string): VenvSettings {
  const values = new Map<string, string>();
  for (const line of text.split("\n")) {
    const at = line.indexOf("=");
    if (at > 0) values.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
  }
  return {
    home: values.get("home"),
    // `venv` writes `version`, virtualenv `version_info`.
    version: /^(\d+\.\d+)/.exec(values.get("version") ?? values.get("version_info") ?? "")?.[1],
    systemSite: values.get("include-system-site-packages")?.toLowerCase() === "true",
  };
}

export function venvSettingsOf(looker: Looker, prefix: string): VenvSettings | undefined {
  const file = looker.readFile(childOf(prefix, "pyvenv.cfg"), 1 << 16);
  return file.ok ? parseVenvSettings(file.value.toString("utf8")) : undefined;
}

function versionFromName(interpreter: string): string | undefined {
  return /^(?:python|pypy)(\d+\.\d+)/.exec(basename(interpreter))?.[1];
}

/** Highest `lib/pythonX.Y` below a prefix: the last resort for an interpreter that is only called `python`. */
function versionFromLibrary(looker: Looker, prefix: string): string | undefined {
  const entries = looker.list(childOf(prefix, "lib"));
  if (!entries.ok) return undefined;
  const versions = entries.value.flatMap((entry) => /^python(\d+)\.(\d+)$/.exec(entry.name)?.slice(1).map(Number) ?? []);
  let best: [number, number] | undefined;
  for (let i = 0; i < versions.length; i += 2) {
    const [major, minor] = [versions[i] ?? 0, versions[i + 1] ?? 0];
    if (best === undefined || major > best[0] || (major === best[0] && minor > best[1])) best = [major, minor];
  }
  return best?.join(".");
}

/** The prefix CPython would compute for an interpreter: two levels above the file behind all links. */
function prefixOf(realInterpreter: string): string {
  return parentOf(parentOf(realInterpreter));
}

function venvLayout(looker: Looker, prefix: string, settings: VenvSettings, realInterpreter: string): Layout | undefined {
  const basePrefix = settings.home === undefined ? prefixOf(realInterpreter) : parentOf(settings.home);
  const version = settings.version ?? versionFromName(realInterpreter) ?? versionFromLibrary(looker, prefix);
  if (version === undefined) return undefined;
  const purelib = childOf(prefix, `lib/python${version}/site-packages`);
  const base = settings.systemSite ? baseSites(looker, basePrefix, version) : [];
  return {
    prefix, basePrefix, version, isVenv: true, systemSite: settings.systemSite,
    stdlib: childOf(basePrefix, `lib/python${version}`),
    purelib, scripts: childOf(prefix, "bin"), sitePath: [purelib, ...base],
  };
}

/**
 * Debian and its children install with pip below /usr/local and keep apt's packages in dist-packages
 * (Debian python3.11 `sysconfig` scheme `posix_local`; before 3.10 the same through distutils).
 */
function isDebianLayout(looker: Looker, prefix: string): boolean {
  return prefix === "/usr" && looker.lstat("/usr/lib/python3/dist-packages").ok;
}

function baseSites(looker: Looker, prefix: string, version: string): string[] {
  if (!isDebianLayout(looker, prefix)) return [childOf(prefix, `lib/python${version}/site-packages`)];
  return [`/usr/local/lib/python${version}/dist-packages`, version.startsWith("2.") ? `/usr/lib/python${version}/dist-packages` : "/usr/lib/python3/dist-packages"];
}

function baseLayout(looker: Looker, realInterpreter: string): Layout | undefined {
  if (!/^(?:python|pypy)/.test(basename(realInterpreter))) return undefined;
  const prefix = prefixOf(realInterpreter);
  const version = versionFromName(realInterpreter) ?? versionFromLibrary(looker, prefix);
  if (version === undefined) return undefined;
  const sitePath = baseSites(looker, prefix, version);
  const debian = isDebianLayout(looker, prefix);
  return {
    prefix, basePrefix: prefix, version, isVenv: false, systemSite: false,
    stdlib: childOf(prefix, `lib/python${version}`),
    purelib: sitePath[0] ?? "",
    scripts: debian ? "/usr/local/bin" : childOf(prefix, "bin"),
    sitePath,
  };
}

/**
 * The layout of an interpreter. A venv is known by the `pyvenv.cfg` beside or above the *unresolved* path
 * (PEP 405); only then the links are followed.
 */
export function layoutOf(looker: Looker, interpreter: string): (Layout & { readonly realPython: string }) | undefined {
  return oncePerLook(looker, `layout ${interpreter}`, () => layoutNow(looker, interpreter));
}

function layoutNow(looker: Looker, interpreter: string): (Layout & { readonly realPython: string }) | undefined {
  const real = looker.realpath(interpreter);
  if (!real.ok) return undefined;
  const beside = parentOf(interpreter);
  for (const prefix of [parentOf(beside), beside]) {
    const settings = venvSettingsOf(looker, prefix);
    if (settings === undefined) continue;
    const layout = venvLayout(looker, prefix, settings, real.value);
    return layout && { ...layout, realPython: real.value };
  }
  const layout = baseLayout(looker, real.value);
  return layout && { ...layout, realPython: real.value };
}
