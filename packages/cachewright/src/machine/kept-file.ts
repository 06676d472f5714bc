import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { checksum } from "./checksum.ts";
import type { Machine } from "./machine.ts";
import { chooseStateDir, distrust, existingStateDirs } from "./state-dir.ts";

/**
 * What was found out and is quickly found out again, kept below the state directory: losing it costs time alone, so
 * nothing is waited for, and no failure to keep it is one of the command.
 */
export interface KeptKind {
  /** The directory it has in the state directory. */
  readonly directory: string;
  /** A longer file is neither kept nor read. */
  readonly limit: number;
  /** Of more files than these the oldest go. */
  readonly most: number;
}

type Owner = Pick<Machine, "env" | "identity" | "account">;

/** Letters of the checksum before the body. */
const DIGEST = 16;
const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = fs.constants;

function nameOf(key: string): string {
  return `${checksum(Buffer.from(key))}.kept`;
}

/** As it lies in the file. */
export function sealed(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(checksum(bytes), "latin1"), bytes]);
}

function readWhole(fd: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let length = 0;
  while (length < size) {
    const read = fs.readSync(fd, bytes, length, size - length, length);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

/** A file of our own that nobody else may write; undefined for anything else. */
function readPrivate(file: string, { uid, limit }: { uid: number; limit: number }): Buffer | undefined {
  const fd = fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stat = fs.fstatSync(fd);
    const ours = stat.isFile() && (uid < 0 || (stat.uid === uid && (stat.mode & 0o022) === 0 && stat.nlink === 1));
    return ours && stat.size > DIGEST && stat.size <= limit + DIGEST ? readWhole(fd, stat.size) : undefined;
  } finally {
    fs.closeSync(fd);
  }
}

/** What was kept under `key`; undefined where nothing sound is. */
export function readKept(machine: Owner, { directory, limit }: KeptKind, key: string): Buffer | undefined {
  const uid = machine.identity.euid;
  for (const state of existingStateDirs(machine)) {
    try {
      const dir = path.join(state, directory);
      if (distrust(dir, uid) !== undefined) continue;
      const bytes = readPrivate(path.join(dir, nameOf(key)), { uid, limit });
      const body = bytes?.subarray(DIGEST);
      // It was not waited for on the disk: after a power cut it may be half there.
      if (body !== undefined && checksum(body) === (bytes as Buffer).toString("latin1", 0, DIGEST)) return body;
    } catch {
      // Not there, or not to be read: it is found out again.
    }
  }
  return undefined;
}

function makeRoom(dir: string, most: number): void {
  const files = fs.readdirSync(dir).map((name) => ({ file: path.join(dir, name), at: fs.lstatSync(path.join(dir, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }));
  files.sort((a, b) => b.at - a.at);
  for (const { file } of files.slice(most - 1)) fs.rmSync(file, { force: true });
}

/** False where it could not be kept. */
export function writeKept(machine: Owner, { directory, limit, most }: KeptKind, { key, bytes }: { key: string; bytes: Uint8Array }): boolean {
  if (bytes.length > limit) return false;
  try {
    const dir = path.join(existingStateDirs(machine)[0] ?? chooseStateDir(machine), directory);
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
    if (distrust(dir, machine.identity.euid) !== undefined) return false;
    const file = path.join(dir, nameOf(key));
    if (!fs.existsSync(file)) makeRoom(dir, most);
    const aside = `${file}.${randomBytes(4).toString("hex")}`;
    try {
      fs.writeFileSync(aside, sealed(bytes), { flag: "wx", mode: 0o600 });
      fs.renameSync(aside, file);
      return true;
    } finally {
      fs.rmSync(aside, { force: true });
    }
  } catch {
    return false;
  }
}
