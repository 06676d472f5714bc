/**
 * Starts a race in processes of its own: bundled, because Node 20 does not read TypeScript; in a private mount
 * namespace on a tmpfs of its own, so that nothing of it is seen on the machine and nothing stays.
 */
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import type { RaceReport, RaceRule } from "./race-apply.ts";

/** Why no race can be run here, or null. */
export function whyNoRace(): string | null {
  if (process.platform !== "linux") return "needs Linux";
  if (process.getuid?.() !== 0) return "needs root";
  const mounts = spawnSync("unshare", ["-m", "--propagation", "private", "sh", "-c", "mount -t tmpfs race /mnt"]);
  if (mounts.status !== 0) return "needs the right to mount in a namespace";
  return spawnSync("python3", ["-c", "import ctypes"]).status === 0 ? null : "needs python3";
}

const ENTRY = "race:entry";

function entryFor(defender: string): string {
  const main = join(import.meta.dirname, "race-main.ts");
  return `import { raceMain } from ${JSON.stringify(main)};\nimport { defend } from ${JSON.stringify(defender)};\nraceMain(defend);\n`;
}

/** Bundles the race with one defender: the absolute path of a module that exports `defend`. */
export async function bundleRace(defender: string): Promise<{ script: string; remove(): void }> {
  const dir = mkdtempSync(join(tmpdir(), "race-"));
  const bundle = await rolldown({
    input: ENTRY,
    platform: "node",
    plugins: [{ name: "race-entry", resolveId: (id) => (id === ENTRY ? id : null), load: (id) => (id === ENTRY ? entryFor(defender) : null) }],
  });
  const script = join(dir, "race.mjs");
  await bundle.write({ file: script, format: "esm" });
  await bundle.close();
  return { script, remove: () => rmSync(dir, { recursive: true }) };
}

const IN_PRIVATE = 'mount -t tmpfs -o mode=0755 race "$1" && exec "$2" "$3" race "$4"';

export async function runRace(script: string, rule: Pick<RaceRule, "kind" | "swaps" | "rounds">): Promise<RaceReport> {
  const ground = mkdtempSync(join(tmpdir(), "race-ground-"));
  try {
    const full: RaceRule = { ...rule, ground: join(ground, "field"), mounter: join(import.meta.dirname, "bind-mounts.py") };
    const argv = ["-m", "--propagation", "private", "sh", "-c", IN_PRIVATE, "race", ground, process.execPath, script, JSON.stringify(full)];
    const { stdout } = await promisify(execFile)("unshare", argv, { encoding: "utf8" });
    return JSON.parse(stdout) as RaceReport;
  } finally {
    rmSync(ground, { recursive: true });
  }
}
