import { readSync } from "node:fs";

/** Small parts share a piece of memory: tens of thousands of files are read so, and an allocation is dearer than the read. */
const slabSize = 256 << 10;
const slab = { bytes: Buffer.alloc(0), used: 0 };

function roomFor(length: number): Buffer {
  if (length > slabSize / 8) return Buffer.allocUnsafe(length);
  if (slab.used + length > slab.bytes.length) {
    slab.bytes = Buffer.allocUnsafeSlow(slabSize);
    slab.used = 0;
  }
  slab.used += length;
  return slab.bytes.subarray(slab.used - length, slab.used);
}

/** Bytes of an open file; fewer where it ends. */
export function partOf(fd: number, offset: number, length: number): Buffer {
  // Only what was read is handed out.
  const bytes = roomFor(length);
  let done = 0;
  while (done < length) {
    const read = readSync(fd, bytes, done, length - done, offset + done);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
}
