/** What only a package's own files tell: read for one entry at a time. */
import type { Looker } from "../../machine/machine.ts";
import type { CacheEntry } from "../tool-cache.ts";
import { publicUrl, recreationBy } from "./dist-urls.ts";
import { namesOf } from "./list-packages.ts";
import { archiveEndings, distOf, indexOf, recordOf } from "./package-dir.ts";
import { archiveBase, archiveRecord } from "./verify-archive.ts";

export function detailsOf(looker: Pick<Looker, "readFile" | "stat">, entry: CacheEntry): CacheEntry {
  const [path = ""] = entry.paths;
  const isArchive = archiveEndings.some((ending) => path.endsWith(ending));
  if (!isArchive && entry.kind !== "package") return entry;
  const record = isArchive ? archiveRecord(looker, path) : recordOf(looker, path);
  const index = indexOf(looker, archiveBase(path));
  const dist = index ?? distOf(path.slice(path.lastIndexOf("/") + 1));
  const subdir = record?.subdir ?? index?.subdir ?? null;
  const hashes = Object.fromEntries((["sha256", "md5"] as const).flatMap((name) => (record?.[name] === undefined ? [] : [[name, record[name]]])));
  const url = record?.url;
  return {
    ...entry, ...(subdir === null ? {} : namesOf(dist, subdir)),
    ...(url === undefined ? {} : { url: publicUrl(url), recreate: recreationBy(looker, url) }), ...(Object.keys(hashes).length === 0 ? {} : { hashes }),
  };
}
