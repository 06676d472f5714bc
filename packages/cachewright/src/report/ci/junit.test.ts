import { describe, expect, it } from "vitest";
import { hostile, inFile, ofMachine, rules } from "./example-results.ts";
import { junitXml } from "./junit.ts";

interface Element { name: string; attributes: Record<string, string>; children: Element[]; text: string }

const unescaped = (text: string): string => text.replace(/&(?:#(\d+)|(\w+));/g, (_, code: string | undefined, name: string) => (code === undefined ? { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }[name] ?? `unknown entity ${name}` : String.fromCharCode(Number(code))));

/** Reads the part of XML that is written here, and refuses everything else. */
function parseXml(text: string): Element {
  // XML 1.0, 2.2: no other character may stand in a document, not even escaped.
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text)) throw new Error("a character that XML has no place for");
  const top: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [top];
  let at = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(text)?.[0].length ?? 0;
  const token = /<(\w[\w-]*)((?: [\w]+="[^"<&]*(?:&(?:#\d+|\w+);[^"<&]*)*")*)(\/?)>|<\/(\w[\w-]*)>|([^<&>]+)|&(?:amp|lt|gt);/y;
  while (at < text.length) {
    token.lastIndex = at;
    const match = token.exec(text);
    const above = open.at(-1);
    if (match === null || above === undefined) throw new Error(`not well-formed at ${at}: ${text.slice(at, at + 40)}`);
    at = token.lastIndex;
    const [whole, name, attributes = "", closed, end] = match;
    if (name !== undefined) {
      const pairs = [...attributes.matchAll(/ (\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, unescaped(value)] as const);
      if (new Set(pairs.map(([key]) => key)).size !== pairs.length) throw new Error(`an attribute stands twice: ${whole}`);
      const element: Element = { name, attributes: Object.fromEntries(pairs), children: [], text: "" };
      above.children.push(element);
      if (closed === "") open.push(element);
    } else if (end !== undefined) {
      if (open.pop()?.name !== end) throw new Error(`${whole} closes nothing`);
    } else above.text += unescaped(whole);
  }
  if (open.length !== 1 || top.children.length !== 1) throw new Error("not one element");
  return top.children[0] as Element;
}

/** What the schema of Jenkins' xUnit plugin (junit-10.xsd) has for the elements that are written here. */
function expectJUnit(root: Element): Element[] {
  expect(root.name).toBe("testsuites");
  expect(root.children.map((one) => one.name)).toEqual(["testsuite"]);
  const [suite] = root.children;
  const cases = suite?.children ?? [];
  for (const one of cases) {
    expect(one.name).toBe("testcase");
    expect(Object.keys(one.attributes).every((name) => ["classname", "name", "time"].includes(name))).toBe(true);
    expect(one.attributes["name"]).toBeTruthy();
    expect(one.attributes["classname"]).toBeTruthy();
    for (const below of one.children) {
      expect(Object.keys(below.attributes)).toEqual({ failure: ["type", "message"], skipped: ["message"], "system-out": [] }[below.name]);
    }
  }
  const failures = cases.filter((one) => one.children.some((below) => below.name === "failure")).length;
  for (const counted of [root, suite]) expect(counted?.attributes).toMatchObject({ tests: String(cases.length), failures: String(failures), errors: "0" });
  expect(new Set(cases.map((one) => `${one.attributes["classname"] ?? ""} ${one.attributes["name"] ?? ""}`)).size).toBe(cases.length);
  return cases;
}

describe("findings as JUnit XML", () => {
  it("is a failure for each error and warning, a passed test for each rule that found nothing", () => {
    const cases = expectJUnit(parseXml(junitXml({ suite: "cachewright doctor", results: [ofMachine], rules, passed: ["layer-keeps-cache"] })));
    expect(cases.map((one) => one.attributes)).toEqual([
      { classname: "cachewright.doctor.cache-not-owned", name: "pip may not write to its cache directory: /home/me/.cache/pip", time: "0" },
      { classname: "cachewright.doctor.layer-keeps-cache", name: "A layer keeps the cache", time: "0" },
    ]);
    expect(cases[0]?.children).toEqual([{ name: "failure", attributes: { type: "error", message: "it belongs to root" }, children: [], text: "/home/me/.cache/pip\nit belongs to root\nand others only read" }]);
    expect(cases[1]?.children).toEqual([]);
  });

  it("lets a note pass, and keeps what it says", () => {
    const [one] = expectJUnit(parseXml(junitXml({ suite: "s", results: [{ ...inFile, level: "note" }], rules, passed: [] })));
    expect(one?.children).toEqual([{ name: "system-out", attributes: {}, children: [], text: "docker/Dockerfile dev:3:5\nthe cache stays in this layer" }]);
  });

  it("skips what is left out on purpose, with the reason", () => {
    const xml = junitXml({ suite: "s", results: [], rules, passed: [], skipped: [{ rule: "cache-not-owned", subject: "/c", why: "CI <image>" }] });
    expect(expectJUnit(parseXml(xml))[0]?.children).toEqual([{ name: "skipped", attributes: { message: "CI <image>" }, children: [], text: "" }]);
    expect(xml).toContain('skipped="1"');
  });

  it("gives equal findings names of their own", () => {
    expect(expectJUnit(parseXml(junitXml({ suite: "s", results: [inFile, inFile], rules, passed: [] })))).toHaveLength(2);
  });

  it("is well-formed whatever names hold, and holds no secret", () => {
    const cases = expectJUnit(parseXml(junitXml({ suite: "a & <b>", results: hostile, rules, passed: ["]]>"] })));
    expect(cases).toHaveLength(hostile.length + 1);
    expect(junitXml({ suite: "s", results: [{ ...inFile, message: "https://me:pass@host.example/x" }], rules, passed: [] })).not.toContain("pass");
  });
});
