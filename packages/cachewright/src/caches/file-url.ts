import { pathToBytes } from "../machine/path-bytes.ts";

/** RFC 8089; a name of any bytes. */
export function fileUrl(path: string): string {
  return `file://${[...pathToBytes(path)].map((byte) => (/[\w./~-]/.test(String.fromCharCode(byte)) && byte < 0x80 ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)).join("")}`;
}
