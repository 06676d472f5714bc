import { describe, expect, it } from "vitest";
import { lintText, type Linted } from "../lint-text.ts";
import type { Kind, Source } from "../source.ts";
import { readers } from "../readers.ts";

// What is tested here is that each comes to an end: put together as they stand, these files are larger than any memory.
const count = (length: number, line: (i: number) => string): string => Array.from({ length }, (_, i) => line(i)).join("\n");
const nine = (word: string): string => Array.from({ length: 9 }, () => word).join(", ");

function read(kind: Kind, text: string): Source {
  const reading = readers[kind](text, "x.yml");
  if (!reading.ok) throw new Error(reading.fault.message);
  return reading.source;
}

function lint(kind: Kind, text: string): Linted {
  return lintText(text, { path: "x.yml", kind });
}

const leftOut = [expect.objectContaining({ why: expect.stringContaining("the rest is left out") })];

describe("a small file that stands for very much", () => {
  it("has its merges put together once each", () => {
    const levels = `.m0: &m0 {variables: {A: b}, script: [pip install a]}\n${count(13, (i) => `.m${i + 1}: &m${i + 1} {<<: [${nine(`*m${i}`)}], k${i}: 1}`)}\njob: *m13\n`;
    const { ci, unread } = read("gitlab-ci", levels);
    expect(ci?.jobs.find(({ name }) => name === "job")?.steps[0]?.step?.commands[0]?.args[1]?.value).toBe("a");
    expect(unread).toEqual([]);
  });

  it("has merges that differ read as far as it goes, and the rest told", () => {
    const wide = `first: {script: [sudo pip install a]}\n.w: &w\n${count(2000, (i) => `  k${i}: 1`)}\n${count(100, (i) => `.v${i}: &v${i} {<<: *w, pip: 1}`)}\njob: {<<: [${Array.from({ length: 100 }, (_, i) => `*v${i}`).join(", ")}], script: [echo b]}\n`;
    const { unread, fault, results } = lint("gitlab-ci", wide);
    expect([unread, fault, results.map(({ rule }) => rule)]).toEqual([leftOut, undefined, ["sudo-pip"]]);
  });

  it("has its references read as far as it goes, and the rest told", () => {
    const levels = `.r0: {script: [pip install a]}\n${count(8, (i) => `.r${i + 1}: {script: [${nine(`!reference [.r${i}, script]`)}]}`)}\njob: {script: [!reference [.r8, script]]}\n`;
    expect(lint("gitlab-ci", levels)).toMatchObject({ unread: leftOut, fault: undefined });
    expect(read("gitlab-ci", levels).ci?.jobs.find(({ name }) => name === "job")?.partial).toBe(true);
  });

  it("has aliases in lists of lists read as far as it goes, and the rest told", () => {
    const levels = `on: push\nx0: &x0 [pip]\n${count(12, (i) => `x${i + 1}: &x${i + 1} [${nine(`*x${i}`)}]`)}\njobs: {a: {runs-on: *x12, steps: [{run: sudo pip install a}]}}\n`;
    expect(lint("workflow", levels)).toMatchObject({ unread: leftOut, fault: undefined });
  });

  it("has steps that many jobs share read as far as it goes, and the rest told", () => {
    const shared = `on: push\nx: &x\n${count(2000, () => "- run: pip install a")}\njobs:\n${count(2000, (i) => `  j${i}: {steps: *x}`)}\n`;
    expect(lint("workflow", shared)).toMatchObject({ unread: leftOut, fault: undefined });
  });

  it("has references that go round in circles, each to all the others, come to an end", () => {
    const circle = `pip: {script: [!reference [k0, k1, k2]]}\n${count(9, (i) => `k${i}: !reference [k${(i + 1) % 9}, k${(i + 2) % 9}]`)}\n${count(9, (i) => `.a${i}: &a${i} {<<: [${Array.from({ length: i + 1 }, (_, j) => `*a${j}`).join(", ")}], script: [!reference [.a${8 - i}, script]]}`)}\n`;
    expect(lint("gitlab-ci", circle).fault).toBeUndefined();
  });
});

describe("very many jobs", () => {
  it("that extend each other are followed as far as GitLab does, and known to be incomplete beyond", () => {
    const chain = `j0: {script: [pip install a]}\n${count(10_000, (i) => `j${i + 1}: {extends: j${i}}`)}\n`;
    const { ci, unread } = read("gitlab-ci", chain);
    expect(unread).toEqual([]);
    expect([11, 12, 9_999].map((at) => [ci?.jobs[at]?.steps.length, ci?.jobs[at]?.partial])).toEqual([[1, false], [0, true], [0, true]]);
    expect(lint("gitlab-ci", chain).fault).toBeUndefined();
  });

  it("that share a long script are read as far as it goes, and the rest told", () => {
    const text = `.a:\n  script:\n    - |\n${count(10_000, () => "      pip install a")}\n${count(5_000, (i) => `j${i}: {extends: .a}`)}\n`;
    expect(lint("gitlab-ci", text)).toMatchObject({ unread: leftOut, fault: undefined });
  });

  it("with aliases are read once", () => {
    const text = `.a: &a {script: [pip install a]}\n${count(15_000, (i) => `j${i}: *a`)}\n`;
    expect(read("gitlab-ci", text).ci?.jobs).toHaveLength(15_001);
  });
});
