/** vitest's global set-up: looks once what this machine can run, fetches the pips, and tells every file of cases. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {} from "vitest";
import type { TestProject } from "vitest/node";
import { findPips, openPipCache, type PipTool } from "./tools/pips.ts";
import { findPythons, type PythonTool } from "./tools/pythons.ts";
import { INDEX_PREFIX, ROOM_PREFIX } from "./room.ts";

export interface Equipment {
  /** Why no case at all can run here. */
  readonly obstacle: string | null;
  readonly pythons: readonly PythonTool[];
  readonly pips: readonly PipTool[];
  /** Commands some cases need and this machine lacks. */
  readonly missing: readonly string[];
}

declare module "vitest" {
  interface ProvidedContext {
    equipment: Equipment;
  }
}

const NEEDED = ["unshare", "nsenter", "setpriv", "useradd", "mount", "openssl"];
const USEFUL = ["git", "sudo", "setfacl", "getfacl", "chattr", "flock", "losetup", "btrfs", "mkfs.btrfs", "mkfs.exfat", "mount.exfat-fuse"];

const lacking = (commands: readonly string[]) =>
  commands.filter((command) => spawnSync("sh", ["-c", `command -v ${command}`]).status !== 0);

/** What is meant in a container is an illness elsewhere: the container's signs cannot be hidden from a room. */
const isContainer = (): boolean => ["/.dockerenv", "/run/.containerenv"].some((sign) => existsSync(sign));

function generalObstacle(): string | null {
  if (process.platform !== "linux") return "needs Linux";
  if (process.getuid?.() !== 0) return "needs root";
  const missing = lacking(NEEDED);
  if (missing.length > 0) return `needs ${missing.join(", ")}`;
  const namespace = spawnSync("unshare", ["-m", "--propagation", "private", "true"], { encoding: "utf8" });
  return namespace.status === 0 ? null : `needs a private mount namespace (${namespace.stderr.trim()})`;
}

/** What a killed run leaves: its namespaces went with its processes, only directories can be left. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = [ROOM_PREFIX, INDEX_PREFIX].filter((prefix) => name.startsWith(prefix)).map((prefix) => Number(name.slice(prefix.length).split("-")[0]))[0];
    if (pid !== undefined && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export function setup(project: TestProject): void {
  let obstacle = generalObstacle();
  const pythons = obstacle === null ? findPythons() : [];
  if (obstacle === null && pythons.length === 0) obstacle = "needs a Python";
  if (obstacle === null) sweep();
  const pips = obstacle === null ? findPips(pythons, openPipCache()) : [];
  project.provide("equipment", { obstacle, pythons, pips, missing: [...lacking(USEFUL), ...(isContainer() ? ["a machine that is no container"] : [])] });
}
