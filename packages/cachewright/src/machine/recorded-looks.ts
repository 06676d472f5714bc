/**
 * The looks at a machine that an answer was made of, written down so that it can be known later, mostly for a stat of
 * each, whether the same looks would have the same answers: then the answer would be the same, too.
 */
import { lstatSync, statSync } from "node:fs";
import { checksum } from "./checksum.ts";
import type { Answer, DirEntry, Machine, Stat } from "./machine.ts";
import { nativePath } from "./path-bytes.ts";

type StatVerb = "lstat" | "stat";
type ContentVerb = "list" | "readFile" | "readEnd" | "readPart";
type OtherVerb = "readlink" | "realpath" | "access" | "account";

/**
 * What was asked, what the inode was just before, and the checksum of the answer. lstat and stat: the inode is all that
 * counts, and the answer the errno where it could not be had. Names and contents: the inode, or null where it had not come
 * to rest, and then, or when it is another now, the answer decides. The others are asked again.
 */
export type RecordedLook = readonly [verb: StatVerb | ContentVerb | OtherVerb, asked: readonly unknown[], inode: Inode | null, answer: string];
type Inode = readonly number[];

export interface Recording {
  readonly machine: Machine;
  /** undefined: something was asked that has another answer each time (the clock, a program). */
  looks(): readonly RecordedLook[] | undefined;
}

/** A change within the clock's grain of the look could be followed by another that shows the same times (FAT: 2 s). */
const settledMs = 3000;
/** Type and permissions, owner, and that it is the same; the numbers behind these change with every use of a directory. */
const identityNumbers = 5;
const [mtime, ctime] = [6, 7];

/** Empty where nothing is; the errno where it is closed. */
function inodeOf(path: string, follow: boolean): Inode | string {
  try {
    const stat = (follow ? statSync : lstatSync)(nativePath(path), { throwIfNoEntry: false });
    return stat === undefined ? [] : [stat.ino, stat.dev, stat.mode, stat.uid, stat.gid, stat.size, stat.mtimeMs, stat.ctimeMs, stat.nlink, stat.blocks];
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

/** Order means nothing in a directory. */
function sumOf(answer: unknown): string {
  const { value } = answer as { readonly value?: unknown };
  if (value instanceof Uint8Array) return checksum(value);
  const told = Array.isArray(value) ? (value as readonly DirEntry[]).map(({ name, type }) => `${name}\0${type ?? ""}`).sort() : answer;
  return checksum(Buffer.from(JSON.stringify(told)));
}

/** What an adapter reads of it beyond `identityNumbers` is noted. */
function noting(stat: Stat, note: () => void): Stat {
  const { type, dev, ino, mode, uid, gid } = stat;
  const told = <K extends keyof Stat>(key: K): Stat[K] => {
    note();
    return stat[key];
  };
  return {
    type, dev, ino, mode, uid, gid,
    get nlink() { return told("nlink"); }, get size() { return told("size"); }, get allocated() { return told("allocated"); },
    get mtimeMs() { return told("mtimeMs"); }, get atimeMs() { return told("atimeMs"); },
  };
}

/** Looks through the given machine, and writes down what is asked of it. */
export function recordLooks(given: Machine): Recording {
  const looks = new Map<string, RecordedLook>();
  const start = given.now().getTime();
  let isRepeatable = true;
  const keep = (look: RecordedLook): void => { looks.set(JSON.stringify(look.slice(0, 2)), look); };

  const stat = (verb: StatVerb) => (path: string): Answer<Stat> => {
    const inode = inodeOf(path, verb === "stat");
    const answer = given[verb](path);
    const record = (numbers?: number): void => keep(typeof inode === "string" ? [verb, [path], null, inode] : [verb, [path], inode.slice(0, numbers), ""]);
    record(identityNumbers);
    return answer.ok ? { ok: true, value: noting(answer.value, () => { record(); }) } : answer;
  };
  const restingInode = (path: string): Inode | null => {
    const inode = inodeOf(path, true);
    return typeof inode !== "string" && Math.max(inode[mtime] ?? 0, inode[ctime] ?? 0) < start - settledMs ? inode : null;
  };
  const content = <A extends unknown[], T>(verb: ContentVerb, look: (path: string, ...more: A) => T) => (path: string, ...more: A): T => {
    const inode = restingInode(path);
    const answer = look(path, ...more);
    keep([verb, [path, ...more], inode, sumOf(answer)]);
    return answer;
  };
  const other = <A extends unknown[], T>(verb: OtherVerb, look: (...asked: A) => T) => (...asked: A): T => {
    const answer = look(...asked);
    keep([verb, asked, null, sumOf(answer)]);
    return answer;
  };
  const once = <A extends unknown[], T>(look: (...asked: A) => T) => (...asked: A): T => {
    isRepeatable = false;
    return look(...asked);
  };

  return {
    looks: () => (isRepeatable ? [...looks.values()] : undefined),
    machine: {
      ...given,
      lstat: stat("lstat"), stat: stat("stat"),
      list: content("list", given.list), readFile: content("readFile", given.readFile), readEnd: content("readEnd", given.readEnd), readPart: content("readPart", given.readPart),
      readlink: other("readlink", given.readlink), realpath: other("realpath", given.realpath), access: other("access", given.access), account: other("account", given.account),
      readEnds: once(given.readEnds), digest: once(given.digest), space: once(given.space), run: once(given.run), now: once(given.now),
    },
  };
}

/** The numbers of what is not there are none: they begin all others. */
function begins(kept: Inode, now: Inode): boolean {
  return (kept.length === 0) === (now.length === 0) && kept.every((value, at) => value === now[at]);
}

function isTheSame(machine: Machine, [verb, asked, inode, answer]: RecordedLook): boolean {
  const isStat = verb === "lstat" || verb === "stat";
  if (isStat || inode !== null) {
    const now = inodeOf(String(asked[0]), verb !== "lstat");
    if (typeof now === "string" ? isStat && inode === null && now === answer : inode !== null && begins(inode, now)) return true;
    if (isStat) return false;
  }
  return sumOf((machine[verb] as (...given: readonly unknown[]) => unknown)(...asked)) === answer;
}

/** Whether each look would have the answer that it had. It does not see what is written into a file whose ctime stays what it is. */
export function wouldLookTheSame(machine: Machine, looks: readonly RecordedLook[]): boolean {
  return looks.every((look) => isTheSame(machine, look));
}
