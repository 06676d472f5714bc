/** A command as somebody at a terminal of the room sees it, alone and below `cachewright run`. */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import type { Patient } from "./patient.ts";
import { CACHEWRIGHT_IN_ROOM, NODE_IN_ROOM } from "./room.ts";
import { virtualScreen } from "../test/cli/virtual-screen.ts";
import { must } from "./step.ts";

const driver = join(import.meta.dirname, "../test/cli/terminal-driver.py");
const inRoom = "/mnt/terminal-driver.py";

export interface Seen {
  readonly bytes: Buffer;
  readonly output: string;
  readonly code: number;
  /** The terminal's modes are what they were. */
  readonly sane: boolean;
}

export interface AtTerminal {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export const under = (command: readonly string[]): string[] => [NODE_IN_ROOM, CACHEWRIGHT_IN_ROOM, "run", "--", ...command];

export async function atTerminal(patient: Patient, command: readonly string[], { env = {}, cwd = patient.account.home }: AtTerminal = {}): Promise<Seen> {
  copyFileSync(driver, patient.room.seen(inRoom));
  const { stdout, text } = await patient.run([patient.python, inRoom, "[]", ...command], { cwd, env: { TERM: "xterm-256color", ...env } });
  must(stdout.startsWith("{"), `nobody could sit at a terminal:\n${text}`);
  const { output, status = 0, sane = false, stuck } = JSON.parse(stdout) as { output: string; status?: number; sane?: boolean; stuck?: unknown };
  const bytes = Buffer.from(output, "base64");
  must(stuck === undefined && (status & 0x7f) === 0, `${command.join(" ")} should end by itself:\n${bytes.toString("utf8")}`);
  return { bytes, output: bytes.toString("utf8"), code: status >> 8, sane };
}

const control = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-Z\\-_=>78])|[\r\b]/g;

/** Every control sequence that was written, each once, in the order of the first. */
export const controls = ({ output }: Pick<Seen, "output">): string[] => [...new Set(output.match(control))].map((one) => JSON.stringify(one));

/**
 * What was shown, without what differs from one time to the next: names of the moment, times, sizes, speeds, how far a bar
 * or a wheel that turns was when it was drawn. A line that was drawn over and over is told once for each way it looked.
 */
export function shown({ output }: Pick<Seen, "output">): string[] {
  const frames = output.split(/[\r\n]+|\u001B\[\d*[AKJGF]/).map(withoutTheMoment).filter((line) => line !== "");
  return [...new Set(frames)];
}

/** What stands on the screen in the end, as long a screen as it takes. */
export function screenAfter({ output }: Pick<Seen, "output">): string[] {
  const screen = virtualScreen(99, 5000);
  screen.write(Buffer.from(output));
  return screen.lines().map(withoutTheMoment).filter((line) => line !== "");
}

function withoutTheMoment(line: string): string {
  return line.replace(control, "").replace(/[━╸╺█▏▎▍▌▋▊▉|=#>-]{2,}/g, "~").replace(/[\u2800-\u28FF◐◓◑◒]/g, "~")
    .replace(/\/tmp\/[^/\s'"]+|\b[0-9a-f]{8,}\b|\d+(?:[.:]\d+)*/g, "#").replace(/\b(?:k|M|G)?i?[Bb](?:ytes)?\/s\b|\?/g, "").replace(/\s+/g, " ")
    // Threads that are done in any order.
    .replace(/\w+(?:, \w+)+/g, (list) => list.split(", ").sort().join(", ")).trim();
}
