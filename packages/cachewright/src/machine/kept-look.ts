/** What a look at the machine came to, kept in Cachewright's own state and believed as long as looking again would show the same. */
import { readKept, writeKept, type KeptKind } from "./kept-file.ts";
import type { Machine } from "./machine.ts";
import { recordLooks, wouldLookTheSame, type RecordedLook } from "./recorded-looks.ts";
import { version } from "./version.ts";

const kind: KeptKind = { directory: "looks", limit: 4 << 20, most: 64 };
const schema = 1;

/** Shells set these for themselves with every command; no package manager reads them. */
const ofShells = new Set(["_", "OLDPWD", "SHLVL"]);

interface Kept<T> {
  readonly looks: readonly RecordedLook[];
  readonly answer: T;
}

/** All that an answer depends on beside the looks: who asks, from where, with which variables. Only its checksum is kept: variables hold secrets. */
function keyOf({ platform, arch, kernel, node, cwd, identity, umask, env }: Machine, question: string): string {
  const variables = Object.entries(env).filter(([name]) => !ofShells.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([schema, version, question, platform, arch, kernel, node, cwd, identity, umask, variables]);
}

function recalled<T>(machine: Machine, key: string): T | undefined {
  try {
    const bytes = readKept(machine, kind, key);
    const kept = bytes === undefined ? undefined : (JSON.parse(bytes.toString("utf8")) as Kept<T>);
    return kept !== undefined && wouldLookTheSame(machine, kept.looks) ? kept.answer : undefined;
  } catch {
    return undefined;
  }
}

/**
 * `look` answers from nothing but what it asks the machine it is given, with what JSON can hold. What it came to the last
 * time is the answer when each of its looks would have the same answer again (`wouldLookTheSame`). For what is shown; who
 * changes something looks anew.
 */
export async function keptLook<T>(machine: Machine, question: string, look: (machine: Machine) => Promise<T>): Promise<T> {
  const key = keyOf(machine, question);
  const known = recalled<T>(machine, key);
  if (known !== undefined) return known;
  const recording = recordLooks(machine);
  const answer = await look(recording.machine);
  const looks = recording.looks();
  if (looks !== undefined) writeKept(machine, kind, { key, bytes: Buffer.from(JSON.stringify({ looks, answer } satisfies Kept<T>)) });
  return answer;
}
