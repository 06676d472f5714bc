/**
 * What guides on the web say of these settings, each statement held to what the adapters answer. "true" ones hold as they
 * stand; of the others the truth stands beside them. Sources: pip 20.3 … 26.3 (cli/parser.py, configuration.py, cmdoptions.py,
 * vendored platformdirs), conda 26.7 (base/constants.py, base/context.py, common/configuration.py; its documentation says
 * "overwrites" of CONDA_PKGS_DIRS), uv 0.13 (uv-dirs, uv-cache).
 */
import { posix, win32 } from "node:path";
import { describe, expect, it } from "vitest";
import type { Machine, Stat } from "../machine/machine.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import { loadTool } from "../tools/all-tools.ts";
import type { Asked, EffectiveSetting, ToolName } from "../tools/tool.ts";

type Platform = "linux" | "darwin" | "win32";

interface Given {
  readonly on?: Platform;
  readonly version?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Text by path; null: a directory. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly command?: string;
}

const newest: Readonly<Partial<Record<ToolName, string>>> = { pip: "26.2.1", conda: "26.7.1", uv: "0.13.9" };
const homes = { linux: "/home/me", darwin: "/Users/me", win32: "C:\\Users\\me" };
const usual: Readonly<Record<Platform, Readonly<Record<string, string>>>> = {
  linux: { HOME: homes.linux, LANG: "C.UTF-8" }, darwin: { HOME: homes.darwin, LANG: "C.UTF-8" },
  win32: { USERPROFILE: homes.win32, APPDATA: "C:\\Users\\me\\AppData\\Roaming", LOCALAPPDATA: "C:\\Users\\me\\AppData\\Local" },
};

/** A machine of another kind that has these files and nothing else. */
function pretended({ on = "linux", env = {}, files = {} }: Given): Machine {
  const paths = on === "win32" ? win32 : posix;
  const none = { ok: false, errno: "ENOENT" } as const;
  const own = new Map(Object.entries(files));
  const isDir = (path: string): boolean => own.get(path) === null || [...own.keys()].some((file) => file.startsWith(path + paths.sep));
  const real = nodeMachine({ env: {}, cwd: "/" });
  const any = real.stat("/");
  const stat = (path: string) => {
    const type = isDir(path) ? "dir" as const : own.has(path) ? "file" as const : undefined;
    return type === undefined || !any.ok ? none : { ok: true as const, value: { ...any.value, type } satisfies Stat };
  };
  return {
    ...real, platform: on, env: { ...usual[on], ...env }, cwd: on === "win32" ? "C:\\w" : "/w", stat, lstat: stat, list: () => none, readlink: () => none,
    realpath: (path) => (stat(path).ok ? { ok: true, value: path } : none), access: (path) => (stat(path).ok ? "ok" : "ENOENT"),
    readFile: (path) => { const text = own.get(path); return typeof text === "string" ? { ok: true, value: Buffer.from(text) } : none; },
  };
}

const prefixes: Readonly<Record<Platform, string>> = { linux: "/opt/base", darwin: "/opt/base", win32: "C:\\base" };

function asked(tool: ToolName, given: Given): Asked {
  const { on = "linux", version = newest[tool] ?? "1", command } = given;
  const install = { tool, version, program: "", prefix: prefixes[on], found: [], chosen: true } as const;
  return { machine: pretended(given), home: homes[on], version, install, ...(command === undefined ? {} : { command }) };
}

async function setting(tool: ToolName, key: string, given: Given): Promise<EffectiveSetting> {
  const found = (await loadTool(tool)).settings(asked(tool, given)).find((one) => one.key === key);
  if (found === undefined) throw new Error(`${tool} has no ${key}`);
  return found;
}

const value = (tool: ToolName, key: string, given: Given = {}) => async (): Promise<unknown> => (await setting(tool, key, given)).effective;
const complaint = (tool: ToolName, key: string, given: Given = {}) => async (): Promise<unknown> => (await setting(tool, key, given)).error;
const cache = (tool: ToolName, given: Given = {}) => async (): Promise<unknown> => (await loadTool(tool)).locate(asked(tool, given)).find(({ kind }) => kind === "cache")?.path;
/** The file that the tool's own `config` writes for this person. */
const target = (tool: ToolName, given: Given = {}) => async (): Promise<unknown> => (await loadTool(tool)).configFiles(asked(tool, given)).find(({ scope, target: isTarget }) => scope === "user" && isTarget === true)?.path;
const files = (tool: ToolName, given: Given = {}) => async (): Promise<unknown> => (await loadTool(tool)).configFiles(asked(tool, given)).map(({ path }) => path);
const scopes = (tool: ToolName, given: Given = {}) => async (): Promise<unknown> => [...new Set((await loadTool(tool)).configFiles(asked(tool, given)).map(({ scope }) => scope))];

interface Statement {
  readonly says: string;
  /** "true", or what is so instead. */
  readonly truth: string;
  readonly ask: () => Promise<unknown>;
  readonly answer: unknown;
}

const ini = (text: string): Record<string, string> => ({ "/home/me/.config/pip/pip.conf": text });
const condarc = (text: string): Record<string, string> => ({ "/home/me/.condarc": text });

const pipFiles: readonly Statement[] = [
  { says: "pip.conf is ~/.config/pip/pip.conf on Linux", truth: "true", ask: target("pip"), answer: "/home/me/.config/pip/pip.conf" },
  { says: "the old ~/.pip/pip.conf is no longer read", truth: "it is, and the new one is stronger", ask: value("pip", "cache-dir", { files: { "/home/me/.pip/pip.conf": "[global]\ncache-dir = /old\n" } }), answer: "/old" },
  { says: "pip.conf is ~/Library/Application Support/pip/pip.conf on macOS", truth: "only when that directory is there", ask: target("pip", { on: "darwin", files: { "/Users/me/Library/Application Support/pip": null } }), answer: "/Users/me/Library/Application Support/pip/pip.conf" },
  { says: "a Mac has no ~/.config/pip/pip.conf", truth: "it has, when the directory in Library is not there", ask: target("pip", { on: "darwin" }), answer: "/Users/me/.config/pip/pip.conf" },
  { says: "on Windows it is %APPDATA%\\pip\\pip.ini", truth: "true", ask: target("pip", { on: "win32" }), answer: "C:\\Users\\me\\AppData\\Roaming\\pip\\pip.ini" },
  { says: "the file's name is pip.conf everywhere", truth: "pip.ini on Windows, and no pip.conf is read there", ask: async () => (await files("pip", { on: "win32" })() as string[]).filter((path) => !path.endsWith("pip.ini")), answer: [] },
  { says: "/etc/pip.conf is for everybody", truth: "true", ask: value("pip", "cache-dir", { files: { "/etc/pip.conf": "[global]\ncache-dir = /all\n" } }), answer: "/all" },
  { says: "an environment's own pip.conf is weaker than mine", truth: "it is stronger", ask: value("pip", "cache-dir", { files: { ...ini("[global]\ncache-dir = /mine\n"), "/opt/base/pip.conf": "[global]\ncache-dir = /env\n" } }), answer: "/env" },
  { says: "`pip config debug` lists files from the weakest to the strongest", truth: "it lists by the alphabet (env, global, site, user); they count in this order", ask: scopes("pip", { env: { PIP_CONFIG_FILE: "/my.conf" } }), answer: ["global", "user", "site", "env-file"] },
  { says: "what `pip config debug` shows of a file is in force", truth: "a section in another case is shown, and counts for nothing", ask: value("pip", "cache-dir", { files: ini("[Global]\ncache-dir = /mine\n") }), answer: "/home/me/.cache/pip" },
];

const pipCache: readonly Statement[] = [
  { says: "`pip cache dir` is ~/.cache/pip on Linux", truth: "true", ask: cache("pip"), answer: "/home/me/.cache/pip" },
  { says: "… ~/Library/Caches/pip on macOS", truth: "true", ask: cache("pip", { on: "darwin" }), answer: "/Users/me/Library/Caches/pip" },
  { says: "XDG_CACHE_HOME is nothing to pip on a Mac", truth: "it is, from 26.2 on", ask: cache("pip", { on: "darwin", env: { XDG_CACHE_HOME: "/x" } }), answer: "/x/pip" },
  { says: "… and before 26.2", truth: "true", ask: cache("pip", { on: "darwin", version: "26.1.2", env: { XDG_CACHE_HOME: "/x" } }), answer: "/Users/me/Library/Caches/pip" },
  { says: "… %LOCALAPPDATA%\\pip\\Cache on Windows", truth: "true", ask: async () => String(await cache("pip", { on: "win32" })()).toLowerCase(), answer: "c:\\users\\me\\appdata\\local\\pip\\cache" },
  { says: "PIP_CACHE_DIR moves it, whatever stands in files", truth: "true", ask: value("pip", "cache-dir", { env: { PIP_CACHE_DIR: "/v" }, files: ini("[global]\ncache-dir = /mine\n[cache]\ncache-dir = /own\n") }), answer: "/v" },
  { says: "PIP_CACHE_DIR= turns the cache off", truth: "an empty variable says nothing", ask: value("pip", "cache-dir", { env: { PIP_CACHE_DIR: "" } }), answer: "/home/me/.cache/pip" },
  { says: "PIP_NO_CACHE_DIR=0 leaves the cache on", truth: "any truth value turns it off", ask: value("pip", "no-cache-dir", { env: { PIP_NO_CACHE_DIR: "0" } }), answer: true },
  { says: "no-cache-dir = false in a file leaves it on", truth: "it turns it off, too", ask: value("pip", "no-cache-dir", { files: ini("[global]\nno-cache-dir = false\n") }), answer: true },
  { says: "PIP_NO_CACHE=1 turns it off", truth: "pip knows no such name", ask: value("pip", "no-cache-dir", { env: { PIP_NO_CACHE: "1" } }), answer: false },
  { says: "`pip config set global.cache-dir false` turns it off", truth: "it is a directory of that name, wherever one works", ask: value("pip", "cache-dir", { files: ini("[global]\ncache-dir = false\n") }), answer: "/w/false" },
  { says: "`pip cache dir` says where `pip install` keeps things", truth: "not when [install] has a cache-dir of its own", ask: value("pip", "cache-dir", { command: "cache", files: ini("[install]\ncache-dir = /installs\n") }), answer: "/home/me/.cache/pip" },
  { says: "… which is here", truth: "true", ask: value("pip", "cache-dir", { command: "install", files: ini("[install]\ncache-dir = /installs\n") }), answer: "/installs" },
];

const condaStatements: readonly Statement[] = [
  { says: "several CONDA_PKGS_DIRS are parted by colons, as PATH is", truth: "by commas, on every system", ask: value("conda", "pkgs_dirs", { env: { CONDA_PKGS_DIRS: "/a,/b" } }), answer: ["/a", "/b"] },
  { says: "… a colon", truth: "makes one path", ask: value("conda", "pkgs_dirs", { env: { CONDA_PKGS_DIRS: "/a:/b" } }), answer: ["/a:/b"] },
  { says: "CONDA_PKGS_DIRS overwrites what stands in files", truth: "it goes before them", ask: value("conda", "pkgs_dirs", { env: { CONDA_PKGS_DIRS: "/a" }, files: condarc("pkgs_dirs: [/rc]\n") }), answer: ["/a", "/rc"] },
  { says: ".condarc is ~/.condarc on Linux", truth: "true", ask: target("conda"), answer: "/home/me/.condarc" },
  { says: "… and on macOS", truth: "true", ask: target("conda", { on: "darwin" }), answer: "/Users/me/.condarc" },
  { says: "… and %USERPROFILE%\\.condarc on Windows", truth: "true", ask: target("conda", { on: "win32" }), answer: "C:\\Users\\me\\.condarc" },
  { says: "for everybody it is /etc/conda/.condarc", truth: "true, among others", ask: async () => (await files("conda")() as string[])[0], answer: "/etc/conda/.condarc" },
  { says: "… and C:\\ProgramData\\conda\\.condarc on Windows", truth: "true", ask: async () => (await files("conda", { on: "win32" })() as string[])[0], answer: "C:\\ProgramData\\conda\\.condarc" },
  { says: "the base environment's .condarc overrides mine", truth: "mine is stronger", ask: value("conda", "always_copy", { files: { "/opt/base/.condarc": "always_copy: true\n", ...condarc("always_copy: false\n") } }), answer: false },
  { says: "CONDARC may name any file", truth: "only one called .condarc or condarc, or that ends in .yml or .yaml", ask: value("conda", "always_copy", { env: { CONDARC: "/my.conf" }, files: { "/my.conf": "always_copy: true\n" } }), answer: false },
  { says: "`conda config --add pkgs_dirs X` adds X to the usual places", truth: "with any pkgs_dirs the usual places are gone", ask: value("conda", "pkgs_dirs", { files: condarc("pkgs_dirs:\n  - /x\n") }), answer: ["/x"] },
  { says: "… and so for envs_dirs", truth: "there the usual places stay", ask: value("conda", "envs_dirs", { files: condarc("envs_dirs:\n  - /x\n") }), answer: ["/x", "/home/me/.conda/envs", "/opt/base/envs"] },
];

const uvStatements: readonly Statement[] = [
  { says: "UV_CACHE_DIR moves uv's cache, whatever stands in files", truth: "true", ask: value("uv", "cache-dir", { env: { UV_CACHE_DIR: "/v" }, files: { "/home/me/.config/uv/uv.toml": 'cache-dir = "/mine"\n' } }), answer: "/v" },
  { says: "UV_CACHE_DIR= is as good as not set", truth: "every command ends with it", ask: async () => typeof (await complaint("uv", "cache-dir", { env: { UV_CACHE_DIR: "" } })()), answer: "string" },
  { says: "UV_CACHE_DIR=~/c is in the home", truth: "nothing is expanded: a directory called ~", ask: cache("uv", { env: { UV_CACHE_DIR: "~/c" } }), answer: "/w/~/c" },
  { says: "uv's cache is ~/.cache/uv on Linux", truth: "true", ask: cache("uv"), answer: "/home/me/.cache/uv" },
  { says: "… ~/Library/Caches/uv on macOS", truth: "~/.cache/uv", ask: cache("uv", { on: "darwin" }), answer: "/Users/me/.cache/uv" },
  { says: "… never ~/Library/Caches/uv on macOS", truth: "while one of an old uv is there, it is used", ask: cache("uv", { on: "darwin", files: { "/Users/me/Library/Caches/uv": null } }), answer: "/Users/me/Library/Caches/uv" },
  { says: "… %LOCALAPPDATA%\\uv\\cache on Windows", truth: "true", ask: cache("uv", { on: "win32" }), answer: "C:\\Users\\me\\AppData\\Local\\uv\\cache" },
];

describe("what guides say", () => {
  it.each([...pipFiles, ...pipCache, ...condaStatements, ...uvStatements])("\"$says\": $truth", async ({ ask, answer }) => {
    expect(await ask()).toEqual(answer);
  });
});
