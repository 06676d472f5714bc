/** Small files of our own beside the journal: worth keeping, and worth nothing when they cannot be kept. */
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Looker, Machine } from "./machine.ts";
import { chooseStateDir, existingStateDirs } from "./state-dir.ts";

type Owner = Pick<Machine, "env" | "identity" | "account">;

/** undefined where there is none that is ours. A name is that of a file, without a path. */
export function readStateFile(machine: Owner & Pick<Looker, "lstat" | "readFile">, name: string, limit: number): string | undefined {
  for (const dir of existingStateDirs(machine)) {
    const file = path.join(dir, name);
    const seen = machine.lstat(file);
    if (!seen.ok || seen.value.type !== "file" || (machine.identity.euid >= 0 && seen.value.uid !== machine.identity.euid)) continue;
    const read = machine.readFile(file, limit);
    if (read.ok) return read.value.toString("utf8");
  }
  return undefined;
}

/** False when it could not be written; the old one is then still whole. Nobody waits for the disk. */
export function writeStateFile(machine: Owner, name: string, text: string): boolean {
  let temporary: string | undefined;
  try {
    const dir = existingStateDirs(machine)[0] ?? chooseStateDir(machine, { bytes: text.length });
    temporary = path.join(dir, `.${name}-${process.pid}-${randomBytes(4).toString("hex")}`);
    fs.writeFileSync(temporary, text, { mode: 0o600, flag: "wx" });
    fs.renameSync(temporary, path.join(dir, name));
    return true;
  } catch {
    if (temporary !== undefined) fs.rmSync(temporary, { force: true });
    return false;
  }
}
