import { describe, expect, it } from "vitest";
import { absent, cache as pipCache, factsWith, hidden, mount, present, rootOwned } from "../facts/example-facts.ts";
import { condaFact, pkgs } from "../facts/example-conda.ts";
import { toolFact, toolPlace } from "../facts/example-tools.ts";
import type { Facts, MountFact, PathFact } from "../facts/facts.ts";
import { allCaches, anyCacheElsewhere } from "./caches.ts";
import { examine } from "./examine.ts";
import { loadProblem } from "./registry.generated.ts";

const mounts = (...extra: MountFact[]): Facts["mounts"] => ({ ok: true, value: [mount("/"), ...extra], from: { path: "/proc/self/mountinfo" } });
const uvCache = "/srv/me/uv";
const toml = "/home/me/.config/uv/uv.toml";
const config = (state: "absent" | "read") => ({ path: toml, scope: "user" as const, format: "toml" as const, state });
const uv = (from = { path: toml, line: 1 } as { path: string; line: number } | { env: string }) => toolFact("uv", { places: [toolPlace("cache", uvCache, { from })], configs: [config("read")] });
const room = [present("/home/me/.local/share"), absent("/home/me/.local/share/uv-cache"), absent("/home/me/uv-cache"), present(toml, { type: "file" }), present("/home/me/.config/uv"), present("/srv", rootOwned), present("/srv/me"), present(uvCache)];
const withUv = (paths: readonly PathFact[] = [], change: Partial<Omit<Facts, "paths">> = {}): Facts => factsWith({ tools: [uv()], ...change, paths: [...room, ...paths] });

describe("allCaches", () => {
  it("names pip's, the other tools' and the one conda fills, each with who fills it", () => {
    expect(allCaches(withUv([], { conda: condaFact() })).map(({ path, users }) => [path, users])).toEqual([[pipCache, "pip 24.3.1"], [uvCache, "uv 0.9.2"], [pkgs, "conda 24.11.3"]]);
  });
});

describe("anyCacheElsewhere", () => {
  const away = { id: "cache-elsewhere", ill: "/srv" };
  const cures = (facts: Facts) => anyCacheElsewhere(facts, allCaches(facts).find(({ path }) => path === uvCache), away);

  it("writes the tool's own key into the person's own file", () => {
    expect(cures(withUv())).toMatchObject([{ params: { file: toml }, steps: [{ kind: "change-config", path: toml, change: { do: "value", format: "toml", edit: { do: "set", path: ["cache-dir"], value: "/home/me/.local/share/uv-cache" } } }] }]);
  });

  it("is not offered where a variable would win", () => {
    expect(cures(withUv([], { tools: [uv({ env: "UV_CACHE_DIR" })] }))).toEqual([]);
  });

  it("is not offered for a tool without a settings file", () => {
    expect(cures(withUv([], { tools: [toolFact("pipenv", { places: [toolPlace("cache", uvCache, { from: { env: "PIPENV_CACHE_DIR" } })] })] }))).toEqual([]);
  });
});

describe("problems of the machine, for a cache of uv's", () => {
  const find = async (id: string, facts: Facts) => examine((await loadProblem(id))!, facts);

  it("a read-only file system", async () => {
    const facts = withUv([present(uvCache, { write: "EROFS" })], { mounts: mounts(mount("/srv", { options: ["ro"] })) });
    const { found, ids } = await find("read-only-filesystem", facts);
    expect(found).toMatchObject({ subject: "/srv", params: { path: uvCache, pip: "uv 0.9.2" } });
    expect(ids).toContain("cache-elsewhere");
  });

  it("an immutable directory", async () => {
    expect((await find("immutable-file", withUv([present(uvCache, { write: "EPERM", flags: "----i---" })]))).found).toMatchObject({ subject: uvCache, params: { pip: "uv 0.9.2" }, explains: [{ blockedBelow: uvCache }, {}, {}, {}] });
  });

  it("a list that forbids", async () => {
    const { found } = await find("acl-denied", withUv([present(uvCache, { ...rootOwned, mode: 0o777, write: "EACCES", acl: ["user::rwx", "user:me:r-x", "other::rwx"] })]));
    expect(found).toMatchObject({ subject: uvCache, params: { pip: "uv 0.9.2" } });
  });

  it("a parent that lets nobody through", async () => {
    const { found, ids } = await find("parent-not-searchable", withUv([present("/srv/me", { ...rootOwned, mode: 0o700, search: "EACCES" }), hidden(uvCache)]));
    expect(found).toMatchObject({ subject: "/srv/me", params: { hidden: uvCache } });
    expect(ids).toContain("cache-elsewhere");
  });

  it("a full disk, with the commands that empty what lies on it", async () => {
    const facts = withUv([], { mounts: mounts(mount("/srv")), spaces: [{ path: uvCache, point: "/srv", available: 1e6, total: 1e11, inodesFree: 1e6, inodesTotal: 1e7 }] });
    const { found, cure } = await find("disk-full", facts);
    expect(found).toMatchObject({ subject: "/srv", severity: "error" });
    expect(cure("prune-others")).toMatchObject({ steps: [], shown: ["uv cache prune"] });
  });
});
