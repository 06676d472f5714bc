/** What lies in poetry's cache directory, as entries. */
import { join } from "node:path";
import { addEntry, beginWalk, childDirs, childrenOf, filesAt, listingOf, type CacheWalk, type Child } from "../python/cache-walk.ts";
import { listResponses } from "../python/http-responses.ts";
import { isDirectory, namesOf } from "../python/is-directory.ts";
import type { CacheAsk, CacheListing } from "../tool-cache.ts";
import { listArtifacts } from "./artifacts.ts";

const pair = /^[0-9a-f]{2}$/;
/** Eight pairs of digits, then the whole SHA-256 (`FileCache._path`). */
const releaseLevels = [pair, pair, pair, pair, pair, pair, pair, pair];
/** Stores of poetry 1.0 and 1.1 (cachy), of the same layout. */
const oldStore = /^_?(?:matches|packages|releases)$/;

/** `9999999999{"name": "six", "version": "1.17.0", …`: when it ends, and what it is about. */
const about = /^\d{10}\{"name": "([^"\\]{1,200})", "version": "([^"\\]{1,100})"/;

function release(walk: CacheWalk, { name: file, path, type }: Child, repository: string): void {
  if (type !== "file" || !/^[0-9a-f]{64}$/.test(file)) {
    walk.foreign.push(path);
    return;
  }
  const head = walk.ask.machine.readPart(path, { offset: 0, length: 360 });
  const [, project = null, version = null] = about.exec(head.ok ? head.value.toString("utf8") : "") ?? [];
  addEntry(walk, { kind: "metadata", project, version, detail: `release, ${repository}`, paths: [path], recreate: "download" });
}

function releases(walk: CacheWalk, directory: string, repository: string): void {
  for (const child of filesAt(walk, directory, releaseLevels)) release(walk, child, repository);
}

function repositories(walk: CacheWalk, directory: string): void {
  for (const repository of childDirs(walk, directory, /./)) {
    for (const child of childrenOf(walk, repository.path)) {
      if (child.type !== "dir") walk.foreign.push(child.path);
      else if (pair.test(child.name)) for (const found of filesAt(walk, child.path, releaseLevels.slice(1))) release(walk, found, repository.name);
      // 2.4 was the first with bodies beside; what older ones left in `_http` stays (utils/authenticator.py).
      else if (child.name === "_http" || child.name === "_http_") listResponses(walk, child.path, { hasBodies: child.name === "_http_" });
      else if (oldStore.test(child.name)) releases(walk, child.path, repository.name);
      else walk.foreign.push(child.path);
    }
  }
}

/** Clones of what a project takes from git; fetched into, and cloned anew when missing. */
function clones(walk: CacheWalk, directory: string): void {
  for (const { name, path, type } of childrenOf(walk, directory)) {
    if (type === "dir" && isDirectory(walk.ask.machine, join(path, ".git"))) addEntry(walk, { kind: "source", detail: `repository ${name}`, paths: [path], recreate: "download" });
    else walk.foreign.push(path);
  }
}

/** `virtualenvs` by default; with `virtualenvs.path` any name. */
function holdsEnvironments(walk: CacheWalk, { name, path }: Child): boolean {
  const { machine } = walk.ask;
  if (name === "virtualenvs" || machine.lstat(join(path, "pyvenv.cfg")).ok) return true;
  const names = namesOf(machine, path);
  return names.includes("envs.toml") || names.some((one) => machine.lstat(join(path, one, "pyvenv.cfg")).ok);
}

export function listPoetryCache(ask: CacheAsk): CacheListing {
  const walk = beginWalk(ask);
  for (const child of childrenOf(walk, ask.root)) {
    const { name, path, type } = child;
    if (type !== "dir") walk.foreign.push(path);
    else if (name === "cache") for (const { path: below } of childDirs(walk, path, /^repositories$/)) repositories(walk, below);
    else if (name === "artifacts") listArtifacts(walk, path);
    else if (name === "src") clones(walk, path);
    else (holdsEnvironments(walk, child) ? walk.marks : walk.foreign).push(path);
  }
  return listingOf(walk);
}
