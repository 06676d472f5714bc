import { describe, expect, it } from "vitest";
import { costsOf, remedyText, say, titleOf } from "./texts.ts";
import { texts } from "./texts.generated.ts";

const params = { place: "/etc/pip.conf:3", key: "no-cache-dir", value: "0", pip: "pip 26.3" };

describe("the words of a problem", () => {
  it("are its page's title and loss", () => {
    expect(titleOf("cache-disabled")).toBe("A setting switches the cache off");
    expect(costsOf("cache-disabled")).toMatch(/downloaded again/);
  });

  it("do not exist for an id without a page", () => {
    expect(() => titleOf("no-such-problem")).toThrow('no page for the problem "no-such-problem"');
    expect(() => titleOf("constructor")).toThrow("no page");
  });
});

describe("say", () => {
  it("fills in what the finding knows", () => {
    expect(say({ problem: "cache-disabled", params })).toBe("/etc/pip.conf:3 sets no-cache-dir to 0, which switches the cache of pip 26.3 off");
  });

  it("takes the sentence of the finding's variant", () => {
    expect(say({ problem: "cache-disabled", params: { ...params, variant: "trap" } })).toContain('any value there as "no cache"');
  });

  it("falls back to the general sentence for a variant without words", () => {
    const general = say({ problem: "cache-disabled", params });
    expect(say({ problem: "cache-disabled", params: { ...params, variant: "unheard-of" } })).toBe(general);
    expect(say({ problem: "cache-disabled", params: { ...params, variant: "constructor" } })).toBe(general);
  });

  it("throws rather than leave a hole", () => {
    const { value: _, ...rest } = params;
    expect(() => say({ problem: "cache-disabled", params: rest })).toThrow("cache-disabled: the page says {value}, the finding does not");
  });

  it("shows control characters, direction marks and broken bytes escaped, and never fills in twice", () => {
    const value = "a\nb\u001b[31m\u202e\udcff{key}\u0085";
    expect(say({ problem: "cache-disabled", params: { ...params, value } })).toContain("to a\\nb\\x1b[31m\\u202e\\xff{key}\\u0085, which");
  });
});

describe("remedyText", () => {
  it("has a title, a reason and a trade-off for every cure of every page", () => {
    for (const [problem, { remedies }] of Object.entries(texts)) {
      for (const id of Object.keys(remedies)) {
        const { title, why, tradeoff } = remedyText(problem, id);
        expect([title, why, tradeoff].every((words) => words.length > 5), `${problem} ${id}`).toBe(true);
      }
    }
  });

  it("says why a cure is only shown", () => {
    expect(remedyText("cache-disabled", "unset-variable").shownOnly).toMatch(/cannot change that from outside/);
    expect(remedyText("cache-not-owned", "set-aside").shownOnly).toBeNull();
  });

  it("throws for a cure the page does not describe", () => {
    expect(() => remedyText("cache-disabled", "pray")).toThrow('describes no cure "pray"');
  });
});
