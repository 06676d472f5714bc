/** What the process was started with, and what it ends with. */
import { realpathSync } from "node:fs";
import { isSingleExecutable } from "./own-files.ts";

/** The words after the program's name. */
export function argv(): string[] {
  return process.argv.slice(2);
}

export function environment(name: string): string | undefined {
  return process.env[name];
}

/** At once: everything has been written by then, and Node would wait for V8 to tidy up a heap that is thrown away. */
export function exitWith(code: number): void {
  process.exit(code);
}

/** How the person started us, so that a command we print can be typed as it stands. */
export function spokenName(env: Readonly<Record<string, string | undefined>> = process.env): string {
  if (env["npm_lifecycle_event"] === "start") return "npm start --";
  if (env["npm_command"] === "exec" || env["npm_lifecycle_event"] === "npx") return "npx cachewright";
  return isSingleExecutable() ? quoted(process.argv0) : "cachewright";
}

/** A path with a space in it cannot be typed as it stands. */
function quoted(name: string): string {
  return /^[\w./+@%:-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

/** This very program by absolute paths: sudo's path has neither nvm's node nor npx. */
export function absoluteCommand(): readonly [program: string, ...script: string[]] {
  // Node repeats the program's name there, so that the words begin where they always do.
  if (isSingleExecutable()) return [process.execPath];
  const script = process.argv[1] ?? "cachewright";
  try {
    return [process.execPath, realpathSync.native(script)];
  } catch {
    return [process.execPath, script];
  }
}
