import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allMessages } from "../problems/messages.generated.ts";
import { explainText } from "./explain-log.ts";

/** The same log as CI services, terminals and shells pass it on. Line numbers stay where lines do. */
const eachLine = (log: string, change: (line: string, index: number) => string): string => log.split("\n").map(change).join("\n");
const stamp = (index: number): string => `2026-03-04T10:11:${String(index % 60).padStart(2, "0")}.1234567Z`;

const disguises: readonly (readonly [string, (log: string) => Uint8Array | string])[] = [
  ["GitHub Actions", (log) => eachLine(log, (line, index) => `${stamp(index)} ${line}`)],
  ["gh run view --log", (log) => eachLine(log, (line, index) => `build\tInstall packages\t${stamp(index)} ${line}`)],
  ["GitHub's error command", (log) => eachLine(log, (line) => `##[error]${line}`)],
  ["GitLab", (log) => eachLine(log, (line, index) => `${stamp(index)} 01E \x1b[0K\x1b[31;1m${line}\x1b[0;m`)],
  ["Jenkins", (log) => eachLine(log, (line) => `[2026-03-04T10:11:12.345Z] ${line}`)],
  ["BuildKit", (log) => eachLine(log, (line) => `#12 0.345 ${line}`)],
  ["BuildKit's summary", (log) => eachLine(log, (line) => `12.34 ${line}`)],
  ["docker compose", (log) => eachLine(log, (line) => `web-1      | ${line}`)],
  ["compose around BuildKit, coloured", (log) => eachLine(log, (line) => `\x1b[36mweb-1  |\x1b[0m #7 1.20 ${line}`)],
  ["tox", (log) => eachLine(log, (line) => `py311: ${line}`)],
  ["journald", (log) => eachLine(log, (line) => `Mar 04 10:11:12 host pip[4711]: ${line}`)],
  ["a log collector", (log) => eachLine(log, (line) => `2026-03-04T10:11:12.345678901Z stderr F ${line}`)],
  ["colours", (log) => eachLine(log, (line) => `\x1b[31m${line}\x1b[0m`)],
  ["colours whose escape got lost", (log) => eachLine(log, (line) => `[31m${line}[0m`)],
  ["a box", (log) => eachLine(log, (line) => `│   ${line.padEnd(70)} │`)],
  ["a deep indent", (log) => eachLine(log, (line) => `          ${line}`)],
  ["CRLF", (log) => log.replaceAll("\n", "\r\n")],
  ["CR CR LF", (log) => log.replaceAll("\n", "\r\r\n")],
  ["a progress bar before each line", (log) => eachLine(log, (line) => `\r  5% ###\r 50% ######\r${line}`)],
  ["a terminal title", (log) => eachLine(log, (line) => `\x1b]0;user@host: ~\x07${line}\x1b[K`)],
  ["a UTF-8 mark", (log) => `\ufeff${log}`],
  ["UTF-16 of PowerShell", (log) => Buffer.from(`\ufeff${log}`, "utf16le")],
  ["UTF-16 without a mark", (log) => Buffer.from(log, "utf16le")],
  ["UTF-16 of the other order", (log) => Buffer.from(`\ufeff${log}`, "utf16le").swap16()],
  ["much output before and after", (log) => `${"Collecting demo\n".repeat(9000)}${log}\n${"building demo\n".repeat(90_000)}`],
  ["cat -v", (log) => eachLine(log, (line) => `^[[1m${line}^[[0m`)],
];

const ours = new Set(allMessages.map(({ problem }) => problem));
const cases = readFileSync(new URL("fixtures/corpus.jsonl", import.meta.url), "utf8").trim().split("\n")
  .map((line) => JSON.parse(line) as { id: string; label: string; decidable: boolean; log: string })
  .filter((one) => (ours.has(one.label) || one.label.startsWith("none-")) && one.decidable);

describe("a log says the same", () => {
  it.each(disguises)("through %s", (_name, disguise) => {
    const seen: unknown[] = [];
    const meant: unknown[] = [];
    for (const { id, log } of cases) {
      const plain = explainText(log);
      const disguised = explainText(disguise(log));
      meant.push([id, plain.findings.map(({ problem, path }) => [problem, path]), plain.notOurs?.kind]);
      seen.push([id, disguised.findings.map(({ problem, path }) => [problem, path]), disguised.notOurs?.kind]);
    }
    expect(seen).toEqual(meant);
  });

  it("when PowerShell's >> has appended it to a file of UTF-8 (as far as it is ASCII)", () => {
    for (const { log } of cases.filter((one) => /^[\x00-\x7f]*$/.test(one.log))) {
      const mixed = explainText(Buffer.concat([Buffer.from("PS> pip install demo\n".repeat(400)), Buffer.from(log, "utf16le")]));
      expect(mixed.findings.map(({ path }) => path)).toEqual(explainText(log).findings.map(({ path }) => path));
    }
  });

  it("with the same line numbers, when no lines were added", () => {
    for (const { log } of cases) {
      const disguised = explainText(Buffer.from(eachLine(log, (line, index) => `${stamp(index)} ${line}\r`), "utf16le"));
      expect(disguised.findings.map(({ allLines }) => allLines)).toEqual(explainText(log).findings.map(({ allLines }) => allLines));
    }
  });

  it("when a terminal of 80, 100 or 132 columns has broken its lines", () => {
    for (const columns of [80, 100, 132]) {
      const wrapped = (log: string): string => log.split("\n").flatMap((line) => line.match(new RegExp(`.{1,${columns}}`, "gu")) ?? [""]).join("\n");
      const lost = cases.filter(({ log }) => {
        const [plain, broken] = [explainText(log), explainText(wrapped(log))];
        return plain.findings[0]?.problem !== broken.findings[0]?.problem || plain.findings[0]?.path !== broken.findings[0]?.path;
      });
      // A word that decides may itself be broken in two.
      expect(lost.length, lost.map(({ id }) => id).join()).toBeLessThanOrEqual(cases.length * 0.06);
    }
  });
});
