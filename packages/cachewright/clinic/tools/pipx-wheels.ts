/** What pipx fetches for itself before anything else: the newest pip, and for old ones setuptools and wheel. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { openPipCache } from "./pips.ts";
import type { PythonTool } from "./pythons.ts";

/** Kept between runs. A string that is no path: why there are none. */
export function pipxWheels(python: PythonTool): { readonly directory: string } | { readonly obstacle: string } {
  const directory = join(openPipCache(), "wheels", "pipx");
  mkdirSync(directory, { recursive: true });
  if (existsSync(directory) && readdirSync(directory).filter((name) => name.endsWith(".whl")).length >= 3) return { directory };
  const { status, stderr } = spawnSync(python.executable, [
    "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir", "--disable-pip-version-check", "--only-binary", ":all:", "--dest", directory, "pip", "setuptools", "wheel",
  ], { encoding: "utf8" });
  return status === 0 ? { directory } : { obstacle: `the wheels that pipx fetches for itself cannot be had: ${stderr.trim().split("\n").at(-1)}` };
}
