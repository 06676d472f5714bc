import { describe, expect, it } from "vitest";
import { absent, factsWith, link, present, root, rootOwned } from "../../facts/example-facts.ts";
import { toolConfig, toolPlace } from "../../facts/example-tools.ts";
import { foldFindings } from "../diagnose.ts";
import { problem as notOwned } from "../cache-not-owned/problem.ts";
import { examine } from "../examine.ts";
import { uvCache, uvFact, withUv } from "../ill-uv.ts";
import { problem } from "./problem.ts";

const git = (bucket: string, words: Parameters<typeof present>[1] = rootOwned): ReturnType<typeof present> => present(`${uvCache}/${bucket}/.git`, { type: "file", ...words });

describe("uv-cache-init-failed finds", () => {
  it("nothing on a machine without uv, and nothing in a cache that is the user's", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(withUv([]))).toEqual([]);
  });

  it("a cache that is root's", () => {
    const { found } = examine(problem, withUv([present(uvCache, rootOwned)]));
    expect(found).toMatchObject({ severity: "error", subject: uvCache, blocker: uvCache, params: { path: uvCache, tool: "uv 0.13.9", owner: "root", variant: "top" } });
  });

  it("a directory above that lets nobody make the cache, once for pip and uv", () => {
    const facts = withUv([absent(uvCache), present("/home/me/.cache", rootOwned), absent("/home/me/.cache/pip")]);
    expect(examine(problem, facts).found).toMatchObject({ subject: "/home/me/.cache", params: { root: uvCache, variant: "above" } });
    expect(foldFindings([...notOwned.detect(facts), ...problem.detect(facts)]).map(({ finding, folded }) => [finding.problem, folded.map((one) => one.problem)])).toEqual([["uv-cache-init-failed", ["cache-not-owned"]]]);
  });

  it("the file that every start opens, in the bucket of this uv alone", () => {
    expect(examine(problem, withUv([git("sdists-v11")])).found).toMatchObject({ subject: `${uvCache}/sdists-v11/.git`, params: { variant: "file" } });
    expect(problem.detect(withUv([git("sdists-v9")]))).toEqual([]);
    expect(problem.detect(withUv([git("sdists-v9")], { version: "0.9.30" }))).toHaveLength(1);
  });

  it("a bucket for source distributions in which that file cannot be made, and none in which it can be opened", () => {
    const bucket = present(`${uvCache}/sdists-v11`, { mode: 0o500, write: "EACCES" });
    expect(problem.detect(withUv([bucket]))).toMatchObject([{ subject: bucket.path }]);
    expect(problem.detect(withUv([bucket, git("sdists-v11", {})]))).toEqual([]);
  });

  it("the lock, which uv takes since 0.8.19", () => {
    const lock = present(`${uvCache}/.lock`, { type: "file", ...rootOwned });
    expect(problem.detect(withUv([lock]))).toHaveLength(1);
    expect(problem.detect(withUv([lock], { version: "0.4.30" }))).toEqual([]);
  });

  it("nothing in marks and directories that uv opens only to read, or not at all", () => {
    expect(problem.detect(withUv([present(`${uvCache}/CACHEDIR.TAG`, { type: "file", ...rootOwned }), present(`${uvCache}/notes`, rootOwned), present(`${uvCache}/wheels-v8`, rootOwned)]))).toEqual([]);
  });

  it("a link that leads nowhere", () => {
    expect(problem.detect(withUv([link(uvCache, "/mnt/gone")]))).toMatchObject([{ subject: uvCache }]);
  });

  it("nothing for root, whom no mode stops", () => {
    expect(problem.detect(withUv([present(uvCache, { ...rootOwned, write: "ok" })], {}, { user: root() }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("of a foreign cache: aside, back, or elsewhere", () => {
    const { ids, cure } = examine(problem, withUv([present(uvCache, rootOwned)]));
    expect(ids).toEqual(["set-aside", "give-back", "cache-elsewhere", "once-elsewhere"]);
    expect(cure("set-aside").steps.map(({ kind }) => kind)).toEqual(["rename", "make-dir"]);
    expect(cure("give-back").steps).toMatchObject([{ kind: "chown", root: uvCache, select: "tree" }]);
    expect(cure("cache-elsewhere").steps).toMatchObject([{ kind: "change-config", path: "/home/me/.config/uv/uv.toml", change: { do: "value", format: "toml", edit: { do: "set", path: ["cache-dir"], value: "/home/me/.local/share/uv-cache" } } }]);
  });

  it("of one foreign file: the whole moves aside, and what is sound moves back", () => {
    const { cure } = examine(problem, withUv([present(`${uvCache}/sdists-v11`), git("sdists-v11")]));
    const moved = cure("set-aside").steps.flatMap((step) => (step.kind === "rename" && !step.aside ? [step.to] : []));
    expect(moved).toEqual([`${uvCache}/simple-v28`, `${uvCache}/CACHEDIR.TAG`]);
  });

  it("take along what else is foreign in the same cache", () => {
    const { found, cure } = examine(problem, withUv([git("sdists-v11"), present(`${uvCache}/wheels-v8`, rootOwned)]));
    expect(found.subject).toBe(`${uvCache}/sdists-v11/.git`);
    expect(cure("give-back").steps).toMatchObject([{ root: `${uvCache}/sdists-v11/.git` }, { root: `${uvCache}/wheels-v8` }]);
  });

  it("reopen what is one's own", () => {
    expect(examine(problem, withUv([present(uvCache, { mode: 0o500, write: "EACCES" })])).ids).toEqual(["restore-mode", "cache-elsewhere", "once-elsewhere"]);
  });

  it("do not write a line that a variable beats", () => {
    const named = uvFact({ places: [toolPlace("cache", "/srv/uv", { from: { env: "UV_CACHE_DIR" } })] });
    const facts = factsWith({ tools: [named], paths: [present("/srv", rootOwned), present("/srv/uv", rootOwned), absent("/home/me/.local/share/uv-cache")] });
    expect(examine(problem, facts).ids).toEqual(["once-elsewhere"]);
  });

  it("do not write into a settings file of somebody else's", () => {
    const facts = withUv([present(uvCache, rootOwned), present("/home/me/.config/uv/uv.toml", { type: "file", ...rootOwned })], { configs: [toolConfig("/home/me/.config/uv/uv.toml")] });
    expect(examine(problem, facts).ids).toEqual(["set-aside", "give-back", "once-elsewhere"]);
  });
});
