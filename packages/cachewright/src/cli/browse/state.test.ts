import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exampleEntry } from "../../caches/example-entries.ts";
import { choiceOf, stockOf } from "../../caches/stock.ts";
import type { Key } from "../../machine/key-names.ts";
import { brushOf } from "./brush.ts";
import { current, entriesOf, type Browsing, type Effect } from "./browsing.ts";
import { draw } from "./draw.ts";
import { exampleShelf, exampleStock } from "./example-stock.ts";
import { shownColumns } from "./fit.ts";
import { markOf } from "./marking.ts";
import { begin, press, renewed, resized } from "./state.ts";
import { browseTree } from "./tree.ts";

const size = { columns: 100, rows: 24 };
const start = (stock = exampleStock()): Browsing => begin(browseTree(stock), size, false);
const named = (...names: readonly string[]): Key[] => names.map((name) => ({ name }));
const after = (state: Browsing, ...names: readonly string[]): Browsing => named(...names).reduce((now, key) => press(now, key).state, state);
const effectOf = (state: Browsing, name: string): Effect | undefined => press(state, { name }).effect;
const typed = (text: string): string[] => [...text];
const seen = (state: Browsing): string[] => state.rows.map((at) => `${"  ".repeat(state.tree.nodes[at]?.depth ?? 0)}${state.tree.nodes[at]?.name}`);

describe("levels", () => {
  it("begin closed, the largest first, with the cursor on the first", () => {
    expect(seen(start())).toEqual(["pip", "uv"]);
    expect(current(start())?.name).toBe("pip");
  });

  it("of one tool alone begin open", () => {
    expect(seen(start(stockOf([], [exampleShelf({}, [exampleEntry("a", { project: "x", version: "1" })])])))).toEqual(["pip", "  x 1"]);
  });

  it("open and are gone into to the right, close and are left to the left, by arrows and letters", () => {
    const inside = after(start(), "right", "right");
    expect(seen(inside)).toEqual(["pip", "  numpy", "  zope-interface 6.0", "  simple/x", "uv"]);
    expect(current(inside)?.name).toBe("numpy");
    expect(seen(after(inside, "l"))).toEqual(["pip", "  numpy", "    1.26", "    2.0", "  zope-interface 6.0", "  simple/x", "uv"]);
    expect(current(after(inside, "h"))?.name).toBe("pip");
    expect(seen(after(inside, "h", "left"))).toEqual(["pip", "uv"]);
  });

  it("keep to their ends", () => {
    expect(current(after(start(), "up", "k", "page-up"))?.name).toBe("pip");
    expect(current(after(start(), "G", "j", "page-down"))?.name).toBe("uv");
    expect(current(after(start(), "end", "home"))?.name).toBe("pip");
  });

  it("closed over the cursor take it to themselves", () => {
    const deep = after(start(), "l", "l", "l", "l");
    expect(current(deep)?.name).toBe("1.26");
    expect(current(after(deep, "h", "h", "h", "h"))?.name).toBe("pip");
  });
});

describe("marks", () => {
  it("are of one entry, and go on to the next row", () => {
    const state = after(start(), "l", "j", "j", " ");
    expect(entriesOf(state.tree, state.marks).map(({ id }) => id)).toEqual(["c"]);
    expect(current(state)?.name).toBe("simple/x");
  });

  it("of a level are marks of all its entries, of which one can be taken back", () => {
    const all = after(start(), "l", "l", " ");
    expect(entriesOf(all.tree, all.marks).map(({ id }) => id).sort()).toEqual(["a", "b"]);
    const one = after(all, "k", "l", "l", " ");
    expect(entriesOf(one.tree, one.marks).map(({ id }) => id)).toEqual(["a"]);
    const numpy = one.tree.nodes.find(({ name }) => name === "numpy");
    expect(numpy === undefined ? "" : markOf(one, numpy)).toBe("some");
    expect(after(one, "k", "k", " ").marks.size).toBe(2);
    expect(after(one, "k", "k", " ", "k", " ").marks.size).toBe(0);
    expect(after(all, "u").marks.size).toBe(0);
  });

  it("are weighed together: what two entries share comes free with the second", () => {
    const first = after(start(), "G", "l", "l", "l", "j", " ");
    expect(first.choice).toMatchObject({ goes: 1, bytes: 100_020, frees: 20 });
    const both = after(first, "g", "/", ...typed("torch"), "enter", " ");
    expect(both.choice).toMatchObject({ goes: 2, bytes: 100_030, frees: 100_030 });
  });

  it("of what an environment holds, too, free what is left", () => {
    expect(after(start(), "/", ...typed("rich"), "enter", " ").choice).toMatchObject({ bytes: 7030, frees: 30 });
  });

  it("of what must stay are told apart, and free nothing", () => {
    const kept = after(start(), "/", ...typed("kept"), "enter", " ");
    expect(kept.choice).toMatchObject({ goes: 0, stays: 1, bytes: 0, frees: 0 });
    expect(draw(kept, brushOf((_, text) => text, false), 0).join("\n")).toContain("1 must stay");
  });

  it("bring what is of no use without them", () => {
    const stock = stockOf([], [exampleShelf({}, [exampleEntry("a", { project: "x", version: "1", bytes: 10 }), exampleEntry("b", { project: "y", version: "1", bytes: 5, needs: ["a"] })])]);
    expect(after(start(stock), "j", " ").choice).toMatchObject({ goes: 2, besides: 1, frees: 15 });
  });
});

describe("search", () => {
  it.each([["ZOPE_inter", "zope-interface 6.0"], ["num", "numpy"], ["t*h", "torch"], ["NUMP?", "numpy"]])("%s finds %s in closed levels", (words, name) => {
    const state = after(start(), "/", ...typed(words), "enter");
    expect(current(state)?.name).toBe(name);
    expect(state.view.at).toBe("tree");
  });

  it("looks at every letter, says when there is none, and goes back with Esc", () => {
    const state = after(start(), "/", ..."numx");
    expect(state.say).toContain("No project like numx");
    expect(current(after(state, "backspace"))?.name).toBe("numpy");
    expect(current(after(state, "backspace", "escape"))?.name).toBe("pip");
  });

  it("goes on with n and N, round the end", () => {
    const state = after(start(), "/", "i", "enter");
    expect(state.say).toBe("1 of 2");
    expect(current(state)?.name).toBe("zope-interface 6.0");
    expect(current(after(state, "n"))?.name).toBe("rich 13.0");
    expect(current(after(state, "n", "n"))?.name).toBe("zope-interface 6.0");
    expect(current(after(state, "N"))?.name).toBe("rich 13.0");
    expect(after(start(), "n").say).toContain("Nothing was searched");
  });

  it("takes pasted text as one line of it; elsewhere nothing is done by it", () => {
    const state = press(after(start(), "/"), { pasted: "num\npy" }).state;
    expect(state.wanted).toBe("num");
    expect(press(start(), { pasted: " dp\ry" })).toEqual({ state: start() });
  });
});

describe("what is to be done outside", () => {
  it("is asked for by its key", () => {
    const marked = after(start(), " ");
    expect(effectOf(marked, "p")).toBe("plan");
    expect(effectOf(start(), "i")).toBe("details");
    expect(["q", "escape"].map((key) => effectOf(start(), key))).toEqual(["leave", "leave"]);
    expect(effectOf(start(), "ctrl-z")).toBe("suspend");
    expect(effectOf(after(start(), "/"), "ctrl-c")).toBe("interrupt");
  });

  it("is no plan without marks, and nothing is applied that was not shown", () => {
    expect(effectOf(start(), "p")).toBeUndefined();
    expect(after(start(), "p").say).toContain("Nothing is marked");
    expect(effectOf(after(start(), " "), "y")).toBe("plan");
    expect(effectOf(after(start(), "?"), "y")).toBeUndefined();
  });

  it("is to apply a plan that is shown and can be; d makes the other one", () => {
    const shown: Browsing = { ...after(start(), " "), view: { at: "text", of: "plan", title: "", text: "x", top: 0, canApply: true } };
    expect([effectOf(shown, "y"), effectOf(shown, "enter"), effectOf(shown, "q"), effectOf(shown, "p")]).toEqual(["apply", "apply", undefined, undefined]);
    expect(press(shown, { name: "d" })).toMatchObject({ effect: "plan", state: { now: true } });
    const refused: Browsing = { ...shown, view: { at: "text", of: "plan", title: "", text: "x", top: 0, canApply: false } };
    expect(effectOf(refused, "y")).toBeUndefined();
  });

  it("waits for nothing but the end while something is done", () => {
    const busy: Browsing = { ...start(), view: { at: "work", doing: "x" } };
    expect(named("q", " ", "p", "y", "escape").map((key) => press(busy, key))).toEqual(Array.from({ length: 5 }, () => ({ state: busy })));
    expect(effectOf(busy, "ctrl-c")).toBe("interrupt");
  });
});

describe("a new look", () => {
  it("keeps what is open, where the cursor is and, when nothing went, the marks", () => {
    const state = after(start(), "l", "l", "l", "j", " ", "s");
    expect(seen(renewed(state, browseTree(exampleStock()), { marks: true }))).toEqual(seen(state));
    expect(renewed(state, browseTree(exampleStock()), { marks: true })).toMatchObject({ cursor: state.cursor, marks: state.marks, choice: state.choice });
    expect(renewed(state, browseTree(exampleStock()), { marks: false }).marks.size).toBe(0);
  });

  it("goes to what is near when the row itself has gone", () => {
    const state = after(start(), "l", "j", "j");
    const fresh = browseTree(stockOf([], [exampleShelf({}, [exampleEntry("a", { project: "NumPy", version: "2.0" }), exampleEntry("b", { project: "numpy", version: "1.26" }), exampleEntry("d", { kind: "index", detail: "simple/x", bytes: 20 })])]));
    expect(current(renewed(state, fresh, { marks: false }))?.name).toBe("simple/x");
    expect(renewed(state, browseTree(stockOf([], [])), { marks: true })).toMatchObject({ rows: [], cursor: -1 });
  });
});

const anyKey = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(..."hjklgGnNusid?/pqy *", "up", "down", "left", "right", "enter", "escape", "home", "end", "page-up", "page-down", "ctrl-d", "ctrl-u", "backspace", "").map((name): Key => ({ name })) },
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }).map((name): Key => ({ name })), fc.string().map((pasted): Key => ({ pasted })),
);
const anySize = fc.record({ columns: fc.integer({ min: 1, max: 260 }), rows: fc.integer({ min: 1, max: 70 }) });
const anyName = fc.oneof(fc.string({ unit: "binary", maxLength: 30 }), fc.constantFrom("漢字かな", "e\u0301\u0301", "👩‍👩‍👧", "\udc80\udcff", "\u001b[2J", "a\nb", "\u202eabc", "numpy", "num_py"));
const anyStock = fc.array(fc.record({ project: fc.option(anyName), version: fc.option(anyName), detail: fc.option(anyName), bytes: fc.nat(1e12) }), { maxLength: 12 })
  .map((said) => stockOf([], [exampleShelf({}, said.map((one, at) => exampleEntry(`e${at}`, one))), ...(said.length > 6 ? [exampleShelf({ root: "/other\n漢", path: "/o" }, [exampleEntry("x", { project: "numpy" })])] : [])]));

describe("whatever is pressed", () => {
  it("nothing is thrown, marks are of entries, the line of marks is exact, and no line is too wide", () => {
    fc.assert(fc.property(anyStock, anySize, fc.array(fc.oneof({ weight: 9, arbitrary: anyKey }, anySize), { maxLength: 40 }), fc.boolean(), (stock, first, events, unicode) => {
      const brush = brushOf((style, text) => (unicode ? `\u001b[1m${text}\u001b[0m` : style === "inverse" ? text : text), unicode);
      let state = begin(browseTree(stock), first, false);
      const bad: string[] = [];
      for (const event of events) {
        state = "columns" in event ? resized(state, event) : press(state, event).state;
        const lines = draw(state, brush, 0);
        if (lines.length !== state.size.rows) bad.push(`${lines.length} lines`);
        // Nothing of a name moves the cursor or colours anything.
        bad.push(...lines.filter((line) => shownColumns(line) > state.size.columns || /\p{Cc}/u.test(line.replace(/\u001b\[[01]m/g, ""))));
      }
      expect(bad).toEqual([]);
      expect([...state.marks].every((mark) => state.tree.entries[mark] !== undefined)).toBe(true);
      expect(state.choice).toEqual(choiceOf(stock, entriesOf(state.tree, state.marks)));
      expect(state.cursor).toBeLessThan(state.rows.length);
    }), { numRuns: 60 });
  });
});
