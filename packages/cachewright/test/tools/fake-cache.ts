/** A cache of files in a directory, for tests of what is done with any tool's cache. */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { LookedCache } from "../../src/caches/look-caches.ts";
import { nodeMachine } from "../../src/machine/node-machine.ts";
import type { CacheEntry, HeldDistribution, ToolCache, Use } from "../../src/tools/tool-cache.ts";
import type { ToolName } from "../../src/tools/tool.ts";

export interface FakeEntry {
  readonly filename: string;
  /** As the tool wrote it: a file, a part of one behind some headers, or what a wheel was unpacked into. */
  readonly content: Buffer | Readonly<Record<string, string>>;
  readonly behind?: string;
  /** "true": the right ones; else what the cache says. */
  readonly hashes?: Readonly<Record<string, string>> | "true";
  readonly project?: string;
  readonly version?: string;
  readonly more?: Partial<CacheEntry>;
}

export function fakeCache(root: string, entries: readonly FakeEntry[], { tool = "pip", uses }: { readonly tool?: ToolName; readonly uses?: Readonly<Record<string, readonly Use[]>> } = {}): LookedCache {
  const made = entries.map((entry, i) => ({ entry, id: `e${i}`, held: write(root, `e${i}`, entry) }));
  const cache: ToolCache = {
    tool, roots: () => [{ path: root, name: tool }], recognises: () => true, verify: () => [], lock: () => ({ how: "not-needed", why: "a test" }),
    list: () => ({ entries: made.map(({ entry, id }) => entryOf(root, id, entry)), unread: [], marks: [], foreign: [] }),
    distributions: () => made.map(({ held }) => held),
    ...(uses === undefined ? {} : { usedBy: () => new Map(Object.entries(uses)) }),
  };
  const ask = { machine: nodeMachine(), root, now: Date.now(), versions: [], pythons: [] };
  return { cache, ask, ...cache.list(ask) };
}

function entryOf(root: string, id: string, { filename, project, version, more }: FakeEntry): CacheEntry {
  const [name = "", number = ""] = filename.split("-");
  return { id, kind: "download", project: project ?? name, version: version ?? number.replace(/\.tar\.gz$/, ""), detail: null, python: null, paths: [join(root, id)], size: { bytes: 4096, reclaimable: 4096, files: 1 }, writtenMs: 1, usedMs: null, recreate: "download", ...more };
}

function write(root: string, id: string, { filename, content, behind = "", hashes = {} }: FakeEntry): HeldDistribution {
  const path = join(root, id);
  mkdirSync(root, { recursive: true });
  if (!Buffer.isBuffer(content)) {
    for (const [rel, text] of Object.entries(content)) {
      mkdirSync(dirname(join(path, rel)), { recursive: true });
      writeFileSync(join(path, rel), text);
    }
    return { entry: id, filename, hashes: hashes === "true" ? {} : hashes, body: { unpacked: path } };
  }
  writeFileSync(path, Buffer.concat([Buffer.from(behind), content, Buffer.from(behind)]));
  return { entry: id, filename, hashes: hashes === "true" ? { sha256: createHash("sha256").update(content).digest("hex") } : hashes, body: { path, offset: behind.length, length: content.length } };
}

/** What a wheel is unpacked into. */
export function unpackedWheel(project: string, version: string, files: Readonly<Record<string, string>> = { [`${project}/__init__.py`]: "VALUE = 1\n" }): Record<string, string> {
  const info = `${project}-${version}.dist-info`;
  const all = { ...files, [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${project}\nVersion: ${version}\n`, [`${info}/WHEEL`]: "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n" };
  const lines = Object.entries(all).map(([path, text]) => `${path},sha256=${createHash("sha256").update(text).digest("base64url")},${Buffer.byteLength(text)}\n`);
  return { ...all, [`${info}/RECORD`]: `${lines.join("")}${info}/RECORD,,\n` };
}
