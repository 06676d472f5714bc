/** Zip and tar.gz archives in memory: what a wheel and an sdist are. Stored, with fixed dates, so equal input gives equal bytes. */
import { crc32, gzipSync } from "node:zlib";

export type Members = Readonly<Record<string, string | Buffer>>;

const DOS_DATE = ((2024 - 1980) << 9) | (1 << 5) | 1;

function zipHeader(signature: number, central: boolean, name: Buffer, data: Buffer): Buffer {
  const fixed = Buffer.alloc(central ? 46 : 30);
  fixed.writeUInt32LE(signature, 0);
  let at = 4;
  if (central) at = fixed.writeUInt16LE((3 << 8) | 20, at);
  at = fixed.writeUInt16LE(20, at); // version needed
  at = fixed.writeUInt16LE(0, at); // flags
  at = fixed.writeUInt16LE(0, at); // stored
  at = fixed.writeUInt16LE(0, at); // time
  at = fixed.writeUInt16LE(DOS_DATE, at);
  at = fixed.writeUInt32LE(crc32(data), at);
  at = fixed.writeUInt32LE(data.length, at);
  at = fixed.writeUInt32LE(data.length, at);
  fixed.writeUInt16LE(name.length, at);
  return fixed;
}

export function zip(members: Members): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(members)) {
    const name = Buffer.from(path);
    const data = Buffer.from(content);
    const head = zipHeader(0x04034b50, false, name, data);
    const entry = zipHeader(0x02014b50, true, name, data);
    entry.writeUInt32LE(0o100644 * 0x10000, 38);
    entry.writeUInt32LE(offset, 42);
    local.push(head, name, data);
    central.push(entry, name);
    offset += head.length + name.length + data.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  const count = Object.keys(members).length;
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

function tarHeader(path: string, size: number): Buffer {
  const head = Buffer.alloc(512);
  head.write(path, 0);
  head.write("0000644\0", 100);
  head.write("0000000\0", 108);
  head.write("0000000\0", 116);
  head.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  head.write("14544260000\0", 136);
  head.write("        ", 148);
  head.write("0", 156);
  head.write("ustar\0" + "00", 257);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return head;
}

export function tarGz(members: Members): Buffer {
  const parts: Buffer[] = [];
  for (const [path, content] of Object.entries(members)) {
    const data = Buffer.from(content);
    parts.push(tarHeader(path, data.length), data, Buffer.alloc((512 - (data.length % 512)) % 512));
  }
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]));
}
