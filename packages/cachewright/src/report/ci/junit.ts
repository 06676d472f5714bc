import { plainLine, plainLines } from "./plain-lines.ts";
import type { Reported, ReportedRule } from "./reported.ts";

export interface JUnit {
  /** "cachewright doctor" */
  readonly suite: string;
  readonly results: readonly Reported[];
  readonly rules: readonly ReportedRule[];
  /** Rules that were looked for and found nothing. */
  readonly passed: readonly string[];
  /** Found, and left out on purpose. */
  readonly skipped?: readonly Skipped[];
}

export interface Skipped {
  readonly rule: string;
  readonly subject: string;
  readonly why: string;
}

interface TestCase {
  readonly classname: string;
  readonly name: string;
  readonly body: string;
}

/**
 * JUnit XML in the form that Jenkins, GitLab, Azure and the like agree on: a test case for each rule that found nothing and
 * for each thing that was found. Errors and warnings are failures; a note is a passed test that has something to say.
 * No attribute `file`: GitLab would show it, the schema of Jenkins' xUnit plugin (junit-10.xsd) refuses it.
 */
export function junitXml({ suite, results, rules, passed, skipped = [] }: JUnit): string {
  const titles = new Map(rules.map((rule) => [rule.id, plainLine(rule.title)]));
  const cases = distinct([
    ...results.map((result) => foundCase(suite, result, titles.get(result.rule) ?? result.rule)),
    ...skipped.map(({ rule, subject, why }): TestCase => ({ classname: classOf(suite, rule), name: `${titles.get(rule) ?? rule}: ${plainLine(subject)}`, body: `<skipped message="${attribute(plainLines(why))}"/>` })),
    ...passed.map((id): TestCase => ({ classname: classOf(suite, id), name: titles.get(id) ?? id, body: "" })),
  ]);
  const failures = results.filter((one) => one.level !== "note").length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${attribute(suite)}" ${counts}>`,
    `  <testsuite name="${attribute(suite)}" ${counts} skipped="${skipped.length}" time="0">`,
    ...cases.map(caseElement),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function foundCase(suite: string, result: Reported, title: string): TestCase {
  const place = [result.path, result.range?.line, result.range?.column].filter((part) => part !== undefined).join(":");
  const text = [...(place === "" ? [] : [plainLine(place)]), plainLines(result.message)].join("\n");
  const [first = ""] = plainLines(result.message).split("\n");
  const body = result.level === "note"
    ? `<system-out>${content(text)}</system-out>`
    : `<failure type="${result.level}" message="${attribute(first)}">${content(text)}</failure>`;
  return { classname: classOf(suite, result.rule), name: `${title}: ${plainLine(result.subject)}`, body };
}

/** Jenkins makes a package of what stands before the last dot. */
function classOf(suite: string, rule: string): string {
  return `${plainLine(suite).replace(/\s+/g, ".")}.${rule}`;
}

/** GitLab shows only one of the cases that have the same name. */
function distinct(cases: readonly TestCase[]): TestCase[] {
  const seen = new Map<string, number>();
  return cases.map((one) => {
    const key = `${one.classname}\0${one.name}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? one : { ...one, name: `${one.name} (${count})` };
  });
}

function caseElement({ classname, name, body }: TestCase): string {
  const open = `    <testcase classname="${attribute(classname)}" name="${attribute(name)}" time="0"`;
  return body === "" ? `${open}/>` : `${open}>\n      ${body}\n    </testcase>`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "\n": "&#10;", "\t": "&#9;" };

function content(text: string): string {
  return text.replace(/[&<>]/g, (char) => entities[char] ?? char);
}

/** A parser makes spaces of bare line breaks in attributes. */
function attribute(text: string): string {
  return text.replace(/[&<>"'\n\t]/g, (char) => entities[char] ?? char);
}
