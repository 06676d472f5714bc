/** Wheels and source distributions in memory, deflated as real ones are, and with whatever is to be wrong about them. */
import { createHash } from "node:crypto";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";

export type Members = Readonly<Record<string, string | Buffer>>;

/** What a directory says instead of the truth. */
export interface Lie { readonly crc?: number; readonly size?: number; readonly at?: number; readonly method?: number }

export interface ZipOptions {
  readonly lies?: Readonly<Record<string, Lie>>;
  /** Stored instead of deflated. */
  readonly stored?: readonly string[];
  readonly comment?: string;
}

export function deflatedZip(members: Members, { lies = {}, stored = [], comment = "" }: ZipOptions = {}): Buffer {
  const [local, central]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [path, content] of Object.entries(members)) {
    const [name, data, lie] = [Buffer.from(path), Buffer.from(content), lies[path] ?? {}];
    const method = stored.includes(path) ? 0 : 8;
    const packed = method === 0 ? data : deflateRawSync(data);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(lie.method ?? method, 4);
    common.writeUInt32LE(lie.crc ?? crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(lie.size ?? data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(lie.at ?? offset, 10);
    const head = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, name, packed]);
    local.push(head);
    central.push(Buffer.from("PK\x01\x02\x14\x03", "latin1"), common, tail, name);
    offset += head.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(members).length, 8);
  end.writeUInt16LE(Object.keys(members).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...local, directory, end, Buffer.from(comment)]);
}

export function recordLine(path: string, content: string | Buffer): string {
  return `${path.includes(",") ? `"${path}"` : path},sha256=${createHash("sha256").update(content).digest("base64url")},${Buffer.from(content).length}\n`;
}

export interface WheelOptions extends ZipOptions {
  readonly files?: Members;
  readonly tags?: readonly string[];
  readonly record?: string;
  /** As the file name has it; default: the project's own name. */
  readonly escaped?: string;
}

/** A wheel with a RECORD that is right, unless told otherwise. */
export function sampleWheel(project: string, version: string, options: WheelOptions = {}): Buffer {
  const { files = { [`${project}/__init__.py`]: "VALUE = 1\n" }, tags = ["py3-none-any"], escaped = project } = options;
  const info = `${escaped}-${version}.dist-info`;
  const members = {
    ...files,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${project}\nVersion: ${version}\n\n${"A manual. ".repeat(40)}\n`,
    [`${info}/WHEEL`]: `Wheel-Version: 1.0\nRoot-Is-Purelib: true\n${tags.map((tag) => `Tag: ${tag}\n`).join("")}`,
  };
  const record = Object.entries(members).map(([path, content]) => recordLine(path, content)).join("");
  return deflatedZip({ ...members, [`${info}/RECORD`]: options.record ?? `${record}${info}/RECORD,,\n` }, options);
}

export function tarOf(members: Members): Buffer {
  const parts = Object.entries(members).flatMap(([path, content]) => {
    const [head, data] = [Buffer.alloc(512), Buffer.from(content)];
    head.write(path, 0);
    head.write(`${data.length.toString(8).padStart(11, "0")}\0`, 124);
    head.write("        ", 148);
    head.write("0", 156);
    head.write("ustar\0" + "00", 257);
    head.write(`${head.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, "0")}\0 `, 148);
    return [head, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

export function sampleSdist(project: string, version: string, files: Members = {}): Buffer {
  const top = `${project}-${version}`;
  return gzipSync(tarOf({ [`${top}/setup.py`]: "from setuptools import setup\n", [`${top}/PKG-INFO`]: `Metadata-Version: 2.1\nName: ${project}\nVersion: ${version}\n`, ...files }));
}
