/**
 * The questions asked of every tool's caches, the same of each: which directories they are, what lies in them as
 * entries that can be kept or removed alone, whether it is sound, who uses it, and what keeps the tool out while
 * something is taken away. All answers come from looking; nothing is started, nothing is changed.
 */
import type { Errno, Looker, Machine } from "../machine/machine.ts";
import type { SparseLevel } from "../machine/tree-weights.ts";
import type { ToolName, ToolPlace } from "./tool.ts";

/** What an entry is, in words that mean the same for every tool. */
export type EntryKind =
  /** Bytes as they were fetched: a wheel, a source distribution, a conda archive, an interpreter's archive. */
  | "download"
  /** A wheel that was built on this machine (or of this machine's sources). */
  | "built-wheel"
  /** Unpacked, ready to be linked or copied into environments. */
  | "package"
  /** A whole environment that the tool keeps to use again: `uvx`, `pipx run`. */
  | "environment"
  /** Source trees and repositories. */
  | "source"
  /** Pages and package lists of an index. */
  | "index"
  /** What was found out and is quickly found out again: metadata of one version, hashes, an interpreter's answers. */
  | "metadata"
  | "interpreter"
  | "log"
  /** What an interrupted write left, and what no tool found here reads any more. */
  | "leftover"
  /** What makes the tool fail or warn, or is passed over as broken. */
  | "damaged";

/** What it takes to have it back. "nothing": nobody misses it. "impossible": its origin is gone or unknown. */
export type Recreation = "nothing" | "download" | "build" | "impossible";

/** Of the files of an entry. Bytes are bytes on disk (512 × st_blocks). */
export interface EntrySize {
  readonly bytes: number;
  /** Of these, what comes free when the entry goes alone: a file with names elsewhere frees nothing. */
  readonly reclaimable: number;
  readonly files: number;
}

export interface CacheEntry {
  /** Unique in its cache and lasting: the path below the root of what stands for the entry. People type it. */
  readonly id: string;
  readonly kind: EntryKind;
  /** As the file or index spells it; null where nothing tells. To be compared by PEP 503, conda's by lower case. */
  readonly project: string | null;
  readonly version: string | null;
  /** What else tells it apart: "cp311-manylinux_2_17_x86_64", "linux-64 h1234_0", "sdist", the name of a page. */
  readonly detail: string | null;
  /** The Python it is for: "cp311", "py3"; null: any, or none. */
  readonly python: string | null;
  /** Absolute, below the root: files and directories that go together. No path is part of two entries, none lies below another. */
  readonly paths: readonly string[];
  /** null: directories that only a walk can weigh. */
  readonly size: EntrySize | null;
  /** When its content was written, ms. */
  readonly writtenMs: number;
  /** Best guess at the last use, ms; never before `writtenMs`. null: nothing tells. */
  readonly usedMs: number | null;
  /** Where it came from, secrets taken out. */
  readonly url?: string;
  /** As the tool wrote them down: `{ sha256: "…" }`. */
  readonly hashes?: Readonly<Record<string, string>>;
  readonly recreate: Recreation;
  /** Why it must stay although nothing links to it, in a few words: "a build is under way". */
  readonly keep?: string;
  /** Why nothing that was found on this machine would use it again, in a few words: "no Python 3.8 was found". */
  readonly unused?: string;
  /** Entries (ids) that this one is of no use without: it goes when one of them goes. */
  readonly needs?: readonly string[];
  /** There for those that need it alone: it goes with the last of them. */
  readonly onlyForThem?: true;
  /** Of `paths`: directories that were put there whole, by one rename, and that the tool never writes to again: their size stays. */
  readonly sealed?: readonly string[];
}

export interface Unread {
  readonly path: string;
  readonly errno: Errno;
}

export interface CacheListing {
  readonly entries: readonly CacheEntry[];
  /** Parts that could not be looked into: what they hold is unknown, not nothing. */
  readonly unread: readonly Unread[];
  /** Below the root and no entry: the tool's own marks and locks, and what it never made. Absolute. */
  readonly marks: readonly string[];
  readonly foreign: readonly string[];
  /** Every directory of the cache, the root first, where all of them were listed: with sizes of all entries that is the whole. */
  readonly directories?: readonly string[];
  /** Caches of other tools that this one keeps below its root, or that its root is: their adapters list them, with `path` as the root. */
  readonly inner?: readonly { readonly tool: ToolName; readonly path: string }[];
}

/**
 * What a listing found out about files, kept from one look to the next. A value is plain JSON. Who asks with one gets
 * answers that hold as long as files have changed only as their tool changes them; without one everything is read.
 */
export interface KeptFindings {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

/** About which cache. */
export interface CacheAsk {
  readonly machine: Machine;
  /** The cache's root, links resolved. */
  readonly root: string;
  /** Moment of the question, ms. */
  readonly now: number;
  /** Versions of the tool found on this machine: what none of them reads is a leftover. Empty: nobody knows. */
  readonly versions: readonly string[];
  /** Python versions found on this machine, "3.11". Empty: nobody knows. */
  readonly pythons: readonly string[];
  readonly kept?: KeptFindings;
  /** Tell `url` and `hashes`, too, where that takes reading every page of an index. */
  readonly origins?: true;
}

/** One directory in which packages are installed, on this machine. */
export interface Environment {
  readonly kind: "conda" | "venv" | "interpreter";
  readonly prefix: string;
  /** Its site-packages directories. */
  readonly site: readonly string[];
}

export interface Use {
  readonly environment: string;
  /**
   * "soft-link" breaks when the entry goes; a "hard-link" keeps the bytes; "copy": the same version is installed there;
   * "unknown": the environment cannot be looked into, and may use it in any of these ways.
   */
  readonly how: "soft-link" | "hard-link" | "copy" | "unknown";
}

/** Something wrong with an entry. */
export interface Fault {
  /** `id` of the entry. */
  readonly entry: string;
  /** The file that is wrong. */
  readonly path: string;
  readonly kind: "truncated" | "checksum" | "malformed" | "missing" | "mismatch" | "unreadable";
  /** With what should be and what is. */
  readonly says: string;
}

/** A wheel or source distribution (or conda package) that an entry holds. */
export interface HeldDistribution {
  /** `id` of the entry. */
  readonly entry: string;
  /** As an index would name the file. */
  readonly filename: string;
  /** Of the file as it was fetched; empty where nothing tells. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Its bytes, part of a file or the whole of it; or the directory it was unpacked into, of which a wheel can be zipped anew. */
  readonly body: { readonly path: string; readonly offset: number; readonly length: number } | { readonly unpacked: string };
}

/** What keeps the tool from using its cache while entries are taken away. */
export type CacheLock =
  /** Entries go by one rename or unlink each, and the tool bears that at any moment. */
  | {
    readonly how: "not-needed"; readonly why: string;
    /** Directories below the root that stay, also when they are empty: the tool would complain if one went just after it made it. */
    readonly stays?: readonly string[];
  }
  /** A whole-file lock the tool takes itself. Where it is not there nobody holds it. */
  | { readonly how: "flock" | "fcntl"; readonly path: string; readonly exclusive: true }
  /** The tool has none: nothing is removed while one of these commands runs. */
  | { readonly how: "not-running"; readonly commands: readonly string[]; readonly why: string };

export interface CacheRoot {
  /** As the settings name it; links are not resolved. */
  readonly path: string;
  /** What it is for where a tool has several: "packages", "repodata". */
  readonly name: string;
}

export interface ToolCache {
  readonly tool: ToolName;
  /** The roots among the places of the tool: one for each directory that is sized, cleared and moved as one. */
  roots(places: readonly ToolPlace[]): CacheRoot[];
  /** Whether a directory is this tool's cache by the tool's own marks. An empty directory is not. */
  recognises(looker: Looker, directory: string): boolean;
  list(ask: CacheAsk): CacheListing;
  /** Levels of directories that are too many to look at each again (`SparseLevel`). */
  sparse?(root: string): readonly SparseLevel[];
  /** Reads the contents of the entries, one after another: what is sound yields nothing. */
  verify(ask: CacheAsk, entries: readonly CacheEntry[]): Iterable<Verdict>;
  /** Who uses which entry (by `id`), among these environments; only entries that somebody uses. */
  usedBy?(ask: CacheAsk, entries: readonly CacheEntry[], environments: readonly Environment[]): ReadonlyMap<string, readonly Use[]>;
  /** What can be taken out of the cache as files; not a copy, only where it is. */
  distributions?(ask: CacheAsk, entries: readonly CacheEntry[]): Iterable<HeldDistribution>;
  /** The entry with what only its own files tell: platform, URL, hashes. For those that are shown, not for a list of all. */
  details?(ask: CacheAsk, entry: CacheEntry): CacheEntry;
  /** Where the lock depends on what goes: all that keep the tool from these entries. Asked in the place of `lock`. */
  locks?(ask: CacheAsk, entries: readonly CacheEntry[]): readonly CacheLock[];
  /** For taking away these entries; without them, for whatever there is. */
  lock(ask: CacheAsk, entries?: readonly CacheEntry[]): CacheLock;
}

/** One entry was read. `bytes`: how much was read for it. */
export interface Verdict {
  readonly entry: string;
  readonly bytes: number;
  /** Empty: sound, as far as the cache itself can tell. */
  readonly faults: readonly Fault[];
  /** Nothing in the cache tells what it should be; only its form was checked. */
  readonly unproven?: true;
}
