import { describe, expect, it } from "vitest";
import { placesIn } from "./places-in.ts";

describe("places in a text", () => {
  it("are the same in whatever order they are asked for", () => {
    const text = "a\nb😀c\td\n\nüx";
    const starts = [...text.matchAll(/[^]/gu)].map(({ index }) => index);
    const expected = starts.map((at) => ({ line: text.slice(0, at).split("\n").length, column: Array.from(text.slice((at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1), at)).length + 1 }));
    const inTurn = placesIn(text);
    expect(starts.map(inTurn)).toEqual(expected);
    const backwards = placesIn(text);
    expect(starts.toReversed().map(backwards).reverse()).toEqual(expected);
  });
});
