import { describe, expect, it } from "vitest";
import { asideStamp } from "./aside-stamp.ts";

describe("the end of a name set aside", () => {
  it("tells the moment as runs do, and is another one each time", () => {
    const now = new Date("2026-11-21T22:48:50.123Z");
    expect(asideStamp(now)).toMatch(/^20261121-224850-[0-9a-f]{4}$/);
    expect(new Set(Array.from({ length: 20 }, () => asideStamp(now))).size).toBeGreaterThan(1);
  });
});
