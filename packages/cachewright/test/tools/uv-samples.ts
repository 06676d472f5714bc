/**
 * Caches as real uvs of four ages wrote them (`uv-caches/`: wheels and source distributions of an index, of URLs, paths,
 * a directory and a commit; without what only holds on one machine), and what those leave out, to the byte like uv's.
 */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export type UvSampleVersion = "0.1.45" | "0.4.30" | "0.12.17" | "0.13.9";

type Part = { readonly text: string } | { readonly base64: string } | { readonly link: string } | { readonly directory: true };

/** Absolute links lead below where the cache was written; here they are led to where it is. */
const writtenAt = "/home/ada/.cache/uv";

export function writeUvSample(version: UvSampleVersion, root: string, at = root): void {
  const parts = JSON.parse(readFileSync(join(import.meta.dirname, "uv-caches", `uv-${version}.json`), "utf8")) as Readonly<Record<string, Part>>;
  for (const [path, part] of Object.entries(parts)) {
    if ("directory" in part) mkdirSync(join(root, path), { recursive: true });
    else if ("link" in part) link(join(root, path), part.link.replace(writtenAt, at));
    else file(join(root, path), "text" in part ? part.text : Buffer.from(part.base64, "base64"));
  }
}

export function file(path: string, content: string | Uint8Array = ""): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

export function link(path: string, target: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/** MessagePack of small values, as rmp writes it. */
export function packed(value: unknown): Buffer {
  if (value === null) return Buffer.from([0xc0]);
  if (typeof value === "boolean") return Buffer.from([value ? 0xc3 : 0xc2]);
  if (typeof value === "number") return value < 0x80 ? Buffer.from([value]) : Buffer.from([0xce, value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]);
  if (typeof value === "string") {
    const bytes = Buffer.from(value);
    return Buffer.concat([bytes.length < 32 ? Buffer.from([0xa0 | bytes.length]) : Buffer.from([0xd9, bytes.length]), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([value.length < 16 ? Buffer.from([0x90 | value.length]) : Buffer.from([0xdc, 0, value.length]), ...value.map(packed)]);
  const entries = Object.entries(value as object);
  return Buffer.concat([Buffer.from([0x80 | entries.length]), ...entries.flat().map(packed)]);
}

/** `[timestamp, answers]` in the order of 0.9. */
export function interpreterRecord(executable: string): Buffer {
  const markers = { implementation_name: "cpython", python_full_version: "3.12.1", python_version: "3.12" };
  return packed([[1795280322, 182845102], [[["manylinux", 2, 36], "x86_64"], markers, ["/usr/lib/python3/dist-packages"], ["lib"], true, "/usr", "/usr", "/usr", executable, executable, ["/usr/lib/python312.zip"], "/usr/lib/python3.12", false]]);
}

/** An environment of `uvx`, with one package asked for. */
export function environment(prefix: string, python: string): void {
  file(join(prefix, "pyvenv.cfg"), "home = /usr/bin\nimplementation = CPython\nuv = 0.13.9\nversion_info = 3.12.1\n");
  link(join(prefix, "bin", "python"), python);
  const site = join(prefix, "lib", "python3.12", "site-packages");
  file(join(site, "tool.py"), "VALUE = 1\n");
  file(join(site, "tool-4.0.dist-info", "METADATA"), "Metadata-Version: 2.1\nName: tool\nVersion: 4.0\n");
  file(join(site, "tool-4.0.dist-info", "REQUESTED"));
  file(join(site, "tool-4.0.dist-info", "RECORD"), "tool.py,sha256=4T34xEr13qHkEkA5ELmcxaSPLMv2imazN01quc75_GU,10\n../../../bin/gone,,\ntool-4.0.dist-info/RECORD,,\n");
}
