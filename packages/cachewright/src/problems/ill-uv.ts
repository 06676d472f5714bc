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
  "uv-dir-not-writable": [
    withUv([present("/home/me/.local/share/uv"), present(tools.path, rootOwned)], { places: [place, tools] }),
    withUv([present("/home/me/.local/share/uv", closed), absent(tools.path)], { places: [place, tools] }),
    withUv([present("/home/me/.local/share/uv"), present(tools.path), present(`${tools.path}/ruff`, rootOwned)], { places: [place, tools] }, {
      scans: [{ root: tools.path, purpose: "target", looked: 2, complete: true, denied: [present(`${tools.path}/ruff`, rootOwned)], deniedCount: 1, openToAll: [], openCount: 0 }],
    }),
  ],
};
