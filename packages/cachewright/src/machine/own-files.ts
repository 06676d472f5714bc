/** What the command brings along, where it is one executable (scripts/dist/executable.mjs): its files are inside, on no disk. */
import { getAsset, isSea } from "node:sea";

/** Whether this process is Cachewright with its own Node inside. */
export function isSingleExecutable(): boolean {
  return isSea() && ownAsset("cli/main.cjs") !== undefined;
}

/** A file of the single executable by its name below `dist/`; undefined where the files lie on a disk. */
export function ownAsset(name: string): string | undefined {
  if (!isSea()) return undefined;
  try {
    return getAsset(name, "utf8");
  } catch {
    // Somebody else's executable, which has the library in it.
    return undefined;
  }
}
