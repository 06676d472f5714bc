import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { kindByName } from "../../src/lint/kind-of.ts";
import { lintText } from "../../src/lint/lint-text.ts";
import { allRules } from "../../src/lint/rules.generated.ts";
import { corpus, type JudgedFile } from "./corpus.ts";

const { files } = corpus;
const nameOf = ({ project, path }: JudgedFile): string => `${project}/${path}`;

describe("the corpus", () => {
  it("has Dockerfiles of at least 60 projects that were read, with and without faults", () => {
    const read = files.filter(({ set }) => set === "read");
    expect(new Set(read.map(({ project }) => project)).size).toBeGreaterThanOrEqual(60);
    expect(read.filter(({ reports }) => reports.length === 0).length).toBeGreaterThan(50);
    expect(read.filter(({ reports }) => reports.some(({ ill }) => ill)).length).toBeGreaterThan(50);
  });

  it.each(files.map((file) => [nameOf(file), file] as const))("says of %s where it is from and why each report is judged so", (_, file) => {
    expect(file.project).toMatch(/^[\w.-]+\/[\w.-]+$/);
    expect(file.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(kindByName(file.path)).toBeDefined();
    for (const { rule, line, ill, why } of file.reports) {
      expect(allRules.map(({ code }) => code)).toContain(rule);
      expect(line).toBeLessThanOrEqual(file.lines);
      expect([typeof ill, why.length > 10]).toEqual(["boolean", true]);
    }
  });

  it("names no file and no report twice", () => {
    const names = files.map(nameOf);
    expect(new Set(names).size).toBe(names.length);
    for (const { reports } of files) expect(new Set(reports.map(({ rule, line }) => `${rule} ${line}`)).size).toBe(reports.length);
  });
});

const home = process.env.CACHEWRIGHT_LINT_CORPUS;

/** The file's text, if it is here as it was judged. */
function textOf(file: JudgedFile): string | undefined {
  const path = join(home ?? "", file.project, file.path);
  if (home === undefined || !existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  if (createHash("sha256").update(bytes).digest("hex") !== file.sha256) throw new Error(`${path} is not the file that was judged: take it at commit ${file.commit}`);
  return bytes.toString("utf8");
}

describe.skipIf(home === undefined)(`lint over the corpus${home === undefined ? " (needs CACHEWRIGHT_LINT_CORPUS, a directory with the files as owner/name/path)" : ""}`, () => {
  const seen = files.flatMap((file) => {
    const text = textOf(file);
    const kind = kindByName(file.path);
    return text === undefined || kind === undefined ? [] : [{ file, results: lintText(text, { path: file.path, kind }).results }];
  });
  const reported = seen.flatMap(({ file, results }) => results.map(({ rule, line }) => ({ name: `${nameOf(file)}:${line} ${rule}`, judged: file.reports.find((one) => one.rule === rule && one.line === line) })));

  it("finds the files", () => {
    expect(seen.length).toBeGreaterThan(0);
  });

  it("reports nothing that nobody judged", () => {
    expect(reported.filter(({ judged }) => judged === undefined).map(({ name }) => name)).toEqual([]);
  });

  it("is right in at least 95 of 100 reports", () => {
    const right = reported.filter(({ judged }) => judged?.ill === true).length;
    expect(right / Math.max(1, reported.length), reported.filter(({ judged }) => judged?.ill !== true).map(({ name }) => name).join("\n")).toBeGreaterThanOrEqual(0.95);
  });

  it("finds at least 85 of 100 faults that were seen by reading", () => {
    const wanted = seen.filter(({ file }) => file.set === "read").flatMap(({ file, results }) => file.reports.filter(({ ill, wanted: asked }) => ill && asked !== false).map(({ rule, line }) => ({ name: `${nameOf(file)}:${line} ${rule}`, found: results.some((one) => one.rule === rule && one.line === line) })));
    const missed = wanted.filter(({ found }) => !found).map(({ name }) => name);
    expect(1 - missed.length / Math.max(1, wanted.length), missed.join("\n")).toBeGreaterThanOrEqual(0.85);
  });
});
