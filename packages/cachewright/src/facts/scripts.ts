import { basename, dirname, isAbsolute, join } from "node:path";
import { interpreterLine } from "../tools/python/installs.ts";
import type { InstallFact, ScriptFact } from "./facts.ts";
import { look, lookWithAccess, type Looks } from "./looks.ts";

/** Scripts looked at in one directory of a plain look: what is wrong with one is mostly wrong with all. */
const fewScripts = 24;
const manyScripts = 2000;
/** What a cure of ours has put by for its undo. */
const setAsideName = /\.cachewright-\d{8}-\d{6}/;

/** Where the programs of what a person uses here are: environments in use, and the user base. */
function scriptDirectories(installs: readonly InstallFact[]): string[] {
  return [...new Set(installs.flatMap((install) => {
    const used = install.chosen || install.found.some((how) => how === "active venv" || how === "project venv" || how === "asked");
    if (!used) return [];
    return install.kind === "venv" ? [install.scripts] : install.userSite === null ? [] : [join(dirname(dirname(dirname(install.userSite))), "bin")];
  }))];
}

/** A wrapper that an installer wrote (distlib's and pip's template): anything else is somebody's own. */
function isGenerated(looks: Looks, path: string): boolean {
  const read = looks.machine.readFile(path, 1 << 16);
  const head = read.ok ? read.value.subarray(0, 2048).toString("latin1") : "";
  return head.startsWith("#!") && /\bsys\.exit\(/.test(head) && /^\s*(?:from|import) \w/m.test(head);
}

function faultOf(looks: Looks, path: string): ScriptFact | undefined {
  const { machine } = looks;
  const stat = machine.lstat(path);
  if (!stat.ok || stat.value.type !== "file" || stat.value.size > 1 << 16 || !isGenerated(looks, path)) return undefined;
  const interpreter = interpreterLine(machine, path);
  if (interpreter === undefined || !isAbsolute(interpreter) || !/^(?:python|pypy)/.test(basename(interpreter))) return undefined;
  const answer = machine.stat(interpreter);
  if (!answer.ok && (answer.errno === "ENOENT" || answer.errno === "ENOTDIR")) {
    look(looks, interpreter);
    lookWithAccess(looks, path);
    return { path, fault: "no-interpreter", interpreter };
  }
  if (machine.access(path, "search") !== "EACCES" || (stat.value.mode & 0o111) !== 0) return undefined;
  lookWithAccess(looks, path);
  return { path, fault: "no-exec", interpreter };
}

/** The programs that cannot be started; a bounded look, and all of them only when asked. */
export function scriptFacts(looks: Looks, installs: readonly InstallFact[], options: { all: boolean; paths: readonly string[] }): ScriptFact[] {
  if (looks.machine.platform === "win32") return [];
  const inDirectories = scriptDirectories(installs).flatMap((directory) => {
    const entries = looks.machine.list(directory);
    const files = entries.ok ? entries.value.filter((entry) => (entry.type === "file" || entry.type === undefined) && !setAsideName.test(entry.name)) : [];
    return files.map((entry) => join(directory, entry.name)).sort().slice(0, options.all ? manyScripts : fewScripts);
  });
  const named = options.paths.filter((path) => isAbsolute(path) && basename(dirname(path)) === "bin");
  return [...new Set([...inDirectories, ...named])].flatMap((path) => faultOf(looks, path) ?? []);
}
