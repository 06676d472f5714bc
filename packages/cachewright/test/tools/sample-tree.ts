/** Files of sample caches, as the tools write them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { nodeMachine } from "../../src/machine/node-machine.ts";
import type { CacheAsk, CacheEntry, Fault, ToolCache } from "../../src/tools/tool-cache.ts";
import { recordLine } from "./archives.ts";

export type Tree = Readonly<Record<string, string | Buffer>>;

export function writeTree(root: string, files: Tree): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** A distribution as it lies unpacked below a directory, with a RECORD of all its files. */
export function unpackedFiles(below: string, { project, version, more = {} }: { readonly project: string; readonly version: string; readonly more?: Tree }): Tree {
  const info = `${project}-${version}.dist-info`;
  const files: Tree = {
    [`${project}/__init__.py`]: "VALUE = 1\n", ...more, [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${project}\nVersion: ${version}\n`, [`${info}/WHEEL`]: "Wheel-Version: 1.0\nTag: py3-none-any\n",
  };
  const record = `${Object.entries(files).map(([path, content]) => recordLine(path, content)).join("")}${info}/RECORD,,\n`;
  return Object.fromEntries(Object.entries({ ...files, [`${info}/RECORD`]: record }).map(([path, content]) => [`${below}/${path}`, content]));
}

export function askOf(root: string, more: Partial<Pick<CacheAsk, "versions" | "pythons" | "now">> = {}): CacheAsk {
  return { machine: nodeMachine({ env: {}, cwd: "/" }), root, now: Date.now(), versions: [], pythons: [], ...more };
}

export function entriesOf(cache: ToolCache, root: string): readonly CacheEntry[] {
  return cache.list(askOf(root)).entries;
}

/** "entry: kind" of every fault. */
export function faultsIn(cache: ToolCache, root: string): string[] {
  const faults: Fault[] = [...cache.verify(askOf(root), entriesOf(cache, root))].flatMap((verdict) => verdict.faults);
  return faults.map(({ entry, kind }) => `${entry}: ${kind}`);
}
