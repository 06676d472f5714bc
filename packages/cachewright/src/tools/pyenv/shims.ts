/** The directory of shims and the lock beside them (pyenv 1.2.4 … 2.8.1 libexec/pyenv-rehash). */
import { join } from "node:path";
import type { Errno, Machine } from "../../machine/machine.ts";
import { comparePipVersions } from "../pip/version.ts";

export interface RehashLock {
  readonly path: string;
  /** How long it has lain there. A rehash takes seconds. */
  readonly ageMs: number;
  /** What the next rehash does: removes it, or waits until PYENV_REHASH_TIMEOUT is over and fails. */
  readonly isRemovedNext: boolean;
}

/** That the file is there is the lock: a rehash that was killed leaves it. From 2.6.32 on one older than two minutes is removed. */
export function rehashLock(machine: Machine, root: string, version: string | null): RehashLock | undefined {
  const path = join(root, "shims", ".pyenv-shim");
  const stat = machine.lstat(path);
  if (!stat.ok) return undefined;
  const ageMs = Math.max(0, machine.now().getTime() - stat.value.mtimeMs);
  return { path, ageMs, isRemovedNext: version !== null && comparePipVersions(version, "2.6.32") >= 0 && ageMs > 120_000 };
}

export interface Shims {
  readonly path: string;
  readonly names: readonly string[];
  readonly writable: "ok" | Errno;
  /** The root written into them. Another one than theirs means that the directory was moved and needs `pyenv rehash`. */
  readonly root: string | null;
}

/** All shims are one file with many names, so the first tells for all. */
export function pyenvShims(machine: Machine, root: string): Shims | undefined {
  const path = join(root, "shims");
  const entries = machine.list(path);
  if (!entries.ok) return undefined;
  const names = entries.value.filter(({ name, type }) => type === "file" && !name.startsWith(".")).map(({ name }) => name).toSorted();
  const first = names[0] === undefined ? undefined : machine.readFile(join(path, names[0]), 1 << 16);
  const written = first?.ok === true ? /^export PYENV_ROOT="([^"\n]+)"$/m.exec(first.value.toString("utf8"))?.[1] : undefined;
  return { path, names, writable: machine.access(path, "write"), root: written ?? null };
}
