import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, type Stats } from "node:fs";
import { isatty } from "node:tty";

/** Where the command's output goes, and how it can be seen without changing that. */
export interface OutputPlaces {
  /** For the relay (relay/start.py): "1t2t", "1p2="; empty where there is nothing for it to do. */
  readonly stands: string;
  readonly mode: "session" | "output";
  /** What was written to files is read from them afterwards. */
  readonly files: readonly Written[];
}

interface Written {
  readonly fd: number;
  readonly from: number;
}

type Kind = "terminal" | "pipe" | "file" | "other";

interface Place {
  readonly fd: number;
  readonly stat: Stats;
  readonly kind: Kind;
}

function placeOf(fd: number): Place | undefined {
  try {
    const stat = fstatSync(fd);
    const kind = stat.isFIFO() || stat.isSocket() ? "pipe" : stat.isFile() ? "file" : stat.isCharacterDevice() && isatty(fd) ? "terminal" : "other";
    return { fd, stat, kind };
  } catch {
    return undefined;
  }
}

const sameFile = (one: Place, other: Place): boolean => one.stat.ino === other.stat.ino && one.stat.dev === other.stat.dev;

/**
 * With keyboard and screen both the same terminal, the command gets one of its own between: nothing else keeps order, modes
 * and job control together. Where others share the terminal (`… | less`), the keyboard is not touched.
 */
export function outputPlaces(): OutputPlaces {
  const [input, ...outputs] = [0, 1, 2].map(placeOf);
  const places = outputs.filter((place) => place !== undefined);
  const [screen] = places.filter(({ kind }) => kind === "terminal");
  const files = places.filter(({ kind }) => kind === "file").filter((place, at, all) => !all.slice(0, at).some((other) => sameFile(place, other)));
  const written = files.flatMap(({ fd, stat }) => startOf(fd, stat));
  if (screen !== undefined) {
    const stands = places.filter(({ kind, stat }) => kind === "terminal" && stat.rdev === screen.stat.rdev).map(({ fd }) => `${fd}t`).join("");
    const both = screen.fd === 1 && input?.kind === "terminal" && input.stat.rdev === screen.stat.rdev;
    return { stands, mode: both ? "session" : "output", files: written };
  }
  const pipes = places.filter(({ kind }) => kind === "pipe");
  const stands = pipes.map((place, at) => `${place.fd}${at > 0 && sameFile(place, pipes[0]!) ? "=" : "p"}`).join("");
  return { stands, mode: "output", files: written };
}

/** Where the next byte will be written; only Linux tells. */
function startOf(fd: number, { size }: Stats): Written[] {
  try {
    const info = readFileSync(`/proc/self/fdinfo/${fd}`, "utf8");
    const number = (name: string, base: number): number => Number.parseInt(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(info)?.[1] ?? "0", base);
    return [{ fd, from: (number("flags", 8) & constants.O_APPEND) === 0 ? number("pos", 10) : size }];
  } catch {
    return [];
  }
}

/** What has been written there since, at most `keep` bytes of either end; nothing where it may not be read. */
export function readWritten({ fd, from }: Written, keep: number): Uint8Array {
  try {
    const file = openSync(`/proc/self/fd/${fd}`, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const { size } = fstatSync(file);
      const part = (start: number, end: number): Uint8Array => {
        const bytes = Buffer.alloc(Math.max(0, end - start));
        return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, start));
      };
      if (size - from <= 2 * keep) return part(from, size);
      return Buffer.concat([part(from, from + keep), Buffer.from("\n"), part(size - keep, size)]);
    } finally {
      closeSync(file);
    }
  } catch {
    return new Uint8Array(0);
  }
}
