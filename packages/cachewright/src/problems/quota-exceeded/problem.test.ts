import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { absent, cache, factsWith, present, rootOwned } from "../../facts/example-facts.ts";
import type { Facts, QuotaFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const MB = 1e6;
const withQuota = (used: number, limit: number, words: Partial<QuotaFact> = {}, paths: ReturnType<typeof present>[] = []): Facts =>
  factsWith({ quotas: [{ path: "/home/me", point: "/", by: "quota", whose: "user me", what: "bytes", used, limit, graceOver: false, ...words }], paths });

describe("quota-exceeded finds", () => {
  it("nothing where no quota was read", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each<[string, Facts, boolean]>([
    ["99 MB left of 10 GB", withQuota(9901 * MB, 10_000 * MB), true],
    ["99 MB left of 1 GB, which is more than 5 %", withQuota(901 * MB, 1000 * MB), false],
    ["1 GB left of 100 GB", withQuota(99_000 * MB, 100_000 * MB), false],
    ["nothing left", withQuota(10 * MB, 10 * MB), true],
    ["more than the soft limit, with grace left", withQuota(15 * MB, 20 * MB), false],
    ["more than the soft limit, and the grace is over", withQuota(15 * MB, 12 * MB, { graceOver: true }), true],
    ["the last file", withQuota(1000, 1000, { what: "files" }), true],
    ["two of a hundred files left", withQuota(98, 100, { what: "files" }), false],
  ])("%s: %#", (_, facts, isFound) => {
    expect(problem.detect(facts).length).toBe(isFound ? 1 : 0);
  });

  it("whose limit it is, how much of it is used, and where", () => {
    const { found } = examine(problem, withQuota(995 * MB, 1000 * MB));
    expect(found).toMatchObject({ severity: "error", subject: "/home/me", params: { whose: "user me", used: "995.0 MB", limit: "1.0 GB", cache } });
    expect(found.evidence[0]).toMatchObject({ says: "user me: 995.0 MB of 1.0 GB", from: { path: "/", call: "quota" } });
  });

  it("several limits of one place as one finding", () => {
    const both = [...(withQuota(10, 10).quotas ?? []), ...(withQuota(10, 10, { what: "files" }).quotas ?? [])];
    expect(examine(problem, factsWith({ quotas: both })).found.evidence).toHaveLength(2);
  });
});

describe("the cures", () => {
  it("remove no more of the cache than is needed to be below the limit again", () => {
    const { ids, cure } = examine(problem, withQuota(1000 * MB, 1000 * MB));
    expect(ids).toEqual(["remove-entries", "cache-elsewhere", "look-for-the-rest"]);
    expect(cure("remove-entries")).toMatchObject({ needs: "user", probes: [cache], steps: [{ kind: "clear-cache", cache, atLeast: 50 * MB }] });
  });

  it("leave a cache alone that is not there, is somebody else's, or does not count", () => {
    const shown = ["cache-elsewhere", "look-for-the-rest"];
    expect(examine(problem, withQuota(10, 10, {}, [absent(cache)])).ids).toEqual(shown);
    expect(examine(problem, withQuota(10, 10, {}, [present(cache, rootOwned)])).ids).toEqual(shown);
    expect(examine(problem, withQuota(10, 10, { by: "btrfs", path: "/srv/other" })).ids).toEqual(shown);
  });
});

describe("explain", () => {
  it.each([
    ["OSError: [Errno 122] Schijfquotum overschreden: '/home/me/.cache/x'", "/home/me/.cache/x"],
    ["error: Failed to write to the client cache\n  Caused by: failed to write to file `/home/me/.cache/uv/x`: Disk quota exceeded (os error 122)", "/home/me/.cache/uv/x"],
    ["npm ERR! EDQUOT: disk quota exceeded, write '/home/me/x'", "/home/me/x"],
    ["cp : erreur d'écriture de '/home/me/x': Débordement du quota d'espace disque", "/home/me/x"],
    ["OSError: [Errno 69] Disc quota exceeded: '/Users/me/x'", "/Users/me/x"],
  ])("reads %s", (log, path) => {
    expect(explainText(log).findings[0]).toMatchObject({ problem: "quota-exceeded", path });
  });
});
