import { describe, expect, it } from "vitest";
import { allMessages } from "../problems/messages.generated.ts";
import { consequenceMessages } from "./consequences.ts";
import { explainText } from "./explain-log.ts";
import { notOursMessages } from "./not-ours.ts";

const messages = allMessages.flatMap(({ problem, messages: { messages } }) => messages.map((message) => ({ problem, message, name: `${problem} ${message.id}` })));
const claims = allMessages.flatMap(({ problem, messages: { claims = [] } }) => claims.map((claim, index) => ({ problem, claim, name: `${problem} claim ${index + 1}` })));
const triggersOf = (trigger: string | readonly string[]): string[] => [trigger].flat();

describe("messages of problems", () => {
  it.each(messages.map((one) => [one.name, one] as const))("%s: its example is found, and wins", (_name, { problem, message }) => {
    const explanation = explainText(message.example);
    expect(explanation.findings[0]?.problem).toBe(problem);
    expect(explanation.findings[0]?.weight).toBe(message.weight ?? "failure");
  });

  it.each(messages.map((one) => [one.name, one] as const))("%s: every line it matches contains a trigger", (_name, { message }) => {
    const lines = message.example.split("\n").filter((line) => message.pattern.test(line.trim()));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(triggersOf(message.trigger).some((trigger) => line.includes(trigger))).toBe(true);
    for (const trigger of triggersOf(message.trigger)) expect([Buffer.byteLength(trigger) >= 6, /[\x00-\x1f\x7f]/.test(trigger)]).toEqual([true, false]);
  });

  it("have ids that are unique within their problem, and patterns that keep no state", () => {
    for (const { problem, messages: { messages: own } } of allMessages) {
      expect(new Set(own.map(({ id }) => id)).size, problem).toBe(own.length);
      for (const { pattern } of own) expect(pattern.flags).not.toMatch(/[gy]/);
    }
  });

  it("of versions that follow each other do not overlap in the wrong order", () => {
    for (const { message, name } of messages) {
      if (message.since === undefined || message.until === undefined) continue;
      const number = (version: string): number => version.split(".").reduce((sum, part, index) => sum + Number(part) / 100 ** index, 0);
      expect(number(message.since), name).toBeLessThanOrEqual(number(message.until));
    }
  });
});

describe("claims on errors of the operating system", () => {
  it.each(claims.map((one) => [one.name, one] as const))("%s: its example is found, and wins", (_name, { problem, claim }) => {
    const explanation = explainText(claim.example);
    expect(explanation.findings[0]?.problem).toBe(problem);
    expect(claim.errno).toContain(explanation.findings[0]?.params["errno"]);
  });

  it("never tie on an example: of all claims that fit one, a single problem has the highest rank", () => {
    for (const { name, claim, problem } of claims) {
      const best = explainText(claim.example).findings[0]!;
      const rivals = claims.filter((other) => other.problem !== problem && other.claim.rank === claim.rank && other.claim.errno.some((errno) => claim.errno.includes(errno)));
      for (const rival of rivals) {
        const path = best.path ?? "";
        const takes = (rival.claim.path?.test(path) ?? true) && !(rival.claim.notPath?.test(path) ?? false) && (rival.claim.line?.test(best.text) ?? true);
        expect(takes && rival.claim.context === undefined, `${name} and ${rival.name}`).toBe(false);
      }
    }
  });
});

describe("messages that are not ours", () => {
  it.each(notOursMessages.map((message) => [`${message.kind}: ${message.example.slice(0, 60)}`, message] as const))("%s", (_name, message) => {
    const explanation = explainText(message.example);
    expect(explanation.findings).toEqual([]);
    expect(explanation.notOurs?.kind).toBe(message.kind);
    expect(triggersOf(message.trigger).some((trigger) => message.example.includes(trigger))).toBe(true);
  });

  it("and consequences never make a finding alone", () => {
    for (const { trigger } of consequenceMessages) expect(explainText(trigger).findings).toEqual([]);
  });
});
