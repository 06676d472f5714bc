/** What stands for an archive elsewhere in the cache: a link, on Windows a small file with the same words. */
import { isUvArchiveId } from "./cache.ts";
import { readUvPointer, largestPointer, type UvPointerAnswer } from "./pointer.ts";
import type { Item, UvWalk } from "./cache-walk.ts";
import type { Looker } from "../../machine/machine.ts";

/**
 * "archive-v0/<id>", as the link says it, whether it leads there or not: absolute until 0.11.16, relative from 0.11.17 on.
 * Only the last two names count, as a cache that was moved has the old place in its links.
 */
export function linkedArchive(looker: Looker, { path, type }: Item): string | undefined {
  if (type === "link") {
    const target = looker.readlink(path);
    return target.ok ? archiveIn(target.value) : undefined;
  }
  if (type !== "file") return undefined;
  // uv-cache lib.rs, Windows: `archive-v0/<id>` and nothing else.
  const text = looker.readFile(path, 256);
  return text.ok && /^archive-v\d+[\\/][\w-]+\s*$/.test(text.value.toString("latin1")) ? archiveIn(text.value.toString("latin1").trim()) : undefined;
}

function archiveIn(target: string): string | undefined {
  const [id = "", bucket = ""] = target.replace(/[\\/]+$/, "").split(/[\\/]/).slice(-2).reverse();
  return /^archive-v\d+$/.test(bucket) && isUvArchiveId(id) ? `${bucket}/${id}` : undefined;
}

export function pointerAt({ looker }: Pick<UvWalk, "looker">, path: string): UvPointerAnswer {
  const bytes = looker.readFile(path, largestPointer);
  return bytes.ok ? readUvPointer(bytes.value, path.endsWith(".rev") ? "rev" : "http") : { fault: `it cannot be read: ${bytes.errno}` };
}
