/** Wheels that pip built, with the origin beside them (cache.py `SimpleWheelCache`). */
import { redact } from "../../machine/redact.ts";
import { distributionFile } from "../python/distribution-file.ts";
import type { CacheEntry } from "../tool-cache.ts";
import type { CacheTree, Leaf } from "./cache-tree.ts";
import { liveMs } from "./cache.ts";
import { type FileHere, fileHere, lastRead, leftoverOf, type Listing, newestOf, sizeOf } from "./entry-parts.ts";
import { localOrigin, type Origin, originName, readOrigin } from "./origin.ts";
import { builtFor, makerGone, pythonGone, pythonOfTags } from "./wheel-pythons.ts";

const underWay = "a build may be under way";

/** A zip ends with its directory's end record (APPNOTE 4.3.16; wheels carry no comment); one cut short does not. */
function endOf({ ask }: Listing, file: FileHere): "whole" | "empty" | "cut" | "unread" {
  if (file.stat.size === 0) return "empty";
  const end = ask.machine.readEnds(file.path, { first: 0, last: 22 });
  if (!end.ok) return "unread";
  return end.value.last.indexOf("PK\x05\x06", 0, "latin1") === 0 ? "whole" : "cut";
}

/** A source on this machine that is gone cannot be built again; what came from elsewhere can, and so can what pip looks up by its address. */
function recreation({ ask }: Listing, origin: Origin | null | undefined): CacheEntry["recreate"] {
  const local = origin === null || origin === undefined ? undefined : localOrigin(origin.url);
  if (local === undefined) return "build";
  const seen = ask.machine.lstat(local);
  return !seen.ok && (seen.errno === "ENOENT" || seen.errno === "ENOTDIR") ? "impossible" : "build";
}

interface Beside { readonly rel: string; readonly origin: Origin | null | undefined; readonly originFile: FileHere | undefined; readonly alone: boolean }

/** The Python whose key it is tells more than "py3" does. */
function pythonFor(listing: Listing, { rel, origin }: Beside, tags: string): { readonly python: string; readonly unused?: string } {
  const { pythons } = listing.ask;
  const tag = pythonOfTags(tags);
  const gone = pythonGone(tags, pythons);
  const key = rel.split("/").slice(1).join("");
  const maker = gone === undefined && origin ? builtFor(key, origin) : null;
  const unused = gone ?? (maker === null ? undefined : makerGone(maker, pythons));
  return { python: maker ?? tag, ...(unused === undefined ? {} : { unused }) };
}

function wheelEntry(listing: Listing, file: FileHere, beside: Beside): CacheEntry {
  const { rel, origin, originFile, alone } = beside;
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  const named = distributionFile(name);
  const files = alone && originFile !== undefined ? [file, originFile] : [file];
  const [end, newest] = [endOf(listing, file), newestOf(files)];
  const isYoung = newest > listing.ask.now - liveMs;
  // Until pip 25.2 a wheel was written where it stays: a young one that is cut short may still grow.
  const damage = end === "empty" ? "it is empty" : end === "cut" ? "it does not end as a zip does" : undefined;
  const read = lastRead([file], listing);
  return {
    id: `${rel}/${name}`, kind: damage === undefined ? "built-wheel" : "damaged", project: named?.project ?? null, version: named?.version ?? null,
    detail: damage ?? (end === "unread" ? "it may not be read" : (named?.tags ?? null)), python: null, ...(named?.tags ? pythonFor(listing, beside, named.tags) : {}),
    paths: files.map(({ path }) => path), size: sizeOf(files), writtenMs: file.stat.mtimeMs, usedMs: read === null ? null : Math.max(read, file.stat.mtimeMs),
    recreate: recreation(listing, origin), ...(origin ? { url: redact(origin.url) } : {}), ...(damage !== undefined && isYoung && end === "cut" ? { keep: underWay } : {}),
    ...(!alone && originFile !== undefined ? { needs: [`${rel}/${originName}`] } : {}),
  };
}

/** Of several wheels of one key (pip before 20.0 kept those of all Pythons together) each can go alone. */
function originEntry({ rel, originFile, origin }: Beside & { originFile: FileHere }): CacheEntry {
  return {
    id: `${rel}/${originName}`, kind: "metadata", project: null, version: null, detail: "origin", python: null, paths: [originFile.path], size: sizeOf([originFile]),
    writtenMs: originFile.stat.mtimeMs, usedMs: null, recreate: "build", onlyForThem: true, ...(origin ? { url: redact(origin.url) } : {}),
  };
}

function addLeaf(listing: Listing, { rel, names }: Leaf): void {
  const files = names.flatMap((name) => fileHere(listing, `${rel}/${name}`) ?? []);
  const wheels = files.filter(({ path }) => path.endsWith(".whl"));
  const originFile = files.find(({ path }) => path.endsWith(`/${originName}`));
  const beside: Beside = { rel, originFile, origin: originFile === undefined ? undefined : readOrigin(listing.ask.machine, originFile.path), alone: wheels.length === 1 };
  for (const wheel of wheels) listing.entries.push(wheelEntry(listing, wheel, beside));
  if (originFile !== undefined && wheels.length > 1) listing.entries.push(originEntry({ ...beside, originFile }));
  if (originFile !== undefined && wheels.length === 0) listing.entries.push(leftoverOf(listing, `${rel}/${originName}`, [originFile], { detail: "an origin without its wheel", live: underWay }));
  for (const file of files.filter(({ path }) => path.endsWith(".tmp"))) listing.entries.push(leftoverOf(listing, file.path.slice(listing.ask.root.length + 1), [file], { detail: "a write that broke off", live: underWay }));
}

/** A directory in which pip >= 25.3 builds; what is in it is nobody's but that build's. */
function addBuild(listing: Listing, rel: string): void {
  const path = `${listing.ask.root}/${rel}`;
  const seen = listing.ask.machine.lstat(path);
  if (!seen.ok || seen.value.type !== "dir") return;
  const live = seen.value.mtimeMs > listing.ask.now - liveMs;
  listing.entries.push({
    id: rel, kind: "leftover", project: null, version: null, detail: "a build that broke off", python: null, paths: [path], size: null,
    writtenMs: seen.value.mtimeMs, usedMs: null, recreate: "nothing", ...(live ? { keep: underWay } : {}),
  });
}

export function addWheelEntries(listing: Listing, tree: Pick<CacheTree, "wheels" | "builds">): void {
  for (const leaf of tree.wheels) addLeaf(listing, leaf);
  for (const rel of tree.builds) addBuild(listing, rel);
}
