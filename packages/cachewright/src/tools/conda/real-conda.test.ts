/**
 * `real-conda.jsonl`: made-up machines, and what conda 4.12.0, 23.1.0, 24.11.3 and 26.7.1 said about each, asked in Python
 * (`Context().pkgs_dirs` and so on). An answer holds until the next version that is listed. `{w}` is the machine, `{base}`
 * the base environment; an error is told by its class.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import type { Asked, EffectiveSetting } from "../tool.ts";
import { conda } from "./conda.ts";

interface Answer {
  readonly dies?: string;
  readonly reads: readonly string[];
  readonly [key: string]: unknown;
}

interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, Answer>>;
}

const versions = ["4.12.0", "23.1.0", "24.11.3", "26.7.1"];
const cases = readFileSync(new URL("real-conda.jsonl", import.meta.url), "utf8").trim().split("\n").map((line) => JSON.parse(line) as Case);

let tree: PythonTree;
beforeEach(() => {
  tree = pythonTree();
  tree.file("base/conda-meta/history");
  for (const directory of ["w/home", "w/cwd"]) mkdirSync(tree.at(directory), { recursive: true });
});
afterEach(() => tree.remove());

/** With the places of the case for those of this run. */
function here<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll("{w}", tree.at("w")).replaceAll("{base}", tree.at("base"))) as T;
}

function asked(env: Readonly<Record<string, string>>, version: string): Asked {
  const install = { tool: "conda", version, program: tree.at("base/bin/conda"), prefix: tree.at("base"), found: [], chosen: true } as const;
  return { machine: tree.machine({ HOME: tree.at("w/home"), ...here(env) }, tree.at("w/cwd")), home: tree.at("w/home"), version, install };
}

/** As conda's answer is written down. */
function told({ effective, error, key, source }: EffectiveSetting): unknown {
  // Both links at once are refused later than these answers were asked for.
  const kinds = (error ?? "").split("\n").flatMap((line) => /^(\w+Error): /.exec(line)?.[1] ?? []).filter((kind) => kind !== "ValidationError");
  if (kinds.length > 0) return { error: kinds.length > 1 ? "MultiValidationError" : kinds[0] };
  if (key === "custom_channels") return source === "default" ? undefined : [...(effective as readonly string[])].sort();
  return effective;
}

describe("conda's own answers", () => {
  it.each(cases.map((one, i) => [i + 1, one] as const))("machine %i", (_number, { files, env, answers }) => {
    for (const [path, text] of Object.entries(files)) tree.file(`w/${path}`, text);
    let answer: Answer | undefined;
    for (const version of versions) {
      if (answers[version] !== undefined) answer = here(answers[version]);
      if (answer !== undefined) compare(answer, asked(env, version));
    }
  });
});

function compare(answer: Answer, question: Asked): void {
  const { version } = question;
  const found = conda.configFiles(question);
  const fatal = found.flatMap(({ error }) => (error === undefined ? [] : [error.split(":")[0]]));
  expect([version, ...fatal]).toEqual(answer.dies === undefined ? [version] : [version, answer.dies]);
  if (answer.dies !== undefined) return;
  expect([version, ...found.filter(({ exists, ignored }) => exists && ignored === null).map(({ path }) => path)]).toEqual([version, ...answer.reads]);
  const settings = conda.settings(question);
  for (const [key, value] of Object.entries(answer)) {
    const setting = settings.find((one) => one.key === key);
    if (setting !== undefined) expect({ version, [key]: told(setting) }).toEqual({ version, [key]: value });
  }
}
