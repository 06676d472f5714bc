/** What of a virtual environment is not as it was made: read from its files, nothing is started. POSIX layouts. */
import { basename, dirname, isAbsolute, join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { pathFromBytes } from "../../machine/path-bytes.ts";
import { parseVenvSettings } from "./layout.ts";

/** A line of one of the environment's own files that names the place the environment was made for. */
export interface StaleLine { readonly path: string; readonly line: number; readonly text: string }

export interface BrokenVenv {
  readonly prefix: string;
  /** "python-gone": what bin/python leads to; "settings": pyvenv.cfg; "moved": the environment is not where its files say. */
  readonly fault: "python-gone" | "settings" | "moved";
  /** For "settings": the errno of reading it, or what of it Python cannot use. */
  readonly detail?: string;
  readonly python: string;
  /** The interpreter that is not there. */
  readonly gone?: string;
  readonly home?: { readonly value: string; readonly line: number; readonly text: string };
  /** "3.11", and "3.11.8" where it is written down. */
  readonly version: string | null;
  readonly release: string | null;
  readonly systemSite: boolean;
  /** Links in bin that lead to the interpreter that is gone. */
  readonly links: readonly string[];
  readonly madeAs?: { readonly prefix: string; readonly exists: boolean };
  readonly stale: readonly StaleLine[];
  /** Every file that may name the old place was read. */
  readonly complete: boolean;
}

const setAside = /\.cachewright-\d{8}-\d{6}/;
const pythonName = /^(?:python|pypy)\d*(?:\.\d+)?t?$/;
const mostFiles = 1000;
const largestScript = 1 << 18;

const isGone = (looker: Looker, path: string): boolean => {
  const seen = looker.stat(path);
  return !seen.ok && (seen.errno === "ENOENT" || seen.errno === "ENOTDIR");
};

function programs(looker: Looker, bin: string): string[] {
  const entries = looker.list(bin);
  return entries.ok ? entries.value.filter(({ name, type }) => type !== "dir" && !setAside.test(name)).map(({ name }) => name).sort() : [];
}

function linesOf(looker: Looker, path: string): string[] {
  const read = looker.readFile(path, largestScript);
  const text = read.ok ? pathFromBytes(read.value) : "";
  return text.includes("\0") ? [] : text.split("\n");
}

/** `VIRTUAL_ENV=/x`, quoted or not, also within `$(cygpath …)` as 3.13 writes it. A relocatable one computes it. */
function placeInActivate(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const found = /\bVIRTUAL_ENV=(?:"([^"$`]+)"|'([^']+)'|(\/[^\s"'$`]+))\s*$/.exec(line);
    const place = found?.[1] ?? found?.[2] ?? found?.[3];
    if (place !== undefined && isAbsolute(place)) return place;
  }
  return undefined;
}

/** The environment in a program's first line, or in the second behind `sh` (distlib, `_build_shebang`). */
function placeInScript(lines: readonly string[]): string | undefined {
  const [first = "", second = ""] = lines;
  const interpreter = /^#!\s*(\/\S+)/.exec(first)?.[1]?.endsWith("sh") === true ? /^'''exec' (?:"(\/[^"$`]+)"|(\/\S+))/.exec(second) : /^#!\s*(\/\S+)/.exec(first);
  const path = interpreter?.[1] ?? interpreter?.[2];
  return path !== undefined && pythonName.test(basename(path)) && basename(dirname(path)) === "bin" ? dirname(dirname(path)) : undefined;
}

function isSamePlace(looker: Looker, one: string, other: string): boolean {
  if (one === other) return true;
  // Links lead to one place, and so do bind mounts, which have two names and one inode.
  const [left, right] = [looker.stat(one), looker.stat(other)];
  return left.ok && right.ok && left.value.dev === right.value.dev && left.value.ino === right.value.ino;
}

/** Where the environment was made, when that is another place than where it is. */
function madeAs(looker: Looker, prefix: string, names: readonly string[]): string | undefined {
  const bin = join(prefix, "bin");
  const activate = names.includes("activate") ? placeInActivate(linesOf(looker, join(bin, "activate"))) : undefined;
  if (activate !== undefined) return isSamePlace(looker, activate, prefix) ? undefined : activate;
  const named = names.filter((name) => /^pip[\d.]*$/.test(name)).map((name) => placeInScript(linesOf(looker, join(bin, name)))).find((place) => place !== undefined);
  // What names a Python that is there and belongs to no environment was made so.
  const was = named !== undefined && (isGone(looker, named) || looker.lstat(join(named, "pyvenv.cfg")).ok);
  return was && !isSamePlace(looker, named, prefix) ? named : undefined;
}

function staleLines(looker: Looker, bin: string, { names, old }: { names: readonly string[]; old: string }): StaleLine[] {
  const whole = new RegExp(`(?:^|[^\\w./-])${old.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")}(?![\\w.-])`);
  return names.flatMap((name): StaleLine[] => {
    if (pythonName.test(name)) return [];
    const path = join(bin, name);
    const seen = looker.lstat(path);
    if (!seen.ok || seen.value.type !== "file") return [];
    const lines = linesOf(looker, path);
    const isActivate = /^activate/i.test(name);
    if (!isActivate && placeInScript(lines) !== old) return [];
    return lines.slice(0, isActivate ? undefined : 2).flatMap((text, at) => (whole.test(text) ? [{ path, line: at + 1, text }] : []));
  });
}

function settingsFault(looker: Looker, prefix: string): { text: string; fault?: string } | undefined {
  const file = looker.readFile(join(prefix, "pyvenv.cfg"), 1 << 16);
  if (!file.ok) return file.errno === "EACCES" || file.errno === "EPERM" ? { text: "", fault: file.errno } : undefined;
  const text = file.value.toString("utf8");
  // site.py reads it as UTF-8 and dies (tried with 3.8 and 3.13); without `home` the interpreter takes itself for its base.
  if (text.includes("�")) return { text, fault: "it is not UTF-8" };
  return parseVenvSettings(text).home === undefined ? { text, fault: "it has no line home" } : { text };
}

function versionIn(looker: Looker, prefix: string, named: string | undefined): string | null {
  const entries = looker.list(join(prefix, "lib"));
  const found = entries.ok ? entries.value.map(({ name }) => /^python(\d+\.\d+)$/.exec(name)?.[1]).filter((version) => version !== undefined) : [];
  return named ?? found[0] ?? null;
}

/** The interpreter that is not there: behind the links, or the standard library of a copied one. */
function goneInterpreter(looker: Looker, { prefix, home, version, names }: { prefix: string; home: string | undefined; version: string | null; names: readonly string[] }): { gone?: string; links: string[] } {
  const bin = join(prefix, "bin");
  const main = names.find((name) => name === "python") ?? names.find((name) => name === "python3");
  if (main === undefined) return names.some((name) => /^activate|^pip/.test(name)) && home !== undefined ? { gone: join(bin, "python"), links: [] } : { links: [] };
  const seen = looker.lstat(join(bin, main));
  if (!seen.ok) return { links: [] };
  if (seen.value.type === "link") {
    if (!isGone(looker, join(bin, main))) return { links: [] };
    const dangling = names.filter((name) => pythonName.test(name)).flatMap((name) => {
      const target = looker.readlink(join(bin, name));
      return target.ok && isAbsolute(target.value) && isGone(looker, target.value) ? [{ path: join(bin, name), target: target.value }] : [];
    });
    return { gone: dangling[0]?.target ?? join(bin, main), links: dangling.map(({ path }) => path) };
  }
  if (home === undefined || version === null) return { links: [] };
  const places = ["lib", "lib64"].map((lib) => join(dirname(home), lib, `python${version}`, "os.py"));
  return places.every((place) => isGone(looker, place)) && isGone(looker, join(home, `python${version}`)) ? { gone: join(home, `python${version}`), links: [] } : { links: [] };
}

/** Undefined for what is no environment, and for one in order. */
export function brokenVenv(looker: Looker, prefix: string): BrokenVenv | undefined {
  const settings = settingsFault(looker, prefix);
  const names = programs(looker, join(prefix, "bin"));
  if (settings === undefined || names.length === 0) return undefined;
  const { home, version: named, systemSite } = parseVenvSettings(settings.text);
  const homeLine = settings.text.split("\n").findIndex((line) => /^\s*home\s*=/i.test(line));
  const version = versionIn(looker, prefix, named);
  const { gone, links } = settings.fault === undefined ? goneInterpreter(looker, { prefix, home, version, names }) : { gone: undefined, links: [] };
  const old = settings.fault === undefined ? madeAs(looker, prefix, names) : undefined;
  if (settings.fault === undefined && gone === undefined && old === undefined) return undefined;
  return {
    prefix, fault: settings.fault !== undefined ? "settings" : gone !== undefined ? "python-gone" : "moved",
    python: join(prefix, "bin", names.includes("python") || !names.includes("python3") ? "python" : "python3"), version, systemSite, links,
    release: /^\s*version(?:_info)?\s*=\s*(\d+\.\d+\.\d+)/m.exec(settings.text)?.[1] ?? null,
    stale: old === undefined ? [] : staleLines(looker, join(prefix, "bin"), { names: names.slice(0, mostFiles), old }), complete: names.length <= mostFiles,
    ...(settings.fault === undefined ? {} : { detail: settings.fault }), ...(gone === undefined ? {} : { gone }),
    ...(home === undefined || homeLine < 0 ? {} : { home: { value: home, line: homeLine + 1, text: settings.text.split("\n")[homeLine] ?? "" } }),
    ...(old === undefined ? {} : { madeAs: { prefix: old, exists: !isGone(looker, old) } }),
  };
}
