import { describe, expect, it } from "vitest";
import { day, exampleEntry, exampleNow, examplePlace } from "./example-entries.ts";
import { useHistogram } from "./use-histogram.ts";

const ask = { now: exampleNow, isReadingNoted: () => true };

describe("when bytes were last used", () => {
  it("stands in steps as long as what there is to tell, none left out, seven at least", () => {
    const of = (days: number) => useHistogram([exampleEntry("a", { usedDaysAgo: 0, bytes: 1 }), exampleEntry("b", { usedDaysAgo: days, bytes: 2 })], ask);
    expect([of(8), of(60), of(300), of(2000)].map(({ step, bins }) => [step, bins.length, bins[0]?.name, bins.at(-1)?.name, bins[0]?.used, bins.at(-1)?.used])).toEqual([
      ["day", 9, "24 May", "1 Jun", 2, 1], ["week", 10, "30 Mar", "1 Jun", 2, 1], ["month", 11, "Aug 2025", "Jun 2026", 2, 1], ["year", 7, "2020", "2026", 2, 1],
    ]);
    expect(of(2).bins.map(({ used }) => used)).toEqual([0, 0, 0, 0, 2, 0, 1]);
  });

  it("tells use from writing, where nothing tells of a use or the file system notes none", () => {
    const closed = { ...examplePlace, root: "/mnt/noatime" };
    const { bins } = useHistogram([
      exampleEntry("a", { usedDaysAgo: 1, bytes: 1 }), exampleEntry("b", { usedMs: null, writtenMs: exampleNow - day, bytes: 10 }), exampleEntry("c", { place: closed, usedDaysAgo: 0, writtenMs: exampleNow - day, bytes: 100 }),
    ], { now: exampleNow, isReadingNoted: (root) => root !== closed.root });
    expect(bins.slice(-2).map(({ name, used, written, entries }) => [name, used, written, entries])).toEqual([["31 May", 1, 110, 3], ["1 Jun", 0, 0, 0]]);
  });

  it("says what has no time, what is older than its first step, and what has not come yet", () => {
    const told = useHistogram([
      exampleEntry("a", { usedMs: null, writtenMs: 0, bytes: 5 }), exampleEntry("b", { usedDaysAgo: 40 * 365, bytes: 7 }), exampleEntry("c", { usedDaysAgo: -3, bytes: 9 }),
    ], ask);
    expect([told.untold, told.isCut, told.ahead, told.bins.length]).toEqual([{ entries: 1, bytes: 5 }, true, 1, 30]);
    expect([told.bins[0]?.used, told.bins.at(-1)?.used]).toEqual([7, 9]);
    expect(useHistogram([], ask).bins).toEqual([]);
  });
});
