import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonFaultAt } from "./json-fault.ts";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("jsonFaultAt", () => {
  it.each([
    ["hello", 0], ['{"a":\n1,}', 8], ['{"a": 1}\n}', 9], ["[1,\n\n2 3]", 7], ['{a: 1}', 1], ["[1,]", 3], ["{,}", 1], ['{"a" 1}', 5], ["01", 1], ["[tru]", 1], ['"a\nb"', 0], ["'a'", 0], ["[1}", 2],
  ])("finds the fault in %j at %i", (text, at) => {
    expect(jsonFaultAt(text)).toBe(at);
  });

  it.each(["", "  \n", '{"a": 1', "[", '{"a":', '[{"b": [1, 2'])("finds that %j ends too early", (text) => {
    expect(jsonFaultAt(text)).toBe(text.length);
  });

  it("goes through every JSON text to its end", () => {
    fc.assert(fc.property(fc.json(), fc.constantFrom(0, 1, 2), (text, indent) => {
      const whole = JSON.stringify(JSON.parse(text), undefined, indent);
      expect(jsonFaultAt(whole)).toBe(whole.length);
    }));
  });

  it("stops where one character was damaged, not behind it", () => {
    const damaged = fc.json({ maxDepth: 3 }).chain((text) => fc.record({ text: fc.constant(text), at: fc.nat(Math.max(0, text.length - 1)) }));
    fc.assert(fc.property(damaged, ({ text, at }) => {
      const broken = `${text.slice(0, at)}\u0001${text.slice(at + 1)}`;
      fc.pre(!isJson(broken));
      expect(jsonFaultAt(broken)).toBeLessThanOrEqual(at);
    }));
  });
});
