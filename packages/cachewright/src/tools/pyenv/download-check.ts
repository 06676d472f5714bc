/** Archives that python-build keeps, against the checksums in its own definitions. */
import { basename, dirname, join } from "node:path";
import { checkArchive, checkDigest, type FileCheck } from "../python/entry-check.ts";
import { namesOf } from "../python/is-directory.ts";
import type { CacheAsk, CacheEntry } from "../tool-cache.ts";

/** `https://…/Python-3.12.1.tar.xz#<64 hexadecimal digits>`; MD5 in very old definitions. */
const statement = /\/([^/\s"#]{1,200})#([0-9a-fA-F]{64}|[0-9a-fA-F]{32})(?=["\s])/g;

/** By the name of the file: all checksums that any definition has for it. */
export function statedChecksums({ machine, root }: CacheAsk): ReadonlyMap<string, readonly string[]> {
  const directory = join(dirname(root), "plugins/python-build/share/python-build");
  const known = new Map<string, Set<string>>();
  for (const name of namesOf(machine, directory)) {
    const read = machine.readFile(join(directory, name), 256 << 10);
    for (const [, file = "", checksum = ""] of read.ok ? read.value.toString("utf8").matchAll(statement) : []) known.set(file, (known.get(file) ?? new Set()).add(checksum.toLowerCase()));
  }
  return new Map([...known].map(([file, checksums]) => [file, [...checksums]]));
}

/** A wrong one is passed over and fetched anew (`verify_checksum`); where no definition tells, the archive itself may. */
export function checkDownload({ machine }: CacheAsk, entry: CacheEntry, { path, stated }: { readonly path: string; readonly stated: ReadonlyMap<string, readonly string[]> }): FileCheck {
  const expected = stated.get(basename(path)) ?? [];
  const [sha256, md5] = [expected.filter((one) => one.length === 64), expected.filter((one) => one.length === 32)];
  if (sha256.length > 0) return checkDigest(machine, entry, { path, algorithm: "sha256", expected: sha256 });
  if (md5.length > 0) return checkDigest(machine, entry, { path, algorithm: "md5", expected: md5 });
  return /\.(?:tar\.gz|tgz|zip)$/.test(path) ? checkArchive(machine, entry, { path }) : { faults: [], bytes: 0, unproven: true };
}
