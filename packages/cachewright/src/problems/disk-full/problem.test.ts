import { describe, expect, it } from "vitest";
import { absent, cache, factsWith, install, mount, pipUse, present, rootOwned, setting, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts, SpaceFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { bytesInWords, problem } from "./problem.ts";

const MB = 1e6;
const space = (available: number, total: number, words: Partial<SpaceFact> = {}): SpaceFact => ({ path: "/home/me", point: "/", available, total, inodesFree: 1e6, inodesTotal: 2e6, ...words });
const withSpace = (available: number, total: number, change: Parameters<typeof factsWith>[0] = {}): Facts => factsWith({ spaces: [space(available, total)], ...change });

describe("disk-full finds", () => {
  it("nothing on a healthy machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each<[string, number, number, string | undefined]>([
    ["below 100 MB and 5 %", 99 * MB, 10_000 * MB, "error"],
    ["below 1 GB and 5 %", 900 * MB, 100_000 * MB, "warning"],
    ["little, but 5 % of a small disk", 99 * MB, 1000 * MB, undefined],
    ["1 %, but 10 GB of a large one", 10_000 * MB, 1_000_000 * MB, undefined],
    ["exactly 100 MB", 100 * MB, 10_000 * MB, "warning"],
    ["exactly 1 GB", 1000 * MB, 100_000 * MB, undefined],
    ["exactly 5 %", 50 * MB, 1000 * MB, undefined],
    ["a file system that says it has no size", 0, 0, undefined],
  ])("%s: by bytes and by share", (_, available, total, severity) => {
    expect(problem.detect(withSpace(available, total)).map((one) => one.severity)).toEqual(severity === undefined ? [] : [severity]);
  });

  it("the file system by its mount point, in words, with what lies on it", () => {
    const { found } = examine(problem, withSpace(50 * MB, 10_000 * MB));
    expect(found).toMatchObject({ subject: "/", params: { mount: "/", available: "50.0 MB", total: "10.0 GB", cache } });
    expect(found.evidence.map((one) => one.says)).toEqual(["50.0 MB free of 10.0 GB", `${cache} lies on it`, "/home/me lies on it"]);
  });

  it("the cause of entries that were cut short there", () => {
    expect(examine(problem, withSpace(50 * MB, 10_000 * MB)).found.explains).toEqual([{ problem: "cache-corrupt", subject: cache }]);
  });

  it("each full file system by itself", () => {
    const mounts: Facts["mounts"] = { ok: true, value: [mount("/"), mount("/home/me/.cache")], from: {} };
    const spaces = [space(50 * MB, 10_000 * MB), space(0, 16 * MB, { path: cache, point: "/home/me/.cache" })];
    expect(problem.detect(factsWith({ mounts, spaces })).map((one) => [one.subject, one.params["cache"]])).toEqual([["/", ""], ["/home/me/.cache", cache]]);
  });

  it("a full disk where the environment lies", () => {
    const mounts: Facts["mounts"] = { ok: true, value: [mount("/"), mount("/srv")], from: {} };
    const prefix = "/srv/env";
    const facts = factsWith({ mounts, installs: [venv({ prefix })], paths: [present("/srv", rootOwned), ...venvPaths({}, prefix)], spaces: [space(0, 1000 * MB, { path: prefix, point: "/srv" })] });
    expect(examine(problem, facts).found).toMatchObject({ subject: "/srv", params: { cache: "" } });
  });

  it("nothing in a full disk that pip may not write anyway, nor a read-only one, nor TMPDIR's alone", () => {
    const full = (point: string, words: Parameters<typeof mount>[1] = {}): Parameters<typeof factsWith>[0] => ({ mounts: { ok: true, value: [mount("/"), mount(point, words)], from: {} }, spaces: [space(0, 1000 * MB, { path: point, point })] });
    expect(problem.detect(factsWith({ ...full("/usr"), installs: [install()] }))).toEqual([]);
    expect(problem.detect(factsWith(full("/home", { options: ["ro"] })))).toEqual([]);
    expect(problem.detect(factsWith(full("/tmp")))).toEqual([]);
  });
});

describe("the cures", () => {
  it("remove the least useful entries, until the disk is no longer called full, and look at it again", () => {
    const { ids, cure } = examine(problem, withSpace(50 * MB, 10_000 * MB));
    expect(ids).toEqual(["remove-entries", "cache-elsewhere"]);
    expect(cure("remove-entries")).toMatchObject({ needs: "user", probes: [cache], steps: [{ kind: "clear-cache", actor: "user", cache, atLeast: 450 * MB }] });
    expect(examine(problem, withSpace(50 * MB, 1_000_000 * MB)).cure("remove-entries").steps).toMatchObject([{ atLeast: 950 * MB }]);
  });

  it("let root remove what is not the user's", () => {
    const { cure } = examine(problem, withSpace(0, 10_000 * MB, { paths: [present(cache, rootOwned)] }));
    expect(cure("remove-entries")).toMatchObject({ needs: "root", probes: [], steps: [{ actor: "root" }] });
  });

  it("only show another place where no cache is on the full disk, or none is used", () => {
    expect(examine(problem, withSpace(0, 10_000 * MB, { paths: [absent(cache)] })).ids).toEqual(["cache-elsewhere"]);
    const uses = [pipUse({ cacheOff: setting("no-cache-dir", "true") })];
    expect(examine(problem, withSpace(0, 10_000 * MB, { pip: { configs: [], uses } })).cures).toMatchObject([{ id: "cache-elsewhere", steps: [] }]);
  });
});

describe("bytesInWords", () => {
  it("is decimal, as df -H", () => {
    expect([0, 1499, 999_999, 1e6, 1.25e9].map(bytesInWords)).toEqual(["0 kB", "1 kB", "1000 kB", "1.0 MB", "1.3 GB"]);
  });
});
