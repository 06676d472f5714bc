/** What lies in a pip cache, sorted by whose it can be: one walk, without a word on what is in the files. */
import type { DirEntry, Looker } from "../../machine/machine.ts";
import type { KeptFindings, Unread } from "../tool-cache.ts";

/** A leaf directory of entries, with the names of the files in it. */
export interface Leaf {
  /** Below the root: "http-v2/5/7/7/b/e". */
  readonly rel: string;
  readonly names: readonly string[];
  /** No name in it has come, gone or been exchanged since what is kept was found: pip only ever renames files into place. */
  readonly unchanged: boolean;
}

export interface CacheTree {
  readonly http: readonly Leaf[];
  readonly httpV2: readonly Leaf[];
  readonly wheels: readonly Leaf[];
  /** Below "wheels": directories in which a wheel is, or was, being built (pip >= 25.3). */
  readonly builds: readonly string[];
  readonly selfchecks: readonly Leaf[];
  readonly marks: readonly string[];
  readonly foreign: readonly string[];
  readonly unread: readonly Unread[];
  /** Those that were listed, the root first. */
  readonly directories: readonly string[];
}

interface Walk {
  readonly looker: Looker;
  readonly root: string;
  readonly foreign: string[];
  readonly unread: Unread[];
  readonly directories: string[];
  readonly kept: KeptFindings | undefined;
  readonly now: number;
}

/** The type that the listing tells, or, where the file system tells none, the file itself. */
function typeOf({ looker, root }: Walk, rel: string, entry: DirEntry): DirEntry["type"] {
  if (entry.type !== undefined) return entry.type;
  const seen = looker.lstat(`${root}/${rel}`);
  return seen.ok ? seen.value.type : undefined;
}

function listed(walk: Walk, rel: string): readonly DirEntry[] {
  const path = rel === "" ? walk.root : `${walk.root}/${rel}`;
  const entries = walk.looker.list(path);
  // What went away since its parent was listed is not missing.
  if (!entries.ok && entries.errno !== "ENOENT") walk.unread.push({ path, errno: entries.errno });
  if (!entries.ok) return [];
  walk.directories.push(path);
  return entries.value;
}

interface Shape {
  /** Names of directories at each depth. */
  readonly levels: readonly RegExp[];
  readonly file: RegExp;
  /** Directories that belong among the files of a leaf. */
  readonly within?: RegExp;
}

const digit = /^[0-9a-f]$/;
const pair = /^[0-9a-f]{2}$/;

/** Five directories that spell the beginning of a SHA-224 (cachecontrol `FileCache._fn`); `.lock` is of pip <= 19.2. */
const httpShape: Shape = { levels: [digit, digit, digit, digit, digit], file: /^[0-9a-f]{56}(?:\.body)?(?:[a-z0-9_]{1,16}\.tmp|\.lock)?$/ };
/** Three pairs of digits and the rest (`_get_cache_path_parts`); pip >= 25.3 builds in a directory inside. */
const wheelShape: Shape = { levels: [pair, pair, pair, /^[0-9a-f]{50}$/], file: /^(?:.*\.whl|origin\.json|.*\.tmp)$/s, within: /^tmp[a-z0-9_]{8}$/ };
/** One file for each environment, by the SHA-224 of its prefix (self_outdated_check.py). */
const selfcheckShape: Shape = { levels: [], file: /^[0-9a-f]{56}(?:[a-z0-9_]{1,16}\.tmp)?$/ };

interface Found { readonly leaves: Leaf[]; readonly within: string[] }

/** What happens in the same moment as a look is not told by the time of a directory. */
const racyMs = 2000;

interface Level { readonly names: readonly string[]; readonly unchanged: boolean }

/** The names below a directory that belong there, the others sorted out; from what is kept when nothing has changed. */
function level(walk: Walk, rel: string, { shape, depth, found }: { readonly shape: Shape; readonly depth: number; readonly found: Found }): Level {
  const key = `d ${rel}`;
  const seen = walk.kept === undefined ? undefined : walk.looker.lstat(`${walk.root}/${rel}`);
  // "inode time/name/name": names that all belong, of a directory as it was.
  const stamp = seen?.ok === true ? `${seen.value.ino} ${seen.value.mtimeMs}/` : undefined;
  const before = stamp === undefined ? undefined : walk.kept?.get(key);
  if (stamp !== undefined && typeof before === "string" && before.startsWith(stamp)) {
    walk.directories.push(`${walk.root}/${rel}`);
    return { names: before.slice(stamp.length).split("/"), unchanged: true };
  }
  const entries = listed(walk, rel);
  const wanted = shape.levels[depth];
  const names: string[] = [];
  for (const entry of entries) {
    const below = `${rel}/${entry.name}`;
    const type = typeOf(walk, below, entry);
    if (type === (wanted === undefined ? "file" : "dir") && (wanted ?? shape.file).test(entry.name)) names.push(entry.name);
    else if (wanted === undefined && type === "dir" && shape.within?.test(entry.name) === true) found.within.push(below);
    else if (type !== undefined) walk.foreign.push(`${walk.root}/${below}`);
  }
  const isWhole = names.length === entries.length && names.length > 0;
  if (isWhole && seen?.ok === true && seen.value.mtimeMs < walk.now - racyMs) walk.kept?.set(key, `${stamp}${names.join("/")}`);
  return { names, unchanged: false };
}

function walkShape(walk: Walk, top: string, shape: Shape): Found {
  const found: Found = { leaves: [], within: [] };
  const visit = (rel: string, depth: number): void => {
    const { names, unchanged } = level(walk, rel, { shape, depth, found });
    if (shape.levels[depth] === undefined) {
      if (names.length > 0) found.leaves.push({ rel, names, unchanged });
    } else for (const name of names) visit(`${rel}/${name}`, depth + 1);
  };
  visit(top, 0);
  return found;
}

const shapes: Readonly<Record<string, Shape>> = { "http": httpShape, "http-v2": httpShape, "wheels": wheelShape, "selfcheck": selfcheckShape };

/** Directories that are not there in some age are empty. */
export function readCacheTree(looker: Looker, root: string, { kept, now = 0 }: { readonly kept?: KeptFindings | undefined; readonly now?: number } = {}): CacheTree {
  const walk: Walk = { looker, root, foreign: [], unread: [], directories: [], kept, now };
  const found = new Map<string, Found>();
  const [marks, loose]: [string[], string[]] = [[], []];
  for (const entry of listed(walk, "")) {
    const [type, shape] = [typeOf(walk, entry.name, entry), shapes[entry.name]];
    if (shape !== undefined && type === "dir") found.set(entry.name, walkShape(walk, entry.name, shape));
    // pip <= 19.2 had one for all environments.
    else if (entry.name === "selfcheck.json" && type === "file") loose.push(entry.name);
    else if (entry.name === "CACHEDIR.TAG" && type === "file") marks.push(`${root}/${entry.name}`);
    else if (type !== undefined) walk.foreign.push(`${root}/${entry.name}`);
  }
  const leaves = (top: string): readonly Leaf[] => found.get(top)?.leaves ?? [];
  return {
    http: leaves("http"), httpV2: leaves("http-v2"), wheels: leaves("wheels"), builds: found.get("wheels")?.within ?? [],
    selfchecks: [...leaves("selfcheck"), ...(loose.length > 0 ? [{ rel: "", names: loose, unchanged: false }] : [])],
    marks, foreign: walk.foreign, unread: walk.unread, directories: walk.directories,
  };
}
