import { absent, factsWith, me, present, rootOwned } from "../facts/example-facts.ts";
import { toolFact, toolPlace } from "../facts/example-tools.ts";
import type { Facts, PathFact, ScanFact, ToolFact } from "../facts/facts.ts";

/** For tests, as `ill-machines.ts`: machines whose poetry, pdm, pipenv or hatch is ill. */
type Name = ToolFact["tool"];
const closed = { mode: 0o555, write: "EACCES" } as const;
const file = (path: string, words: Parameters<typeof present>[1] = {}): PathFact => present(path, { type: "file", ...words });
const poetryCache = "/home/me/.cache/pypoetry";
const scanned = (root: string, denied: readonly PathFact[] = [], words: Partial<ScanFact> = {}): ScanFact =>
  ({ root, purpose: "cache", looked: 9, complete: true, denied: [...denied], deniedCount: denied.length, openToAll: [], openCount: 0, ...words });

export const poetryPlaces = [
  ...["cache/repositories", "artifacts", "src"].map((part) => toolPlace("cache", `${poetryCache}/${part}`, { root: poetryCache, name: part, key: "cache-dir" })),
  toolPlace("envs", `${poetryCache}/virtualenvs`, { name: "virtualenvs", key: "virtualenvs.path" }),
];
export const configOf: Readonly<Partial<Record<Name, string>>> = { poetry: "/home/me/.config/pypoetry/config.toml", pdm: "/home/me/.config/pdm/config.toml", hatch: "/home/me/.config/hatch/config.toml", pipenv: "/home/me/project/Pipfile", virtualenv: "/home/me/.config/virtualenv/virtualenv.ini" };

/** One tool as it is after installing it, with what is said of it changed. */
export function withTool(tool: Name, words: Partial<ToolFact> = {}, change: Parameters<typeof factsWith>[0] = {}): Facts {
  return factsWith({ ...change, tools: [toolFact(tool, { version: tool === "poetry" ? "1.8.5" : "2.26.2", ...words })] });
}

/** With a settings file that is as `config` says. */
export function withConfig(tool: Name, config: Partial<ToolFact["configs"][number]>, paths: readonly PathFact[]): Facts {
  const path = configOf[tool]!;
  return withTool(tool, { configs: [{ path, scope: tool === "pipenv" ? "project" : "user", format: "toml", state: "read", ...config }] }, { paths });
}

const virtualenvs = toolPlace("envs", "/home/me/.local/share/virtualenvs", { name: "virtualenvs" });
const logs = toolPlace("state", "/home/me/.local/state/pdm/log", { name: "logs" });
const pdmCache = toolPlace("cache", "/home/me/.cache/pdm/http", { root: "/home/me/.cache/pdm" });
const noConfig = (tool: Name): Partial<ToolFact> => ({ configs: [{ path: configOf[tool]!, scope: "user", format: "toml", state: "absent" }] });
const cure = { line: 1, old: "cache-dir = /x", text: 'cache-dir = "/x"' };
const moved = { key: "cache-dir", value: "/home/me/c", from: { path: configOf.poetry!, line: 1 }, shadows: [] };
const left = { path: poetryCache, key: "cache-dir", bytes: 3e6, entries: 3, newest: "2026-01-01T00:00:00.000Z", complete: false, parts: ["cache", "artifacts", "src"] };
const leftPlaces = [toolPlace("cache", "/home/me/c/artifacts", { root: "/home/me/c", key: "cache-dir" })];
const misread = (value: string): Partial<ToolFact> =>
  ({ settings: [{ key: "cache-dir", value, from: { path: configOf.poetry!, line: 1 }, shadows: [] }], places: [toolPlace("cache", `/home/me/${value}/artifacts`, { root: `/home/me/${value}`, key: "cache-dir" })] });
const stray = { key: "cache_dir", value: "/c", line: 1, meant: "cache-dir", old: 'cache_dir = "/c"', text: 'cache-dir = "/c"' };
const beaten: Partial<ToolFact> = {
  places: [toolPlace("cache", "/v", { key: "cache-dir" })], configs: [{ path: configOf.poetry!, scope: "user", format: "toml", state: "read" }],
  settings: [{ key: "cache-dir", value: "/v", from: { env: "POETRY_CACHE_DIR" }, shadows: [{ value: "/f", from: { path: configOf.poetry!, line: 1 } }] }],
};

export const illProjectTools: Readonly<Record<string, readonly Facts[]>> = {
  "tool-dir-not-writable": [
    withTool("pipenv", { places: [virtualenvs] }, { paths: [present(virtualenvs.path, rootOwned)] }),
    withTool("pipenv", { places: [virtualenvs] }, { paths: [present(virtualenvs.path, closed)] }),
    withTool("pdm", { places: [logs] }, { paths: [present("/home/me/.local/state"), present("/home/me/.local/state/pdm"), present(logs.path, rootOwned)] }),
    withTool("poetry", noConfig("poetry"), { paths: [present("/home/me/.config/pypoetry", rootOwned), absent(configOf.poetry!)] }),
    withTool("hatch", noConfig("hatch"), { paths: [present("/home/me/.config/hatch", rootOwned), absent(configOf.hatch!)] }),
  ],
  "cache-write-denied": [
    withTool("poetry", { places: poetryPlaces }, { paths: [present(poetryCache), present(`${poetryCache}/artifacts`, rootOwned)], scans: [scanned(poetryCache, [present(`${poetryCache}/artifacts`, rootOwned)])] }),
    withTool("pipenv", { places: [toolPlace("cache", "/home/me/.cache/pipenv")] }, { paths: [present("/home/me/.cache/pipenv", rootOwned)] }),
    withTool("pdm", { places: [pdmCache] }, { paths: [present("/home/me/.cache/pdm", closed)] }),
  ],
  "cache-world-writable": [
    withTool("poetry", { places: poetryPlaces }, { paths: [present(poetryCache)], scans: [scanned(poetryCache, [], { openToAll: [present(`${poetryCache}/artifacts`, { mode: 0o777 })], openCount: 1 })] }),
  ],
  "cache-abandoned": [
    withTool("poetry", { left: [left], settings: [moved], places: leftPlaces }, { paths: [file(configOf.poetry!), present("/home/me/c"), absent("/home/me/c/artifacts"), absent("/home/me/c/cache"), absent("/home/me/c/src"), present(poetryCache), present(`${poetryCache}/artifacts`)] }),
  ],
  "cache-disabled": [withTool("pdm", {}, { env: { HOME: me.home, PDM_NO_CACHE: "0" } }), withTool("pdm", {}, { env: { HOME: me.home, PDM_NO_CACHE: "1" } })],
  "cache-dir-misread": [withTool("poetry", misread("$HOME/c"), { paths: [file(configOf.poetry!)] }), withTool("poetry", misread("c"), { paths: [file(configOf.poetry!, rootOwned)] })],
  "config-breaks-tool": [
    withConfig("poetry", { state: "breaks", error: "Invalid TOML file", line: 1, cure }, [file(configOf.poetry!)]),
    withConfig("pdm", { state: "breaks", error: "TOMLDecodeError: line 1 column 2", line: 1 }, [file(configOf.pdm!)]),
    withConfig("pipenv", { state: "breaks", error: "TOMLDecodeError: line 1 column 2", line: 1, cure }, [file(configOf.pipenv!, rootOwned)]),
    withConfig("virtualenv", { format: "ini", state: "breaks", error: "'IniConfig' object has no attribute 'has_virtualenv_section'" }, [file(configOf.virtualenv!), present("/home/me/.config/virtualenv")]),
    withTool("pipenv", { settings: [{ key: "PIPENV_CACHE_DIR", value: "false", from: { env: "PIPENV_CACHE_DIR" }, error: "expected str, bytes or os.PathLike object, not bool", shadows: [] }] }),
  ],
  "config-unreadable": [
    withConfig("pdm", { state: "breaks", error: "[Errno 13] Permission denied", errno: "EACCES" }, [file(configOf.pdm!, { ...rootOwned, mode: 0o600, read: "EACCES" })]),
    withConfig("poetry", { state: "breaks", error: "[Errno 13] Permission denied", errno: "EACCES" }, [file(configOf.poetry!, { mode: 0o200, read: "EACCES" })]),
    withConfig("virtualenv", { format: "ini", state: "ignored", ignored: "unreadable", errno: "EACCES" }, [file(configOf.virtualenv!, { ...rootOwned, mode: 0o600, read: "EACCES" }), present("/home/me/.config/virtualenv")]),
    withConfig("hatch", { state: "breaks", error: "[Errno 21] Is a directory", errno: "EISDIR" }, [present(configOf.hatch!)]),
  ],
  "config-exposes-secret": [
    withConfig("pdm", { secrets: [{ key: "pypi.corp.password", line: 3 }] }, [file(configOf.pdm!), present("/home/me/.config/pdm")]),
    withConfig("pipenv", { secrets: [{ key: "source.url", line: 2 }] }, [file(configOf.pipenv!, rootOwned), present("/home/me/project")]),
  ],
  "config-key-ignored": [
    withConfig("poetry", { strays: [stray] }, [file(configOf.poetry!)]),
    withConfig("poetry", { strays: [{ ...stray, key: "cache.cache-dir", text: stray.old }] }, [file(configOf.poetry!)]),
    withConfig("poetry", { strays: [stray] }, [file(configOf.poetry!, rootOwned)]),
    withTool("poetry", {}, { env: { HOME: me.home, POETRY_CACHE: "/c" } }),
  ],
  "config-shadowed": [withTool("poetry", beaten, { paths: [file(configOf.poetry!)] }), withTool("poetry", beaten, { paths: [file(configOf.poetry!, rootOwned)] })],
};
