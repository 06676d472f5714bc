/** What is to come into a directory of wheels, from wherever; decided before anything is written. */
import { basename, dirname, join, relative, resolve } from "node:path";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import type { HeldDistribution, Unread } from "../tools/tool-cache.ts";
import type { ToolName } from "../tools/tool.ts";
import type { Wanted, WantedProject } from "./wanted-projects.ts";
import { presentFiles, readHouse, type House, type HouseFile, type HouseKind } from "./wheel-house.ts";
import { refuseOthers } from "./safe-root.ts";

/** Where a file may be had from. */
export interface Source extends Pick<HeldDistribution, "hashes" | "body"> {
  readonly how: HouseFile["how"];
  /** Whose cache, and which entry of it; absent for a file of the person's own. */
  readonly tool?: ToolName;
  readonly entry?: string;
  /** Built on this machine: no index has it, so no lock file can mean its digest. */
  readonly isBuilt?: true;
  readonly writtenMs: number;
  /** On disk, as far as it is known; what is packed anew takes less. */
  readonly bytes: number;
}

export interface PlannedFile {
  readonly filename: string;
  /** Normalised. */
  readonly project: string;
  readonly version: string;
  /** The best first: with a digest, without, to be packed anew. */
  readonly sources: readonly Source[];
}

export interface LeftOut {
  readonly filename: string;
  readonly why: string;
  readonly tool?: ToolName;
  readonly entry?: string;
}

/** What stands at the place. */
export interface HousePlace {
  readonly directory: string;
  readonly state: "absent" | "empty" | "house";
  readonly kind: HouseKind;
  readonly house?: House;
  /** Of its own files, those that are as they were. */
  readonly present: readonly HouseFile[];
  /** Own files that have changed since: left as they are, and out of the pages. */
  readonly changed: readonly string[];
  /** Directories of exports that were killed. */
  readonly leftBehind: readonly string[];
}

export interface HousePlan extends HousePlace {
  readonly files: readonly PlannedFile[];
  readonly left: readonly LeftOut[];
  readonly wanted: Wanted;
  /** Wanted by a file and in no cache. */
  readonly missing: readonly WantedProject[];
  readonly unread: readonly Unread[];
  /** An upper bound. */
  readonly bytes: number;
}

/** Refuses what is neither new, empty nor an earlier export's. */
export function housePlace(machine: Machine, directory: string, kind: HouseKind | undefined): HousePlace {
  const path = settledPath(machine, resolve(machine.cwd, directory));
  // Files are written by name: nobody else may put other things in the way of root.
  if (machine.identity.euid === 0) refuseOthers(machine, machine.lstat(path).ok ? path : dirname(path));
  const found = readHouse(machine, path);
  if (found.state === "refused") throw new AppError("E_REFUSED", `nothing is written into ${path}: ${found.why}`, { hint: "name a directory that is not there yet, an empty one, or one that an earlier export made" });
  const place = { directory: path, present: [], changed: [], leftBehind: leftBehind(machine, path) };
  if (found.state !== "house") return { ...place, state: found.state, kind: kind ?? "index" };
  if (kind !== undefined && kind !== found.house.kind) throw new AppError("E_REFUSED", `${path} was made by --${found.house.kind}, not by --${kind}`, { hint: "add to it in the same way, or name another directory" });
  refuseChangedPages(machine, path, found.house);
  return { ...place, ...presentFiles(machine, path, found.house), state: "house", kind: found.house.kind, house: found.house };
}

/** Links on the way are resolved: what is written beside the place must be on its file system. */
function settledPath(machine: Machine, path: string): string {
  const real = machine.realpath(path);
  if (real.ok) return real.value;
  const parent = machine.realpath(dirname(path));
  if (!parent.ok) throw new AppError("E_INPUT", `${dirname(path)} is not there (${parent.errno})`, { hint: `mkdir -p ${dirname(path)}` });
  return join(parent.value, basename(path));
}

function refuseChangedPages(machine: Machine, directory: string, { pages }: House): void {
  for (const [page, sha256] of Object.entries(pages)) {
    const seen = machine.digest(join(directory, page), ["sha256"]);
    const isOwn = seen.ok ? seen.value.digests["sha256"] === sha256 : seen.errno === "ENOENT";
    if (!isOwn) throw new AppError("E_REFUSED", `${join(directory, page)} is not as the export wrote it`, { hint: "it would be replaced: move it away first, or name another directory" });
  }
}

/** As `newFiles` names them. */
function leftBehind(machine: Machine, path: string): string[] {
  const entries = machine.list(dirname(path));
  const start = `.${basename(path)}.new-`;
  // Without it nobody can tell who is still at work.
  if (!machine.stat("/proc/self").ok) return [];
  const found = (entries.ok ? entries.value : []).filter(({ name, type }) => type === "dir" && name.startsWith(start) && /^\d+-[a-z0-9]+$/.test(name.slice(start.length)));
  return found.filter(({ name }) => !machine.stat(`/proc/${name.slice(start.length).split("-")[0] ?? ""}`).ok).map(({ name }) => join(dirname(path), name));
}

export function refuseInside(directory: string, roots: readonly { readonly root: string; readonly tool: ToolName }[]): void {
  for (const { root, tool } of roots) {
    const rel = relative(root, directory);
    if (rel === "" || (!rel.startsWith("..") && !rel.startsWith("/"))) throw new AppError("E_REFUSED", `${directory} lies in ${tool}'s cache ${root}`, { hint: "what a tool did not put there it may take away" });
  }
}

const ranks = { copied: 0, imported: 0, zipped: 2 } as const;

/** What is known to be what an index has comes first; then what was written last. */
export function bestFirst(sources: readonly Source[]): Source[] {
  const rank = ({ how, hashes }: Source): number => ranks[how] + (how !== "zipped" && Object.keys(hashes).length === 0 ? 1 : 0);
  return sources.toSorted((a, b) => rank(a) - rank(b) || b.writtenMs - a.writtenMs);
}

/** No room is told before, not by what breaks off. */
export function refuseNoRoom(machine: Machine, { directory, bytes }: Pick<HousePlan, "directory" | "bytes">): void {
  const space = machine.space(dirname(directory));
  if (space.ok && space.value.available < bytes) throw new AppError("E_REFUSED", `there is not enough room in ${dirname(directory)}: up to ${bytes} bytes are to be written, ${space.value.available} are free`);
}
