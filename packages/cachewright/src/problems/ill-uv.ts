import { absent, factsWith, present, root, rootOwned } from "../facts/example-facts.ts";
import { toolConfig, toolFact, toolPlace, toolSetting } from "../facts/example-tools.ts";
import type { Facts, ToolFact } from "../facts/facts.ts";

/** For tests, as `ill-machines.ts`: machines whose uv is ill. */
export const uvCache = "/home/me/.cache/uv";
export const uvToml = "/home/me/.config/uv/uv.toml";
const place = toolPlace("cache", uvCache, { key: "cache-dir" });
const closed = { mode: 0o500, write: "EACCES" } as const;
type Paths = readonly ReturnType<typeof present>[];

export const uvFact = (words: Partial<ToolFact> = {}): ToolFact => toolFact("uv", { version: "0.13.9", places: [place], configs: [toolConfig(uvToml, { state: "absent" })], ...words });

/** A cache with its buckets; parts that refuse are what a look below it met. */
export function withUv(paths: Paths, words: Partial<ToolFact> = {}, more: Partial<Omit<Facts, "paths">> = {}): Facts {
  const below = paths.filter(({ path, access }) => path.startsWith(`${uvCache}/`) && access !== undefined && (access.write !== "ok" || access.search !== "ok"));
  const scan = { root: uvCache, purpose: "cache" as const, looked: 20, complete: true, denied: below, deniedCount: below.length, openToAll: [], openCount: 0 };
  return factsWith({
    tools: [uvFact(words)], scans: [scan], ...more,
    paths: [present(uvCache), present(`${uvCache}/simple-v28`), present(`${uvCache}/CACHEDIR.TAG`, { type: "file" }), absent("/home/me/.local/share/uv-cache"), absent("/home/me/uv-cache"), ...paths],
  });
}

export const withSetting = (setting: ToolFact["settings"][number], paths: Paths = [], more: Partial<Omit<Facts, "paths">> = {}): Facts =>
  withUv([present(uvToml, { type: "file" }), ...paths], { settings: [setting], configs: [toolConfig(uvToml)] }, more);

const projectToml = "/home/me/project/uv.toml";
const pyproject = "/home/me/project/pyproject.toml";
const inFile = { path: uvToml, line: 2 };
const globalFile = { path: "/etc/uv/uv.toml", line: 1 };
const tools = toolPlace("envs", "/home/me/.local/share/uv/tools", { name: "tools" });
const stray = { cwd: "/home/me/project" } as const;

export const illUv: Readonly<Record<string, readonly Facts[]>> = {
  "uv-cache-init-failed": [
    withUv([present(uvCache, rootOwned)]),
    withUv([present(uvCache, closed)]),
    withUv([absent(uvCache), present("/home/me/.cache", rootOwned)]),
    withUv([present(`${uvCache}/sdists-v11`), present(`${uvCache}/sdists-v11/.git`, { type: "file", ...rootOwned })]),
    withUv([present(`${uvCache}/.lock`, { type: "file", ...rootOwned })]),
  ],
  "cache-write-denied": [
    withUv([present(`${uvCache}/wheels-v8`, rootOwned)]),
    withUv([present(`${uvCache}/wheels-v8`, closed)]),
  ],
  "cache-corrupt": [withUv([], {}, { damaged: [{ cache: uvCache, kind: "bad-archive", path: `${uvCache}/archive-v0/dXLQFFhCpGZeAGKz`, paths: [`${uvCache}/wheels-v8/pypi/six/1.17.0-py2.py3-none-any`], says: "six.py is not there" }] })],
  "cache-world-writable": [withUv([present(uvCache, { mode: 0o777 })], { places: [{ ...place, parts: ["simple-v28", "CACHEDIR.TAG"] }] }, { scans: [{ root: uvCache, purpose: "cache", looked: 2, complete: true, denied: [], deniedCount: 0, openToAll: [present(uvCache, { mode: 0o777 })], openCount: 1 }] })],
  "uv-cache-off": [
    withSetting(toolSetting("no-cache", "true", { from: inFile })),
    withSetting(toolSetting("no-cache", "true", { from: globalFile }), [present("/etc/uv/uv.toml", { type: "file", ...rootOwned })]),
    withSetting(toolSetting("no-cache", "true", { from: { env: "UV_NO_CACHE" } })),
    withSetting(toolSetting("no-cache", "true", { from: globalFile }), [present("/etc/uv/uv.toml", { type: "file", ...rootOwned })], { user: root() }),
  ],
  "uv-path-literal": [
    withSetting(toolSetting("cache-dir", "~/big/uv", { from: inFile }), [present("/home/me/project/~"), present("/home/me/project/~/big/uv"), present("/home/me/project")], stray),
    withSetting(toolSetting("cache-dir", "$HOME/uv", { from: { env: "UV_CACHE_DIR" } })),
    withSetting(toolSetting("cache-dir", "cache", { from: globalFile }), [present("/etc/uv/uv.toml", { type: "file", ...rootOwned })]),
    withSetting(toolSetting("cache-dir", uvCache, { error: "a value is required for '--cache-dir <CACHE_DIR>' but none was supplied", errorFrom: { env: "UV_CACHE_DIR" } })),
  ],
  "config-breaks-tool": [
    withUv([present("/home/me/.config/uv"), present(uvToml, { type: "file" })], { configs: [toolConfig(uvToml, { state: "breaks", line: 1, key: ["colour"], error: `Failed to parse: ${uvToml}: unknown field \`colour\`` })] }),
    withUv([present("/home/me/project"), present(projectToml, { type: "file", mode: 0, read: "EACCES", write: "EACCES" })], { configs: [toolConfig(projectToml, { scope: "project", state: "breaks", errno: "EACCES", error: "failed to open file" })] }),
  ],
  "config-unreadable": [withUv([present("/home/me/.config/uv"), present(uvToml, { type: "file", ...rootOwned, mode: 0o600, read: "EACCES" })], { configs: [toolConfig(uvToml, { state: "ignored", ignored: "unreadable", errno: "EACCES" })] })],
  "config-key-ignored": [withUv([present("/home/me/project"), present(pyproject, { type: "file" })], { configs: [toolConfig(pyproject, { scope: "project", state: "ignored", ignored: "malformed", line: 4, key: ["tool", "uv", "colour"] })] })],
  "config-shadowed": [withSetting(toolSetting("cache-dir", "/srv/a", { from: { path: projectToml, line: 1 }, shadows: [{ value: "/srv/b", from: inFile }] }), [present("/home/me/project"), present(projectToml, { type: "file" })])],
  "config-exposes-secret": [withUv([present("/home/me/.config/uv"), present(uvToml, { type: "file" })], { configs: [toolConfig(uvToml, { secrets: [{ key: "index-url", line: 2 }] })] })],
  "uv-dir-not-writable": [
    withUv([present("/home/me/.local/share/uv"), present(tools.path, rootOwned)], { places: [place, tools] }),
    withUv([present("/home/me/.local/share/uv", closed), absent(tools.path)], { places: [place, tools] }),
    withUv([present("/home/me/.local/share/uv"), present(tools.path), present(`${tools.path}/ruff`, rootOwned)], { places: [place, tools] }, {
      scans: [{ root: tools.path, purpose: "target", looked: 2, complete: true, denied: [present(`${tools.path}/ruff`, rootOwned)], deniedCount: 1, openToAll: [], openCount: 0 }],
    }),
  ],
};
