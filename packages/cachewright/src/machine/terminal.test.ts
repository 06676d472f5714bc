import { describe, expect, it } from "vitest";
import { wantsColour, wantsUnicode } from "./terminal.ts";

describe("wantsColour", () => {
  it("colours a terminal, not a pipe", () => {
    expect(wantsColour({}, true)).toBe(true);
    expect(wantsColour({}, false)).toBe(false);
  });

  it("obeys NO_COLOR first, then FORCE_COLOR, then TERM=dumb", () => {
    expect(wantsColour({ NO_COLOR: "1", FORCE_COLOR: "1" }, true)).toBe(false);
    expect(wantsColour({ NO_COLOR: "" }, true)).toBe(true);
    expect(wantsColour({ FORCE_COLOR: "1", TERM: "dumb" }, false)).toBe(true);
    expect(wantsColour({ FORCE_COLOR: "0" }, true)).toBe(false);
    expect(wantsColour({ TERM: "dumb" }, true)).toBe(false);
  });
});

describe("wantsUnicode", () => {
  it("follows the locale on Linux, the first of LC_ALL, LC_CTYPE, LANG that is set", () => {
    expect(wantsUnicode({ env: { LANG: "de_DE.UTF-8" }, platform: "linux" })).toBe(true);
    expect(wantsUnicode({ env: { LC_ALL: "C", LANG: "de_DE.UTF-8" }, platform: "linux" })).toBe(false);
    expect(wantsUnicode({ env: {}, platform: "linux" })).toBe(false);
  });
});
