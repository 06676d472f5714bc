import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Answer, Machine } from "../../src/machine/machine.ts";
import { nodeMachine } from "../../src/machine/node-machine.ts";
import type { Asked } from "../../src/tools/tool.ts";

/** What a real tool answered under certain variables and files. ROOT is a throw-away directory. */
export interface RealAnswer {
  readonly name: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Latin-1 stands for bytes. */
  readonly files?: Readonly<Record<string, string>>;
  readonly dirs?: readonly string[];
  readonly cwd?: string;
  /** By version; one that is not named answers as the one before. Of all but the first case only what differs from the first. */
  readonly answers: readonly (readonly [version: string, answer: Readonly<Record<string, unknown>>])[];
}

export interface RealCase {
  readonly title: string;
  readonly version: string;
  readonly vector: RealAnswer;
  /** What was answered, whole; null where the tool died. */
  readonly answer: Readonly<Record<string, unknown>> | null;
}

/** Every version on every line of a table. */
export function realCases(table: URL): RealCase[] {
  const vectors = readFileSync(table, "utf8").trim().split("\n").map((line): RealAnswer => JSON.parse(line));
  const first = vectors[0]?.answers ?? [];
  return vectors.flatMap((vector) => first.map(([version, base]): RealCase => {
    const at = first.findIndex(([name]) => name === version);
    const own = vector.answers.findLast(([name]) => first.findIndex(([known]) => known === name) <= at)?.[1] ?? {};
    return { title: `${version}: ${vector.name}`, version, vector, answer: own["dies"] === true ? null : { ...base, ...own } };
  }));
}

export interface RealWorld {
  root(): string;
  asked(vector: Omit<RealAnswer, "name" | "answers">, version: string): Asked;
  /** With ROOT again in the place of the directory. */
  shown<T>(value: T): T;
  make(): void;
  remove(): void;
}

/** A throw-away directory with home `h` and working directory `w`; nothing outside it is there. */
export function realWorld(): RealWorld {
  let root = "";
  const at = (text: string): string => text.replaceAll("ROOT", root);
  return {
    root: () => root,
    make() { root = realpathSync(mkdtempSync(join(tmpdir(), "real-"))); },
    remove() { rmSync(root, { recursive: true }); },
    shown: <T,>(value: T): T => JSON.parse(JSON.stringify(value ?? null).replaceAll(root, "ROOT")) as T,
    asked({ env = {}, files = {}, dirs = [], cwd = "ROOT/w" }, version) {
      for (const directory of ["ROOT/w", "ROOT/h", cwd, ...dirs]) mkdirSync(at(directory), { recursive: true });
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(at(path)), { recursive: true });
        writeFileSync(at(path), Buffer.from(at(content), "latin1"));
      }
      const all = Object.fromEntries(Object.entries({ HOME: "ROOT/h", ...env }).map(([name, value]) => [name, at(value)]));
      return { machine: confined(root, nodeMachine({ env: all, cwd: at(cwd) })), home: at("ROOT/h"), version };
    },
  };
}

function confined(root: string, machine: Machine): Machine {
  const nothing = { ok: false, errno: "ENOENT" } as const;
  const only = <T,>(look: (path: string, more?: number) => Answer<T>) => (path: string, more?: number): Answer<T> => (path.startsWith(root) ? look(path, more) : nothing);
  return { ...machine, platform: "linux", lstat: only(machine.lstat), stat: only(machine.stat), list: only(machine.list), readFile: only(machine.readFile), realpath: only(machine.realpath) };
}
