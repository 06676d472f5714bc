import { describe, expect, it } from "vitest";
import type { CondarcFlag } from "./condarc-parts.ts";
import { mergeLists, mergeMaps, mergePrimitives, type CondaItem, type CondaList } from "./merge.ts";

/** "a b#top" with "!" before it for a final list. */
function list(text: string, name: number): CondaList {
  const items = text.replace(/^!/, "").split(" ").filter((word) => word !== "").map((word): CondaItem => {
    const [value = "", flag] = word.split("#");
    return { value, flag: (flag ?? null) as CondarcFlag | null, source: { env: String(name) } };
  });
  return { isFinal: text.startsWith("!"), items };
}

const merged = (...lists: string[]): string => mergeLists(lists.map((text, i) => list(text, i))).map(({ value }) => value).join(" ");

describe("mergeLists: sources from the weakest to the strongest", () => {
  it.each([
    ["the strongest first", ["low1 low2", "hi1 hi2"], "hi1 hi2 low1 low2"],
    ["of equal items the strongest source's place", ["a b", "b c"], "b c a"],
    ["a final list cuts off what is stronger", ["a", "!b", "c"], "b a"],
    ["the first final list counts", ["!a", "!b"], "a"],
    ["a final list that is the strongest cuts off nothing", ["a", "!b"], "b a"],
    ["top items first, the weakest source's before all", ["low lowtop#top", "hi hitop#top"], "lowtop hitop hi low"],
    ["bottom items last, the weakest source's behind all", ["low lowend#bottom", "hi hiend#bottom"], "hi low hiend lowend"],
    ["both, and an item said twice", ["low1 low2#bottom lowtop#top", "hi1 hi2#bottom hitop#top low1"], "lowtop hitop hi1 low1 hi2 low2"],
    ["bottom wins over top", ["a#top b", "a#bottom c"], "c b a"],
    ["an empty list adds nothing", ["a", ""], "a"],
    ["an empty final list cuts off all the rest", ["!", "a"], ""],
    ["final marks on items mean nothing", ["a#final b", "c"], "c a b"],
    ["nothing at all", [], ""],
  ])("%s", (_what, lists, expected) => {
    expect(merged(...lists)).toBe(expected);
  });

  it("keeps each item's own source", () => {
    const sources = mergeLists([list("a b", 0), list("b c", 1)]).map(({ value, source }) => `${value}${source === "default" ? "" : "env" in source ? source.env : ""}`);
    expect(sources).toEqual(["b1", "c1", "a0"]);
  });
});

describe("mergePrimitives", () => {
  const of = (...words: string[]) => mergePrimitives(words.map((word) => ({ word, isFinal: word.startsWith("!") })))?.word;

  it("takes the strongest, or the weakest that is final", () => {
    expect(of("a", "b", "c")).toBe("c");
    expect(of("a", "!b", "!c", "d")).toBe("!b");
    expect(of()).toBeUndefined();
  });
});

describe("mergeMaps", () => {
  const item = (name: string, value: string, flag: CondarcFlag | null = null) => ({ name, value, flag, source: "default" as const });
  const of = (...maps: Parameters<typeof mergeMaps>[0]) => mergeMaps(maps).map(({ name, value }) => `${name}=${value}`).join(" ");

  it("goes name by name: the strongest, or the weakest that is final", () => {
    expect(of({ isFinal: false, items: [item("p", "1"), item("q", "1", "final")] }, { isFinal: false, items: [item("p", "2"), item("q", "2"), item("r", "2")] })).toBe("p=2 q=1 r=2");
  });

  it("takes nothing that is stronger than a final map", () => {
    expect(of({ isFinal: true, items: [item("p", "1")] }, { isFinal: false, items: [item("p", "2"), item("r", "2")] })).toBe("p=1");
  });
});
