/**
 * Ignores that are kept: `cachewright.toml` of the project and `ignore.toml` of the user. Each names a problem,
 * perhaps a path, always a reason, perhaps the last day it holds:
 *
 *   [[ignore]]
 *   problem = "cache-disabled"
 *   path = "~/.config/pip/pip.conf"
 *   why = "CI image, the cache is mounted elsewhere"
 *   until = 2027-01-31
 */
import { dirname, join, resolve } from "node:path";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { ownConfigPath, parseOwnToml } from "./own-config.ts";

export interface Ignore {
  readonly problem: string;
  /** The finding's subject is this path or below it. */
  readonly path?: string;
  readonly why: string;
  /** "2027-01-31": holds through that day. */
  readonly until?: string;
  /** "file:line", or "--ignore". */
  readonly from: string;
}

export interface Ignores {
  readonly current: readonly Ignore[];
  readonly expired: readonly Ignore[];
}

type Where = Pick<Machine, "readFile" | "lstat" | "env" | "cwd" | "now" | "platform">;

export async function readIgnores(machine: Where, home: string | undefined): Promise<Ignores> {
  const current: Ignore[] = [];
  const expired: Ignore[] = [];
  const today = localDay(machine.now());
  for (const file of [projectFile(machine, home), ownConfigPath(machine, home, "ignore.toml")]) {
    if (file === undefined) continue;
    const text = readText(machine, file);
    if (text === undefined) continue;
    const document = await parseOwnToml({ file, text });
    for (const ignore of readEntries(document, { file, text, home })) {
      (ignore.until !== undefined && ignore.until < today ? expired : current).push(ignore);
    }
  }
  return { current, expired };
}

export function isIgnored(finding: { readonly problem: string; readonly subject: string }, ignores: readonly Ignore[]): Ignore | undefined {
  return ignores.find((one) => one.problem === finding.problem
    && (one.path === undefined || finding.subject === one.path || finding.subject.startsWith(one.path === "/" ? "/" : `${one.path}/`)));
}

/** The nearest `cachewright.toml` from the working directory up to the root of its repository or the home. */
function projectFile(machine: Where, home: string | undefined): string | undefined {
  for (let directory = machine.cwd; ; directory = dirname(directory)) {
    const file = join(directory, "cachewright.toml");
    if (machine.lstat(file).ok) return file;
    const top = directory === home || directory === dirname(directory) || [".git", ".hg", ".svn"].some((name) => machine.lstat(join(directory, name)).ok);
    if (top) return undefined;
  }
}

function readText(machine: Where, file: string): string | undefined {
  const bytes = machine.readFile(file);
  if (bytes.ok) return bytes.value.toString("utf8").replace(/^\ufeff/, "");
  if (bytes.errno === "ENOENT" || bytes.errno === "ENOTDIR") return undefined;
  // In a home that is not this user's there may be ignores, but not theirs: it must not keep us from looking.
  if (bytes.errno === "EACCES" && !machine.lstat(file).ok) return undefined;
  throw new AppError("E_CONFIG", `${file} cannot be read (${bytes.errno})`, { hint: "It keeps ignores; without reading it nothing can be left out rightly." });
}

const known = new Set(["problem", "path", "why", "until"]);

function readEntries(document: Record<string, unknown>, given: { file: string; text: string; home: string | undefined }): Ignore[] {
  const { file, text, home } = given;
  const entries = document["ignore"] ?? [];
  const lines = headerLines(text);
  const stray = Object.keys(document).find((key) => key !== "ignore");
  if (stray !== undefined) throw new AppError("E_CONFIG", `${file}:${lineOf(text, stray)}:1: unknown key ${stray}; this file holds [[ignore]] tables`);
  if (!Array.isArray(entries)) throw new AppError("E_CONFIG", `${file}:${lineOf(text, "ignore")}:1: write [[ignore]], with two brackets`);
  return entries.map((entry: unknown, i) => {
    const at = `${file}:${lines[i] ?? 1}`;
    return readEntry(entry as Record<string, unknown>, { at, directory: dirname(file), home });
  });
}

function readEntry(entry: Record<string, unknown>, { at, directory, home }: { at: string; directory: string; home: string | undefined }): Ignore {
  const fail = (message: string): never => {
    throw new AppError("E_CONFIG", `${at}:1: ${message}`);
  };
  const unknownKey = Object.keys(entry).find((key) => !known.has(key));
  if (unknownKey !== undefined) fail(`unknown key ${unknownKey} in [[ignore]]; there are problem, path, why, until`);
  const words = (key: string): string | undefined => {
    const value = entry[key];
    if (value === undefined) return undefined;
    return typeof value === "string" && value.trim() !== "" ? value : fail(`${key} must be a text`);
  };
  const problem = words("problem") ?? fail("[[ignore]] needs a problem");
  const why = words("why") ?? fail(`the ignore of ${problem} needs a reason (why = "…")`);
  const path = words("path");
  const until = readDay(entry["until"], fail);
  return {
    problem, why, from: at,
    ...(path === undefined ? {} : { path: ignoredSubject(path, directory, home) }),
    ...(until === undefined ? {} : { until }),
  };
}

/** A finding's subject: a path as people write it, or a word that is none (PIP_NO_CACHE_DIR). */
export function ignoredSubject(given: string, directory: string, home: string | undefined): string {
  if (!/[\\/]|^~$/.test(given)) return given;
  return resolve(directory, home === undefined ? given : given.replace(/^~(?=\/|$)/, home));
}

function readDay(value: unknown, fail: (message: string) => never): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === "string" ? value : value instanceof Date ? value.toISOString() : "";
  const day = /^\d{4}-\d\d-\d\d/.exec(text)?.[0];
  if (day === undefined || Number.isNaN(Date.parse(day))) return fail("until must be a date: until = 2027-01-31");
  return day;
}

function localDay(now: Date): string {
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
}

function headerLines(text: string): number[] {
  return text.split("\n").flatMap((line, i) => (/^\s*\[\[\s*["']?ignore["']?\s*\]\]/.test(line) ? [i + 1] : []));
}

function lineOf(text: string, key: string): number {
  const at = text.split("\n").findIndex((line) => line.trimStart().replace(/^\[+\s*/, "").replace(/^["']/, "").startsWith(key));
  return at < 0 ? 1 : at + 1;
}
