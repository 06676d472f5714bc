/** Asks an adapter about a cache in a room, from inside: links there mean what they mean to the tool. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import type { CacheEntry, CacheListing, CacheLock, Environment, HeldDistribution, Use, Verdict } from "../../src/tools/tool-cache.ts";
import type { ToolName } from "../../src/tools/tool.ts";
import type { MovedLink } from "../../src/tools/uv/moved-links.ts";
import type { Patient } from "../patient.ts";
import { NODE_IN_ROOM } from "../room.ts";

export interface CacheAnswers {
  readonly listing: CacheListing;
  readonly verdicts: readonly Verdict[];
  readonly uses: Readonly<Record<string, readonly Use[]>>;
  readonly lock: CacheLock;
  readonly distributions: readonly HeldDistribution[];
  readonly moved?: readonly MovedLink[];
  readonly prunable?: readonly string[];
}

export interface Asking {
  readonly tool: ToolName;
  readonly root: string;
  readonly versions: readonly string[];
  readonly environments?: readonly Environment[];
}

const script = "/tmp/answers.mjs";
let bundle: Promise<string> | undefined;

async function bundled(): Promise<string> {
  const made = await rolldown({ input: fileURLToPath(new URL("answers.ts", import.meta.url)), external: /^node:/, logLevel: "silent", platform: "node" });
  const { output } = await made.generate({ format: "esm", codeSplitting: false });
  await made.close();
  return output[0].code;
}

/** What is young today may still be written; two days later it is not. */
const laterMs = 2 * 24 * 3_600_000;

export async function askCache({ room, run }: Patient, { environments = [], ...question }: Asking): Promise<CacheAnswers> {
  writeFileSync(room.seen(script), await (bundle ??= bundled()), { mode: 0o644 });
  const { code, stdout, text } = await run([NODE_IN_ROOM, script, JSON.stringify({ ...question, laterMs, environments })]);
  if (code !== 0) throw new Error(text);
  return JSON.parse(stdout) as CacheAnswers;
}

/** What goes when this entry goes: what needs it, and what is there for those alone. */
export function goingWith(entries: readonly CacheEntry[], id: string): CacheEntry[] {
  const going = new Set([id]);
  for (let before = 0; before !== going.size; ) {
    before = going.size;
    for (const entry of entries) {
      const needers = entries.filter(({ needs = [] }) => needs.includes(entry.id));
      if ((entry.needs ?? []).some((other) => going.has(other)) || (entry.onlyForThem === true && needers.length > 0 && needers.every((needer) => going.has(needer.id)))) going.add(entry.id);
    }
  }
  return entries.filter((entry) => going.has(entry.id));
}

/** Plain removal of what an entry is. */
export async function removeEntry(patient: Pick<Patient, "must">, entries: readonly CacheEntry[], id: string): Promise<void> {
  await patient.must(`rm -rf -- ${goingWith(entries, id).flatMap(({ paths }) => paths).map((path) => `'${path}'`).join(" ")}`);
}
