import { readdirSync, rmdirSync, unlinkSync } from "node:fs";
import type { Buffer } from "node:buffer";
import { AppError } from "./app-error.ts";
import { mountIdOf } from "./mount-id.ts";
import { pathFromBytes } from "./path-bytes.ts";
import { closePinned, fdPath, openPinnedAt, pathIn, placePath, type Pinned } from "./pinned.ts";
import { errnoOf, pinnedFailure } from "./pinned-failure.ts";
import { DEEPEST } from "./pinned-tree.ts";

/** Gone already is gone. */
function remove(directory: Pinned, name: string, how: (path: string | Buffer) => void): void {
  try {
    how(placePath(directory, name));
  } catch (cause) {
    if (errnoOf(cause) !== "ENOENT") throw pinnedFailure(pathIn(directory, name), "remove", cause);
  }
}

/**
 * Removes everything in a held directory. Names are removed in directories that are held, links are not followed and
 * other mounts are E_REFUSED, so whoever swaps things meanwhile can only lose what they put there themselves.
 */
export function removeContents(directory: Pinned, mount: number | null = mountIdOf(directory.fd), depth = 0): void {
  if (depth > DEEPEST) throw new AppError("E_REFUSED", `${directory.path} is nested too deep`);
  for (const entry of readdirSync(fdPath(directory), { encoding: "buffer", withFileTypes: true })) {
    const name = pathFromBytes(entry.name);
    if (!entry.isDirectory()) {
      remove(directory, name, unlinkSync);
      continue;
    }
    const inner = openPinnedAt(directory, name);
    try {
      if (mountIdOf(inner.fd) !== mount) throw new AppError("E_REFUSED", `${inner.path} is on another mount`);
      removeContents(inner, mount, depth + 1);
    } finally {
      closePinned(inner);
    }
    remove(directory, name, rmdirSync);
  }
}
