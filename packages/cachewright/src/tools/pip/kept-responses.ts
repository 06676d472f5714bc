/**
 * What responses were found to be, kept from one look to the next. Head and body are the same while their directory is:
 * pip only ever renames files into place, and what is renamed, made or taken away changes the directory's time. When a
 * body was read last is asked again after a day: a file system with relatime tells it no finer.
 */
import type { Stat } from "../../machine/machine.ts";
import { fileHere, type FileHere, type Listing } from "./entry-parts.ts";
import type { Told } from "./told.ts";

/** The parts of a response as files; the last is the body. */
export interface Response { readonly told: Told; readonly files: readonly FileHere[]; readonly body: Stat }

/** `head` and `body`: as `numbersOf` gives them; looked: when. */
type KeptResponse = readonly [kind: string, project: string | null, version: string | null, detail: string | null, python: string | null, looked: number, head: string, body: string];

const keptLength = 8;
const dayMs = 24 * 3600 * 1000;
/** What is damaged is looked at again, each time. */
const lasting: ReadonlySet<string> = new Set(["download", "index", "metadata"]);

const isText = (value: unknown): boolean => value === null || typeof value === "string";

function isKept(value: unknown): value is KeptResponse {
  return Array.isArray(value) && value.length === keptLength && lasting.has(value[0] as string) && isText(value[1]) && isText(value[2]) && isText(value[3]) && isText(value[4])
    && typeof value[5] === "number" && typeof value[6] === "string" && typeof value[7] === "string";
}

/** What tells whether it is the same file comes first. */
function numbersOf({ ino, size, mtimeMs, allocated, nlink, atimeMs }: Stat): string {
  return `${ino} ${size} ${mtimeMs} ${allocated} ${nlink} ${atimeMs}`;
}

function statOf(numbers: string): Stat | undefined {
  const parts = numbers.split(" ");
  const [size, mtimeMs, allocated, nlink, atimeMs] = parts.slice(1).map(Number);
  if (parts.length !== 6 || size === undefined || mtimeMs === undefined || allocated === undefined || nlink === undefined || atimeMs === undefined) return undefined;
  return { type: "file", dev: "", ino: parts[0] ?? "", mode: 0, uid: 0, gid: 0, size, mtimeMs, allocated, nlink, atimeMs };
}

function isSame(a: Stat, b: Stat): boolean {
  return a.ino === b.ino && a.size === b.size && a.mtimeMs === b.mtimeMs;
}

export function keep({ ask }: Listing, rel: string, { told, files, body }: Response): void {
  const head = files[0]?.stat;
  if (ask.kept === undefined || head === undefined || !lasting.has(told.kind)) return;
  const kept: KeptResponse = [told.kind, told.project, told.version, told.detail, told.python, ask.now, numbersOf(head), numbersOf(body)];
  ask.kept.set(rel, kept);
}

/** As they were, or as they are now; undefined: other files, or not there. */
function filesOf(listing: Listing, rel: string, { kept, unchanged }: { readonly kept: KeptResponse; readonly unchanged: boolean }): readonly FileHere[] | undefined {
  const [head, body] = [statOf(kept[6]), statOf(kept[7])];
  if (head === undefined || body === undefined) return undefined;
  const path = `${listing.ask.root}/${rel}`;
  if (unchanged && listing.ask.now - kept[5] < dayMs) return [{ path, stat: head }, { path: `${path}.body`, stat: body }];
  const now = [fileHere(listing, rel), fileHere(listing, `${rel}.body`)] as const;
  return now[0] !== undefined && now[1] !== undefined && isSame(now[0].stat, head) && isSame(now[1].stat, body) ? [now[0], now[1]] : undefined;
}

/** undefined: it is not kept, or has changed. */
export function recalled(listing: Listing, rel: string, unchanged: boolean): Response | undefined {
  const kept = listing.ask.kept?.get(rel);
  const files = isKept(kept) ? filesOf(listing, rel, { kept, unchanged }) : undefined;
  const body = files?.[1]?.stat;
  if (!isKept(kept) || files === undefined || body === undefined) return undefined;
  const [kind, project, version, detail, python, looked] = kept;
  const response: Response = { told: { kind: kind as Told["kind"], project, version, detail, python, recreate: "download" }, files, body };
  if (!unchanged || listing.ask.now - looked >= dayMs) keep(listing, rel, response);
  return response;
}
