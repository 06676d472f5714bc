/**
 * How far a bzip2 file can be judged without unpacking it: it begins with "BZh" and a first block, and ends with the
 * 48 bits of pi's square root and a checksum, at whatever bit the last block ended (bzip2 decompress.c).
 */
import type { Looker } from "../../machine/machine.ts";

const begins = /^BZh[1-9]1AY&SY/;
/** An archive of nothing has no block. */
const beginsEmpty = /^BZh[1-9]\x17rE8P\x90/;
const end = 0x177245385090n;
const endBits = 48n;
const checksumBits = 32n;

export function bzip2Fault(looker: Pick<Looker, "readPart" | "readEnd">, path: string): "truncated" | "malformed" | undefined {
  const head = looker.readPart(path, { offset: 0, length: 10 });
  const tail = looker.readEnd(path, 11);
  if (!head.ok || !tail.ok) return undefined;
  const first = head.value.toString("latin1");
  if (first === "" || ("BZh91AY&SY".startsWith(first) && first.length < 10)) return "truncated";
  if (!begins.test(first) && !beginsEmpty.test(first)) return "malformed";
  return endsWhole(tail.value) ? undefined : "truncated";
}

function endsWhole(tail: Buffer): boolean {
  const bits = BigInt(`0x${tail.toString("hex") || "0"}`);
  const mask = (1n << endBits) - 1n;
  for (let padding = 0n; padding < 8n; padding += 1n) if (((bits >> (padding + checksumBits)) & mask) === end) return true;
  return false;
}
