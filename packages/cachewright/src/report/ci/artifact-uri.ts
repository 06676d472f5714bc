import { pathToBytes } from "../../machine/path-bytes.ts";

/**
 * A path as a URI: relative where the path is, else `file:`. Every byte that is not unreserved (RFC 3986, 2.3) is
 * escaped, so that names of any bytes come through, a first segment with a colon among them.
 */
export function artifactUri(path: string): string {
  const slashed = /^[A-Za-z]:[\\/]|^\\\\/.test(path) ? path.replaceAll("\\", "/") : path;
  const drive = /^[A-Za-z]:\//.test(slashed) ? slashed.slice(0, 2) : "";
  const escaped = slashed.slice(drive.length).split("/").map(escapedSegment).join("/");
  if (drive !== "") return `file:///${drive}${escaped}`;
  if (slashed.startsWith("//")) return `file:${escaped}`;
  return slashed.startsWith("/") ? `file://${escaped}` : escaped.replace(/^(?:\.\/)+/, "");
}

export function isAbsoluteUri(uri: string): boolean {
  return uri.startsWith("file:");
}

function escapedSegment(segment: string): string {
  return [...bytesOf(segment)].map((byte) => (byte < 0x80 && /[\w.~-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)).join("");
}

/** What stands for no name (a NUL, a stray surrogate) can only come from a file that was handed over. */
function bytesOf(text: string): Uint8Array {
  try {
    return pathToBytes(text);
  } catch {
    return Buffer.from(text, "utf8");
  }
}
