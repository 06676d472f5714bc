/**
 * Writes what was planned: beside the place first, in its place when everything is there. There is no journal: a new
 * directory that somebody asked for by name is taken back by removing it, and nothing else is changed.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { newFiles, type NewFiles } from "../machine/new-files.ts";
import { refuseNoRoom, type HousePlan, type LeftOut, type PlannedFile } from "./house-plan.ts";
import { indexPages } from "./index-pages.ts";
import { takeOut, type TakenOut } from "./take-out.ts";
import { houseMark, houseText, type HouseFile } from "./wheel-house.ts";

export interface FillOptions {
  /** After each file. */
  readonly onFile?: (done: number, all: number, file: PlannedFile) => void;
  /** Asked after each file: nothing is put in its place then. */
  readonly isStopped?: () => boolean;
}

export interface FilledHouse {
  readonly taken: readonly TakenOut[];
  readonly left: readonly LeftOut[];
  /** Everything that the directory has now. */
  readonly files: readonly HouseFile[];
}

export async function fillHouse(machine: Machine, plan: HousePlan, { onFile, isStopped }: FillOptions = {}): Promise<FilledHouse> {
  refuseNoRoom(machine, plan);
  const files = newFiles(plan.directory);
  try {
    const taken: TakenOut[] = [];
    const left: LeftOut[] = [...plan.left];
    for (const [i, planned] of plan.files.entries()) {
      const one = takeOut(machine, planned, { files, wanted: plan.wanted, withMetadata: plan.kind === "index" });
      const other = "file" in one && otherThere(machine, plan, one.file);
      if ("file" in one && other !== true) taken.push(one);
      left.push(...("file" in one ? one.passed : one), ...(other === true ? [{ filename: planned.filename, why: "another file of this name is there already" }] : []));
      onFile?.(i + 1, plan.files.length, planned);
      await nextTurn();
      if (isStopped?.() === true) throw new AppError("E_STEP", "stopped; nothing was written into its place");
    }
    const all = [...plan.present, ...taken.map(({ file }) => file)];
    settle(machine, plan, { files, taken, all });
    return { taken, left, files: all };
  } finally {
    files.close();
  }
}

/** Signals are only heard between turns. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => { setImmediate(resolve); });
}

/** A file that the mark does not know: somebody's own, or what an export that was killed had put in its place already. */
function otherThere(machine: Machine, { directory }: HousePlan, { filename, sha256 }: HouseFile): boolean {
  const path = join(directory, filename);
  if (!machine.lstat(path).ok) return false;
  const seen = machine.digest(path, ["sha256"]);
  return !seen.ok || seen.value.digests["sha256"] !== sha256;
}

interface Settling {
  readonly files: NewFiles;
  readonly taken: readonly TakenOut[];
  readonly all: readonly HouseFile[];
}

/** pip asks every index for pip, and warns where a local one has no page of that name (pip 26.2 self_outdated_check.py). */
const looksForItself = "pip";

/** Files first, then the pages that name them, the mark last: at every moment what is named is there. */
function settle(machine: Machine, { kind, state, house, directory }: HousePlan, { files, taken, all }: Settling): void {
  if (taken.length === 0 && all.length === (house?.files.length ?? 0)) return;
  const known = new Set(Object.keys(house?.pages ?? {}));
  const pages = kind === "index" ? indexPages(all, [looksForItself, ...[...known].flatMap((page) => (page.includes("/") ? [page.slice(0, page.indexOf("/"))] : []))]) : new Map<string, string>();
  for (const [path, text] of pages) {
    if (path.includes("/")) files.makeDirectory(path.slice(0, path.indexOf("/")));
    files.write(path, Buffer.from(text));
  }
  files.write(houseMark, Buffer.from(houseText({ kind, files: all, pages: Object.fromEntries([...pages].map(([path, text]) => [path, createHash("sha256").update(text).digest("hex")])) })));
  if (state !== "house") {
    files.become();
    return;
  }
  const isNew = (name: string): boolean => !machine.lstat(join(directory, name)).ok;
  const strange = [...pages.keys()].find((page) => !known.has(page) && !isNew(page));
  if (strange !== undefined) throw new AppError("E_REFUSED", `${join(directory, strange)} is there and not the export's; nothing was written`, { hint: "move it away first, or name another directory" });
  for (const { file } of taken) for (const name of [...(file.metadata === null ? [] : [`${file.filename}.metadata`]), file.filename]) if (isNew(name)) files.moveIn(name);
  for (const page of [...pages.keys()].sort((a, b) => b.split("/").length - a.split("/").length)) files.moveIn(page, { replace: known.has(page) });
  files.moveIn(houseMark, { replace: true });
}
