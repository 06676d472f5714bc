/**
 * What lint says about Dockerfiles and CI files of well-known projects, beside what a person said. The files are other
 * people's: only facts about them are kept here. Who has them (by project, path and commit) can have the rules judged anew.
 */
import { readFileSync } from "node:fs";

export interface JudgedReport {
  readonly rule: string;
  readonly line: number;
  /** False: it looks like a fault and is none, so a report is a false one. */
  readonly ill: boolean;
  /** False: a report is right, and none is right, too. */
  readonly wanted?: false;
  /** It was judged only when a rule had reported it. */
  readonly seen?: "after";
  readonly why: string;
}

export interface JudgedFile {
  readonly project: string;
  readonly path: string;
  readonly commit: string;
  readonly sha256: string;
  readonly lines: number;
  /** How it was judged: see `sets`. Only in the first can be said what is missed. */
  readonly set: "read" | "held-out" | "ci";
  readonly reports: readonly JudgedReport[];
}

export interface Corpus {
  readonly judgedOn: string;
  readonly sets: Readonly<Record<JudgedFile["set"], string>>;
  readonly files: readonly JudgedFile[];
}

export const corpus = JSON.parse(readFileSync(new URL("corpus.json", import.meta.url), "utf8")) as Corpus;
