import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allMessages } from "../problems/messages.generated.ts";
import { explainText, logReader } from "./explain-log.ts";
import type { Explanation } from "./explanation.ts";
import { notOursMessages } from "./not-ours.ts";

const inputs = Number(process.env["CACHEWRIGHT_FUZZ_INPUTS"] ?? 2000);
const seed = Number(process.env["CACHEWRIGHT_FUZZ_SEED"] ?? 20261121);

type Random = (below: number) => number;

/** mulberry32 */
function randomFrom(start: number): Random {
  let state = start | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

const corpus = readFileSync(new URL("fixtures/corpus.jsonl", import.meta.url), "utf8").trim().split("\n").map((line) => Buffer.from((JSON.parse(line) as { log: string }).log));
const triggers = [...allMessages.flatMap(({ messages }) => messages.messages.flatMap(({ trigger }) => [trigger].flat())), ...notOursMessages.flatMap(({ trigger }) => [trigger].flat()), "[Errno 13] ", "(os error 13)", "Permission denied: '"];
const scraps = ["'", "\"", "`", "/", "\\", ":", " ", "\n", "\r", "\t", "\x1b[31m", "\x1b]0;", "│ ", "╰─> ", "~/", "lib/python3.11/site-packages/", "/wheels/ab", "(", "[", " -> ", " to ", "line 1", "file: '", "\u0000", "é", "2026-03-04T10:11:12Z ", "#1 0.1 ", "venv", ".cache/"];

function pick<T>(from: readonly T[], random: Random): T {
  return from[random(from.length)]!;
}

const makers: readonly ((random: Random) => Buffer)[] = [
  (random) => Buffer.from(Array.from({ length: random(4000) }, () => random(256))),
  (random) => mutated(pick(corpus, random), random),
  (random) => Buffer.concat(Array.from({ length: 1 + random(6) }, () => mutated(pick(corpus, random), random))),
  (random) => Buffer.from(Array.from({ length: random(1500) }, () => (random(3) === 0 ? pick(triggers, random) : pick(scraps, random))).join("")),
  // One scrap over and over without a line break is what makes a careless pattern take the square of its length.
  (random) => Buffer.from(`${pick(triggers, random)}${(pick(triggers, random) + pick(scraps, random)).repeat(random(600))}`),
  (random) => Buffer.from(`${pick(triggers, random)}${pick(scraps, random).repeat(random(5000))}${pick(triggers, random)}`),
  (random) => Buffer.from(mutated(pick(corpus, random), random).toString("latin1"), "utf16le"),
];

function mutated(log: Buffer, random: Random): Buffer {
  const bytes = Buffer.from(log);
  for (let change = random(8); change > 0 && bytes.length > 0; change--) bytes[random(bytes.length)] = random(256);
  const from = random(3) === 0 ? random(bytes.length + 1) : 0;
  const to = random(3) === 0 ? from + random(bytes.length - from + 1) : bytes.length;
  return bytes.subarray(from, to);
}

const known = new Set(allMessages.map(({ problem }) => problem));

function check(explanation: Explanation, bytes: Buffer): void {
  expect(explanation.bytes).toBe(bytes.length);
  for (const { problem, lines: [first, last], allLines, text, path } of explanation.findings) {
    expect(known.has(problem)).toBe(true);
    expect(1 <= first && first <= last && last <= explanation.lines).toBe(true);
    expect(allLines.every((line, index) => line >= first && line <= last && (index === 0 || allLines[index - 1]! < line))).toBe(true);
    expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
    expect(path).not.toBe("");
  }
}

describe(`explain, ${inputs} inputs from seed ${seed}`, () => {
  it("never crashes, never blows up, and never depends on the chunks", { timeout: Math.max(600_000, inputs * 60) }, () => {
    const random = randomFrom(seed);
    let slowest: { ms: number; index: number; bytes: Buffer } = { ms: 0, index: -1, bytes: Buffer.alloc(0) };
    for (let index = 0; index < inputs; index++) {
      const bytes = pick(makers, random)(random);
      const begun = performance.now();
      const explanation = explainText(bytes);
      const ms = performance.now() - begun;
      if (ms > slowest.ms) slowest = { ms, index, bytes };
      check(explanation, bytes);
      if (index % 10 === 0) expect(chunked(bytes, random)).toEqual(explanation);
    }
    console.log(`explain fuzz: ${inputs} inputs, slowest ${slowest.ms.toFixed(0)} ms (input ${slowest.index})`);
    const usual = Buffer.from("Collecting demo==1.0\n  Downloading demo-1.0-py3-none-any.whl (12 kB)\n".repeat(Math.ceil(slowest.bytes.length / 70) + 1)).subarray(0, slowest.bytes.length);
    // Twenty times the usual is far from any blow-up and near to nothing a busy machine does to both.
    expect(cost(slowest.bytes)).toBeLessThan(20 * Math.max(cost(usual), 5));
  });
});

/** The least of some runs, in ms: what the machine does besides is not the text's fault. */
function cost(bytes: Buffer): number {
  return Math.min(...[1, 2, 3, 4, 5].map(() => {
    const begun = performance.now();
    explainText(bytes);
    return performance.now() - begun;
  }));
}

function chunked(bytes: Buffer, random: Random): Explanation {
  const reader = logReader();
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + random(2000);
    reader.push(bytes.subarray(at, at + size));
    at += size;
  }
  return reader.end();
}
