import { describe, expect, it } from "vitest";
import { day, exampleEntry, exampleNow, examplePlace } from "./example-entries.ts";
import { chooseByPolicy, chooseFromCaches, pruneOrder, type PolicyContext, type PrunePolicy } from "./policy.ts";

const context: PolicyContext = { now: exampleNow, available: () => 10_000, isPythonHere: (tag) => (tag === "py3" ? undefined : tag === "cp311") };
const nothing: PrunePolicy = { leftovers: false };
const chosen = (entries: Parameters<typeof chooseByPolicy>[0], policy: Partial<PrunePolicy>): string[] =>
  chooseByPolicy(entries, { ...nothing, ...policy }, context).map(({ entry, because }) => `${entry.id}: ${because}`);

describe("the order", () => {
  it("is: broken, left over, cheap to have back and long unused, built here", () => {
    const entries = [
      exampleEntry("wheel", { kind: "built-wheel", recreate: "build", usedDaysAgo: 900 }),
      exampleEntry("fresh", { usedDaysAgo: 1 }),
      exampleEntry("old", { usedDaysAgo: 90 }),
      exampleEntry("left", { kind: "leftover", recreate: "nothing" }),
      exampleEntry("broken", { kind: "damaged" }),
      exampleEntry("lost", { recreate: "impossible", usedDaysAgo: 900 }),
      exampleEntry("log", { kind: "log", recreate: "nothing" }),
    ];
    expect(pruneOrder(entries).map(({ id }) => id)).toEqual(["broken", "left", "log", "old", "fresh", "lost", "wheel"]);
  });
});

describe("what a policy gives up", () => {
  it("leftovers and broken ones, unless switched off", () => {
    const entries = [exampleEntry("left", { kind: "leftover" }), exampleEntry("broken", { kind: "damaged" }), exampleEntry("good")];
    expect(chosen(entries, { leftovers: true })).toEqual(["broken: damaged", "left: leftover"]);
    expect(chosen(entries, {})).toEqual([]);
  });

  it("what was not used for long", () => {
    expect(chosen([exampleEntry("old", { usedDaysAgo: 31 }), exampleEntry("new", { usedDaysAgo: 29 })], { olderThan: 30 * day })).toEqual(["old: unused-for-long"]);
  });

  it("packages without an environment", () => {
    const entries = [exampleEntry("free", { kind: "package", uses: [] }), exampleEntry("used", { kind: "package", uses: [{ environment: "/e", how: "copy" }] }), exampleEntry("page", { kind: "index", uses: [] })];
    expect(chosen(entries, { unused: true })).toEqual(["free: unused"]);
  });

  it("wheels for Pythons that are gone, never those for any Python", () => {
    const wheel = (id: string, python: string) => exampleEntry(id, { kind: "built-wheel", python });
    expect(chosen([wheel("gone", "cp38"), wheel("here", "cp311"), wheel("any", "py3"), wheel("both", "cp38.cp311")], { gonePythons: true })).toEqual(["gone: python-gone"]);
  });

  it("versions that were used before the last N, in each cache by itself", () => {
    const version = (number: string, usedDaysAgo: number, root = examplePlace.root) => exampleEntry(`${root === examplePlace.root ? "" : "other "}${number}`, { project: "Num_Py", version: number, usedDaysAgo, place: { ...examplePlace, root } });
    expect(chosen([version("1.0", 3), version("2.0", 9), version("3.0", 5), version("1.0", 99, "/srv/pip")], { keepVersions: 2 })).toEqual(["2.0: older-version"]);
  });

  it("as much as makes the cache small enough, and no more", () => {
    const entries = [1, 2, 3, 4].map((days) => exampleEntry(`used ${days}`, { usedDaysAgo: days, bytes: 1000 }));
    expect(chosen(entries, { keepSize: 2000 })).toEqual(["used 4: size", "used 3: size"]);
    expect(chosen(entries, { keepSize: 2500 })).toEqual(["used 4: size", "used 3: size"]);
    expect(chosen(entries, { keepSize: 4000 })).toEqual([]);
  });

  it("as much as frees the disk, and nothing that frees none", () => {
    const entries = [exampleEntry("linked", { usedDaysAgo: 9, bytes: 5000, reclaimable: 0 }), exampleEntry("b", { usedDaysAgo: 5, bytes: 3000 }), exampleEntry("c", { usedDaysAgo: 1, bytes: 3000 })];
    expect(chosen(entries, { free: 12_000 })).toEqual(["b: space"]);
    expect(chosen(entries, { free: 9000 })).toEqual([]);
  });

  it("counts what goes for another reason", () => {
    const entries = [exampleEntry("left", { kind: "leftover", bytes: 3000 }), exampleEntry("old", { usedDaysAgo: 9, bytes: 3000 })];
    expect(chosen(entries, { leftovers: true, keepSize: 3000 })).toEqual(["left: leftover"]);
  });

  it("more, where what would go first has to stay: links, and what is needed by something that stays", () => {
    const linked = exampleEntry("linked", { usedDaysAgo: 9, uses: [{ environment: "/venv", how: "soft-link" }] });
    const needed = exampleEntry("needed", { usedDaysAgo: 8 });
    const entries = [linked, needed, exampleEntry("needing", { usedDaysAgo: 1, needs: ["needed"], keep: "in use" }), exampleEntry("b", { usedDaysAgo: 5 }), exampleEntry("c", { usedDaysAgo: 4 })];
    expect(chosen(entries, { keepSize: 4000 })).toEqual(["b: size"]);
    expect(chosen(entries, { keepSize: 3000 })).toEqual(["b: size", "c: size"]);
    expect(chosen([{ ...linked, kind: "leftover" }, exampleEntry("b", { usedDaysAgo: 5 })], { leftovers: true, keepSize: 1000 })).toEqual(["linked: leftover", "b: size"]);
    expect(chooseFromCaches([{ entries, policy: { leftovers: true, free: 11_000 }, context }], () => "one").map(({ entry }) => entry.id)).toEqual(["b"]);
  });

  it("never what is named to be kept, nor what is in use", () => {
    const entries = [exampleEntry("torch", { project: "Torch", usedDaysAgo: 99 }), exampleEntry("busy", { keep: "in use", usedDaysAgo: 99 })];
    expect(chosen(entries, { olderThan: day, keepSize: 0, keep: ["torch"] })).toEqual([]);
  });

  it("frees a file system once, not once for each cache on it", () => {
    const other = { ...examplePlace, root: "/srv/uv" };
    const caches = [
      [exampleEntry("a", { usedDaysAgo: 5, bytes: 3000 }), exampleEntry("left", { kind: "leftover", bytes: 1000 })],
      [exampleEntry("b", { usedDaysAgo: 9, bytes: 3000, place: other }), exampleEntry("c", { usedDaysAgo: 1, bytes: 3000, place: other })],
    ].map((entries) => ({ entries, policy: { leftovers: true, free: 14_000 }, context }));
    expect(chooseFromCaches(caches, () => "one").map(({ entry }) => entry.id)).toEqual(["left", "b"]);
    expect(chooseFromCaches(caches, (root) => root).map(({ entry }) => entry.id)).toEqual(["left", "b", "a", "c"]);
  });
});
