/**
 * What responses were found to be, kept from one look to the next. A response is the same when its body is the same file,
 * of the same size and time, and its head is, too: for that the directory of both is enough, as pip exchanges a head by a
 * rename. When the body was read last is looked at every time: it decides what may go.
 */
import type { Stat } from "../../machine/machine.ts";
import { fileHere, type FileHere, type Listing } from "./entry-parts.ts";
import type { Told } from "./told.ts";

/** The parts of a response as files; the last is the body. */
export interface Response { readonly told: Told; readonly files: readonly FileHere[]; readonly body: Stat }

type KeptTold = readonly [kind: string, project: string | null, version: string | null, detail: string | null, python: string | null];
type KeptResponse = readonly [...KeptTold, body: string, head: string, headBytes: number, headLinks: number, headWritten: number, headRead: number];

const keptLength = 11;
/** What is damaged is looked at again, each time. */
const lasting: ReadonlySet<string> = new Set(["download", "index", "metadata"]);

const stampOf = ({ ino, size, mtimeMs }: Stat): string => `${ino} ${size} ${mtimeMs}`;

function isText(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}

function isKept(value: unknown): value is KeptResponse {
  return Array.isArray(value) && value.length === keptLength && lasting.has(value[0] as string) && value.slice(1, 5).every(isText)
    && typeof value[5] === "string" && typeof value[6] === "string" && value.slice(7).every((one) => typeof one === "number");
}

export function keep({ ask }: Listing, rel: string, { told, files, body }: Response): void {
  const head = files[0]?.stat;
  if (ask.kept === undefined || head === undefined || !lasting.has(told.kind)) return;
  const kept: KeptResponse = [told.kind, told.project, told.version, told.detail, told.python, stampOf(body), stampOf(head), head.allocated, head.nlink, head.mtimeMs, head.atimeMs];
  ask.kept.set(rel, kept);
}

function toldOf([kind, project, version, detail, python]: KeptResponse): Told {
  return { kind: kind as Told["kind"], project, version, detail, python, recreate: "download" };
}

/** undefined: it is not kept, or has changed. */
export function recalled(listing: Listing, rel: string, unchanged: boolean): Response | undefined {
  const kept = listing.ask.kept?.get(rel);
  if (!isKept(kept)) return undefined;
  const body = fileHere(listing, `${rel}.body`);
  if (body === undefined || stampOf(body.stat) !== kept[5]) return undefined;
  const head = unchanged ? { path: `${listing.ask.root}/${rel}`, stat: headOf(kept, body.stat) } : fileHere(listing, rel);
  if (head === undefined || (!unchanged && stampOf(head.stat) !== kept[6])) return undefined;
  return { told: toldOf(kept), files: [head, body], body: body.stat };
}

/** As it was when it was last looked at. */
function headOf([, , , , , , stamp, allocated, nlink, mtimeMs, atimeMs]: KeptResponse, body: Stat): Stat {
  const [ino = "", size = ""] = stamp.split(" ");
  return { ...body, ino, size: Number(size), allocated, nlink, mtimeMs, atimeMs };
}
