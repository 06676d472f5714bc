/** Machines of any system that hold just the files they are given, for asking the adapters what a tool would do there. */
import { posix, win32 } from "node:path";
import type { Machine, Stat } from "../../machine/machine.ts";
import { nodeMachine } from "../../machine/node-machine.ts";
import type { Asked, ToolName } from "../../tools/tool.ts";

export type Platform = "linux" | "darwin" | "win32";

export interface Given {
  readonly on?: Platform;
  readonly version?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Text by path; null: a directory. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly command?: string;
}

/** The newest version that an answer without a version is for. */
const newest: Readonly<Partial<Record<ToolName, string>>> = { pip: "26.2.1", conda: "26.7.1", uv: "0.13.9" };
const homes: Readonly<Record<Platform, string>> = { linux: "/home/me", darwin: "/Users/me", win32: "C:\\Users\\me" };
const prefixes: Readonly<Record<Platform, string>> = { linux: "/opt/base", darwin: "/opt/base", win32: "C:\\base" };
/** What every session has there: macOS and Windows set a temporary directory of one's own. */
const usual: Readonly<Record<Platform, Readonly<Record<string, string>>>> = {
  linux: { HOME: homes.linux, LANG: "C.UTF-8" }, darwin: { HOME: homes.darwin, LANG: "C.UTF-8", TMPDIR: "/var/folders/me/T" },
  win32: { USERPROFILE: homes.win32, APPDATA: "C:\\Users\\me\\AppData\\Roaming", LOCALAPPDATA: "C:\\Users\\me\\AppData\\Local", TEMP: "C:\\Users\\me\\AppData\\Local\\Temp", TMP: "C:\\Users\\me\\AppData\\Local\\Temp" },
};
const directory: Stat = { type: "dir", dev: "1", ino: "1", mode: 0o755, nlink: 2, uid: 1000, gid: 1000, size: 4096, allocated: 4096, mtimeMs: 0, atimeMs: 0 };

/** Answers alike wherever it is asked: nothing of the machine that runs us shows through. */
export function pretended({ on = "linux", env = {}, files = {} }: Given): Machine {
  const paths = on === "win32" ? win32 : posix;
  const none = { ok: false, errno: "ENOENT" } as const;
  const own = new Map(Object.entries(files));
  const isDir = (path: string): boolean => own.get(path) === null || [...own.keys()].some((file) => file.startsWith(path + paths.sep));
  const stat: Machine["stat"] = (path) => (isDir(path) ? { ok: true, value: directory } : own.has(path) ? { ok: true, value: { ...directory, type: "file" } } : none);
  return {
    ...nodeMachine({ env: {}, cwd: "/" }), platform: on, arch: "x64", kernel: "", node: "", env: { ...usual[on], ...env }, cwd: on === "win32" ? "C:\\w" : "/w",
    identity: { uid: 1000, euid: 1000, gid: 1000, egid: 1000, groups: [1000] }, umask: 0o022,
    account: () => ({ ok: true, value: { name: "me", home: homes[on] } }), run: () => none, now: () => new Date(0),
    stat, lstat: stat, list: () => none, readlink: () => none, readEnd: () => none, readPart: () => none, readEnds: () => none, digest: () => none, space: () => none,
    realpath: (path) => (stat(path).ok ? { ok: true, value: path } : none), access: (path) => (stat(path).ok ? "ok" : "ENOENT"),
    readFile: (path) => {
      const text = own.get(path);
      return typeof text === "string" ? { ok: true, value: Buffer.from(text) } : none;
    },
  };
}

/** The question to a tool's adapter: installed for everybody, in that version. */
export function askedOf(tool: ToolName, given: Given): Asked {
  const { on = "linux", version = newestOf(tool), command } = given;
  const install = { tool, version, program: "", prefix: prefixes[on], found: [], chosen: true } as const;
  return { machine: pretended(given), home: homes[on], version, install, ...(command === undefined ? {} : { command }) };
}

export function newestOf(tool: ToolName): string {
  return newest[tool] ?? "1";
}
