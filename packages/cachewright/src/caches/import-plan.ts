/**
 * Files of a person's own, brought into a directory of wheels that pip and uv can be led to. Not into their caches: pip
 * finds a wheel in its own by the address it came from, and a wheel without one would never be found there (pip 26.2
 * cache.py `_get_cache_path_parts`); uv names its entries by the index.
 */
import { join, resolve } from "node:path";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { normalizedName } from "../tools/python/core-metadata.ts";
import { distributionFile } from "../tools/python/distribution-file.ts";
import { housePlace, type HousePlan, type LeftOut, type PlannedFile, type Source } from "./house-plan.ts";
import { readHouse, type HouseKind } from "./wheel-house.ts";
import type { Unread } from "../tools/tool-cache.ts";

export interface ImportWish {
  readonly into: string;
  /** Of a new directory; one that is there keeps its kind. */
  readonly kind?: HouseKind;
  /** Files, and directories to be searched. */
  readonly from: readonly string[];
}

interface Given {
  readonly path: string;
  readonly filename: string;
  readonly bytes: number;
  readonly writtenMs: number;
  readonly sha256?: string;
}

const deepest = 8;
const most = 100_000;

/** Changes nothing. */
export function planImport(machine: Machine, { into, kind, from }: ImportWish): HousePlan {
  const place = housePlace(machine, into, kind);
  const unread: Unread[] = [];
  const given = from.flatMap((path) => filesAt(machine, resolve(machine.cwd, path), unread)).filter(({ path }) => !path.startsWith(`${place.directory}/`));
  const left: LeftOut[] = [];
  const present = new Map(place.present.map((file) => [file.filename, file]));
  const files = [...byName(given)].flatMap(([filename, same]): PlannedFile[] => {
    const there = present.get(filename);
    const fresh = there === undefined ? oneOf(machine, same, left) : (tellOthers(machine, same, { sha256: there.sha256, left }), []);
    const { project = "", version = "" } = distributionFile(filename) ?? {};
    return fresh.map((one) => ({ filename, project: normalizedName(project), version, sources: [sourceOf(one)] }));
  });
  return {
    ...place, files: files.toSorted((a, b) => (a.filename < b.filename ? -1 : 1)), left, unread, missing: [], wanted: { patterns: [], projects: [] },
    bytes: files.reduce((sum, { sources }) => sum + (sources[0]?.bytes ?? 0), 0),
  };
}

/** Each path once, however it was named. */
function byName(given: readonly Given[]): ReadonlyMap<string, readonly Given[]> {
  const names = new Map<string, Given[]>();
  for (const one of new Map(given.map((file) => [file.path, file])).values()) {
    const same = names.get(one.filename);
    if (same === undefined) names.set(one.filename, [one]);
    else same.push(one);
  }
  return names;
}

function sourceOf({ path, bytes, writtenMs, sha256 }: Given): Source {
  return { how: "imported", body: { path, offset: 0, length: bytes }, hashes: sha256 === undefined ? {} : { sha256 }, writtenMs, bytes };
}

function digestOf(machine: Machine, path: string): string | undefined {
  const seen = machine.digest(path, ["sha256"]);
  return seen.ok ? seen.value.digests["sha256"] : undefined;
}

/** The first of them; the others are the same to the byte, or are told. */
function oneOf(machine: Machine, same: readonly Given[], left: LeftOut[]): Given[] {
  const [first, ...others] = same;
  if (first === undefined || others.length === 0) return first === undefined ? [] : [first];
  tellOthers(machine, others, { sha256: digestOf(machine, first.path) ?? "", left });
  return [first];
}

function tellOthers(machine: Machine, others: readonly Given[], { sha256, left }: { readonly sha256: string; readonly left: LeftOut[] }): void {
  for (const { path, filename } of others) if (digestOf(machine, path) !== sha256) left.push({ filename, why: `${path} is another file than the one of this name that stays` });
}

/** A directory that an export made tells the digests of its files. */
function filesAt(machine: Machine, top: string, unread: Unread[]): Given[] {
  const stat = machine.stat(top);
  if (!stat.ok) throw new AppError("E_INPUT", `cannot read ${top} (${stat.errno})`);
  if (stat.value.type !== "dir") {
    const filename = top.slice(top.lastIndexOf("/") + 1);
    if (stat.value.type !== "file" || distributionFile(filename) === undefined) throw new AppError("E_INPUT", `${top} is no wheel and no source distribution by its name`, { hint: "they are called project-1.0-py3-none-any.whl, project-1.0.tar.gz" });
    const real = machine.realpath(top);
    return [{ path: real.ok ? real.value : top, filename, bytes: stat.value.size, writtenMs: stat.value.mtimeMs }];
  }
  const state = readHouse(machine, top);
  const digests = new Map(state.state === "house" ? state.house.files.map(({ filename, sha256 }) => [filename, sha256] as const) : []);
  return filesBelow(machine, top, unread).map((one) => {
    const sha256 = one.path === join(top, one.filename) ? digests.get(one.filename) : undefined;
    return { ...one, ...(sha256 === undefined ? {} : { sha256 }) };
  });
}

/** Links are not followed, hidden directories are passed over. */
function filesBelow(machine: Machine, top: string, unread: Unread[]): Given[] {
  const found: Given[] = [];
  const pending = [{ path: top, depth: 0 }];
  for (let at = pending.pop(); at !== undefined && found.length < most; at = pending.pop()) {
    const entries = machine.list(at.path);
    if (!entries.ok) unread.push({ path: at.path, errno: entries.errno });
    for (const { name, type } of entries.ok ? entries.value.toSorted((a, b) => (a.name < b.name ? -1 : 1)) : []) {
      const path = join(at.path, name);
      if (type === "dir" && at.depth < deepest && !name.startsWith(".")) pending.push({ path, depth: at.depth + 1 });
      if (type !== "file" || distributionFile(name) === undefined) continue;
      const stat = machine.lstat(path);
      if (stat.ok) found.push({ path, filename: name, bytes: stat.value.size, writtenMs: stat.value.mtimeMs });
    }
  }
  return found;
}
