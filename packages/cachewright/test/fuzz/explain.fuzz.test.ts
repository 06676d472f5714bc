import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allMessages } from "../../src/problems/messages.generated.ts";
import { explainText, logReader } from "../../src/explain/explain-log.ts";
import type { Explanation } from "../../src/explain/explanation.ts";
import { notOursMessages } from "../../src/explain/not-ours.ts";

/** 10^5 by default take a minute or two; `CACHEWRIGHT_FUZZ_INPUTS=1000000 npm run fuzz` takes more. */
const inputs = Number(process.env["CACHEWRIGHT_FUZZ_INPUTS"] ?? 100_000);
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

const corpus = ["corpus", "further"].flatMap((name) => readFileSync(new URL(`../../src/explain/fixtures/${name}.jsonl`, import.meta.url), "utf8").trim().split("\n")).map((line) => Buffer.from((JSON.parse(line) as { log: string }).log));
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
  const must = (holds: boolean, what: string): void => {
    if (!holds) throw new Error(`${what}: ${JSON.stringify(bytes.toString("latin1").slice(0, 2000))}`);
  };
  must(explanation.bytes === bytes.length, "bytes");
  for (const { problem, lines: [first, last], allLines, text, path } of explanation.findings) {
    must(known.has(problem), "a problem's id");
    must(1 <= first && first <= last && last <= explanation.lines, "lines");
    must(allLines.every((line, index) => line >= first && line <= last && (index === 0 || allLines[index - 1]! < line)), "all lines in order");
    must(!/[\x00-\x1f\x7f-\x9f]/.test(text), "a text without controls");
    must(path !== "", "a path that is not empty");
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
      if (index % 50 === 0) expect(chunked(bytes, random)).toEqual(explanation);
    }
    console.log(`explain fuzz: ${inputs} inputs, slowest ${slowest.ms.toFixed(0)} ms (input ${slowest.index})`);
  });

  it("costs no more a byte than five times what real failures cost, however its rules are teased", () => {
    const random = randomFrom(seed);
    const usual = Buffer.concat(corpus.flatMap((log) => [log, Buffer.from("\n")]));
    const usualCost = costOfByte(usual, 20);
    let worst = { ratio: 0, text: "" };
    for (let turn = 0; turn < TEASES; turn++) {
      const bytes = teased(random);
      if (costOfByte(bytes, 1) < LIMIT * usualCost) continue;
      const ratio = costBeside(bytes, usual);
      if (ratio > worst.ratio) worst = { ratio, text: bytes.toString("utf8").slice(0, 300) };
    }
    console.log(`explain: the worst of ${TEASES} teases costs less than ${Math.max(LIMIT, worst.ratio).toFixed(1)} times the usual a byte`);
    expect(worst.ratio, JSON.stringify(worst.text)).toBeLessThan(LIMIT);
  });
});

const TEASES = 4000;
const LIMIT = 5;
const TEASE_BYTES = 6000;
const examples = allMessages.flatMap(({ messages }) => [...messages.messages, ...(messages.claims ?? [])].flatMap(({ example }) => example.split("\n"))).filter((line) => line.length > 5);

/** A rule's words, whole or cut, again and again: what makes a careless pattern look at everything from everywhere. */
function teased(random: Random): Buffer {
  const words = random(2) === 0 ? pick(triggers, random) : pick(examples, random);
  const scrap = pick(scraps, random);
  const cut = words.slice(0, 1 + random(words.length));
  const unit = pick([() => words + scrap, () => `${words}${scrap.repeat(Math.ceil(200 / scrap.length))}\n`, () => cut + pick(triggers, random), () => `${cut}\n`, () => scrap], random)();
  const body = Buffer.from(unit.repeat(Math.ceil(TEASE_BYTES / Math.max(1, unit.length)))).subarray(0, TEASE_BYTES);
  return Buffer.concat([Buffer.from(words), body, Buffer.from(pick(triggers, random))]);
}

/**
 * How many times a byte of the usual log a byte of this one costs. Both are measured in turns and again until they are
 * below the limit: a busy machine makes one of them dear for a while, a careless rule makes this one dear every time.
 */
function costBeside(bytes: Buffer, usual: Buffer): number {
  let ratio = Infinity;
  for (let round = 0; round < 10 && ratio >= LIMIT; round++) {
    let [least, leastUsual] = [Infinity, Infinity];
    for (let turn = 0; turn < 4; turn++) {
      leastUsual = Math.min(leastUsual, costOfByte(usual, 1));
      least = Math.min(least, costOfByte(bytes, 10));
    }
    ratio = Math.min(ratio, least / leastUsual);
  }
  return ratio;
}

/** Processor time in microseconds, the least of some runs. */
function costOfByte(bytes: Buffer, runs: number): number {
  let least = Infinity;
  for (let run = 0; run < runs; run++) {
    const begun = process.cpuUsage();
    explainText(bytes);
    const { user, system } = process.cpuUsage(begun);
    least = Math.min(least, user + system);
  }
  return least / bytes.length;
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
