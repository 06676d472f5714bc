/** Where packages came from: `urls.txt`, one read for a whole cache. */
import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { redact } from "../../machine/redact.ts";
import type { Recreation } from "../tool-cache.ts";
import { archiveEndings } from "./package-dir.ts";

/** The platforms that conda knows (conda base/constants.py `KNOWN_SUBDIRS`), by their shape. */
const subdirName = /^(?:noarch|(?:linux|osx|win|emscripten|wasi|freebsd|zos)-[a-z0-9]+)$/;

export function isSubdir(name: string): boolean {
  return subdirName.test(name);
}

/** URLs that were downloaded here, the newest last. conda dies of bytes that are not UTF-8; here they become replacement characters. */
export function downloadedUrls(looker: Pick<Looker, "readFile">, directory: string): string[] {
  const file = looker.readFile(join(directory, "urls.txt"), 64 << 20);
  return file.ok ? file.value.toString("utf8").split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "") : [];
}

/** By file name. Of the same name from several channels the newest counts, as for conda (core/package_cache_data.py `UrlsData`). */
export function byFile(urls: readonly string[]): Map<string, string> {
  return new Map(urls.map((url) => {
    const plain = url.split("#")[0] ?? "";
    const name = plain.slice(plain.lastIndexOf("/") + 1);
    // Lines from before conda 4.1 name no ending; those were `.tar.bz2`.
    return [archiveEndings.some((ending) => name.endsWith(ending)) ? name : `${name}.tar.bz2`, plain];
  }));
}

/** "linux-64" of ".../conda-forge/linux-64/x.conda". */
export function subdirOf(url: string | undefined): string | null {
  const name = url?.split("/").at(-2);
  return name !== undefined && isSubdir(name) ? name : null;
}

/** Tokens of anaconda.org stand in the path. */
export function publicUrl(url: string): string {
  return redact(url.replace(/\/t\/[^/]+\//, "/t/***/"));
}

/** A channel on this disk may be gone. */
export function recreationBy(looker: Pick<Looker, "stat">, url: string | undefined): Recreation {
  if (url === undefined) return "impossible";
  if (!url.startsWith("file:")) return "download";
  try {
    const { pathname } = new URL(url);
    return looker.stat(decodeURIComponent(pathname)).ok ? "download" : "impossible";
  } catch {
    return "impossible";
  }
}
