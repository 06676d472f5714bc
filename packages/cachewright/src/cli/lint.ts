import { isAbsolute, relative, resolve, sep } from "node:path";
import { findFiles, kindInside } from "../lint/find-files.ts";
import { kindByName, kinds } from "../lint/kind-of.ts";
import { faultPlace, lintBytes, lintFile, type LintedFile } from "../lint/lint-files.ts";
import type { Rule } from "../lint/rule.ts";
import { allRules } from "../lint/rules.generated.ts";
import type { Kind } from "../lint/source.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import type { LintJson } from "../report/json/lint.ts";
import { lintTextReport } from "../report/text/lint.ts";
import { shellWord, visiblePath } from "../report/text/visible.ts";
import { askedReports, writeReports } from "./asked-reports.ts";
import { isOn, valueOf, valuesOf, type Call } from "./command.ts";
import { muteKept } from "./lint-ignores.ts";
import { lintFormats, lintReport } from "./lint-reports.ts";
import { lookHere } from "./look-here.ts";
import { unknown } from "./near.ts";
import { usageHint } from "./parse-call.ts";

export async function runLint(call: Call): Promise<number> {
  const rules = askedRules(call);
  if (isOn(call, "list-rules")) return listRules(call, rules);
  const asked = askedReports(call, lintFormats);
  checkFixing(call);
  const machine = await call.machine();
  const read = readAll(call, machine, rules);
  const { files, muted } = await muteKept(call, machine, read);
  const fixing = isOn(call, "fix") ? await (await import("./lint-fix.ts")).fixFiles(call, machine, files) : undefined;
  // What was put right is no finding any more: the files are read again.
  const after = fixing?.status === "changed" ? await muteKept(call, machine, readAll(call, machine, rules)) : { files, muted };
  // Text and JSON tell it themselves; the forms for machines know findings alone.
  if (asked.stdout !== "text" && asked.stdout !== "json") for (const { path, fault } of after.files) if (fault !== undefined) call.terminal.err(`${visiblePath(faultPlace(path, fault))}: cannot be read: ${fault.message}\n`);
  await writeReports(asked, call.terminal, async (format) => lintReport(format, { ...after, rules }));
  if (asked.stdout === "json") call.terminal.json((await import("../report/json/lint.ts")).lintJson({ ...after, fix: fixing ?? null }));
  else if (asked.stdout === "text") call.terminal.out(lintTextReport({ files: after.files, ignored: after.muted.length, asked: askedAgain(call), refused: fixing?.refused.map(({ path }) => path) ?? [] }, lookHere(call.terminal)));
  return exitCode(after.files, fixing);
}

function exitCode(files: readonly LintedFile[], fixing: LintJson["fix"] | undefined): number {
  if (fixing?.status === "failed" || (fixing?.status !== "declined" && fixing?.refused.length)) return 3;
  if (files.some(({ fault }) => fault !== undefined)) return 2;
  return files.some(({ results }) => results.some(({ level }) => level !== "note")) ? 1 : 0;
}

function askedRules(call: Call): readonly Rule[] {
  const asked = valuesOf(call, "rule");
  const codes = allRules.map(({ code }) => code);
  const stray = asked.find((code) => !codes.includes(code));
  if (stray !== undefined) throw unknown("rule", stray, codes, "cachewright lint --list-rules shows them all");
  return asked.length === 0 ? allRules : allRules.filter(({ code }) => asked.includes(code));
}

async function listRules(call: Call, rules: readonly Rule[]): Promise<number> {
  if (isOn(call, "json")) call.terminal.json((await import("../report/json/lint.ts")).lintRulesJson(rules));
  else call.terminal.out((await import("../report/text/lint-rules.ts")).lintRulesText(rules, lookHere(call.terminal)));
  return 0;
}

function checkFixing(call: Call): void {
  if (!isOn(call, "fix")) {
    for (const option of ["dry-run", "yes"]) if (isOn(call, option)) throw new AppError("E_USAGE", `--${option} belongs to --fix`, { hint: usageHint(call.command) });
  } else if (call.words.includes("-")) throw new AppError("E_USAGE", "--fix changes files; standard input is none", { hint: usageHint(call.command) });
}

/** The same files by the same rules, for the line that says how they are put right. */
function askedAgain(call: Call): string | undefined {
  if (call.words.length > 0 && call.words.every((word) => word === "-")) return undefined;
  const as = valueOf(call, "as");
  const words = call.words.filter((word) => word !== "-").map(shellWord);
  // pre-commit names a hundred files: nobody reads, or types, these again.
  return [...(words.length > 3 ? ["…"] : words), ...(as === undefined ? [] : ["--as", as]), ...valuesOf(call, "rule").flatMap((code) => ["--rule", code])].join(" ");
}

interface Wanted {
  readonly real: string;
  readonly path: string;
  readonly kind: Kind;
}

function readAll(call: Call, machine: Machine, rules: readonly Rule[]): LintedFile[] {
  const as = askedKind(call);
  const words = call.words.length === 0 ? ["."] : call.words;
  const seen = new Set<string>();
  return words.flatMap((word) => {
    if (word === "-") return [fromStdin(call, as, rules)];
    return wantedBy(word, { call, machine, as }).filter(({ real }) => !seen.has(real) && seen.add(real)).map((file) => lintFile(machine, file, rules));
  });
}

function askedKind(call: Call): Kind | undefined {
  const as = valueOf(call, "as");
  if (as === undefined) return undefined;
  const kind = kinds.find((one) => one === as);
  if (kind === undefined) throw unknown("kind of file", as, [...kinds], usageHint(call.command));
  return kind;
}

function fromStdin(call: Call, as: Kind | undefined, rules: readonly Rule[]): LintedFile {
  if (as === undefined) throw new AppError("E_USAGE", "what is on standard input? Say it: --as dockerfile", { hint: `There are ${kinds.join(", ")}.` });
  const chunks: Buffer[] = [];
  for (const chunk of call.terminal.chunks("-")) chunks.push(Buffer.from(chunk));
  return lintBytes(Buffer.concat(chunks), { path: "-", kind: as }, rules);
}

function wantedBy(word: string, { call, machine, as }: { call: Call; machine: Machine; as: Kind | undefined }): Wanted[] {
  const real = resolve(machine.cwd, word);
  const stat = machine.stat(real);
  const path = shownPath(machine, real);
  if (stat.ok && stat.value.type === "dir") {
    const { files, unread } = findFiles(machine, real);
    for (const one of unread) call.terminal.err(`${shownPath(machine, one.path)} cannot be looked into (${one.errno})\n`);
    return files.map((file) => ({ real: file.path, path: shownPath(machine, file.path), kind: file.kind })).filter(({ kind }) => as === undefined || kind === as);
  }
  const kind = as ?? kindByName(real.split(sep).join("/")) ?? kindInside(machine, real);
  if (kind === undefined && stat.ok) throw new AppError("E_INPUT", `its name does not say what it is: ${path}`, { hint: `Say it: --as ${kinds.join(" | ")}` });
  return [{ real, path, kind: kind ?? "shell" }];
}

/** Below the working directory by `/`, else absolute. */
function shownPath(machine: Machine, real: string): string {
  const path = relative(machine.cwd, real);
  if (path === "" || path.startsWith("..") || isAbsolute(path)) return real;
  return path.split(sep).join("/");
}
