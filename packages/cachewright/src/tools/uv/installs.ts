/** The uvs on a machine: lone programs, and what pip, pipx, conda and Homebrew installed. */
import { join } from "node:path";
import type { Machine } from "../../machine/machine.ts";
import type { ToolInstall } from "../tool.ts";
import { distributionInstalls } from "../python/distribution-installs.ts";
import { uvBinDir, userUvToml, type UvPlace } from "./locations.ts";

export function uvInstalls(machine: Machine, home: string | undefined): ToolInstall[] {
  const { platform, env, cwd } = machine;
  const place: UvPlace = { platform, env, home, cwd, version: newest, exists: (path) => machine.stat(path).ok };
  const command = platform === "win32" ? "uv.exe" : "uv";
  const receipt = installReceipt(machine, place);
  const dirs = [
    ...(receipt === undefined ? [] : [{ dir: receipt.prefix, found: "uv-receipt.json" }]),
    ...[env["UV_INSTALL_DIR"], uvBinDir(place, "UV_TOOL_BIN_DIR")?.path].flatMap((dir) => (dir ? [{ dir, found: dir }] : [])),
    ...(home === undefined ? [] : [{ dir: join(home, ".cargo/bin"), found: "~/.cargo/bin" }]),
    ...["/usr/local/bin", "/usr/bin", "/opt/homebrew/bin", "/home/linuxbrew/.linuxbrew/bin"].map((dir) => ({ dir, found: dir })),
  ];
  return distributionInstalls(machine, home, {
    tool: "uv", command, name: "uv",
    places: dirs.map(({ dir, found }) => ({ program: join(dir, command), found })),
    versionOf: (program, real) => versionInPath(real) ?? (receipt !== undefined && program === join(receipt.prefix, command) ? receipt.version : undefined),
  });
}

/** What depends on the version (an empty HOME, a relative directory) is no place where anybody installs. */
const newest = "99";

/** Homebrew (`Cellar/uv/0.8.0/bin/uv`) and version managers (`installs/uv/0.8.0/…`) keep versions apart by name. */
function versionInPath(real: string): string | undefined {
  return /\/uv\/(\d+\.\d+\.\d+)\//.exec(real)?.[1];
}

/** What the standalone installer writes down beside the person's settings (cargo-dist). `uv self update` rewrites it. */
function installReceipt(machine: Machine, place: UvPlace): { readonly prefix: string; readonly version: string | undefined } | undefined {
  const path = userUvToml(place)?.replace(/uv\.toml$/, "uv-receipt.json");
  const file = path === undefined ? undefined : machine.readFile(path, 1 << 16);
  if (file === undefined || !file.ok) return undefined;
  try {
    const receipt: unknown = JSON.parse(file.value.toString("utf8"));
    if (typeof receipt !== "object" || receipt === null || !("install_prefix" in receipt) || typeof receipt.install_prefix !== "string") return undefined;
    return { prefix: receipt.install_prefix, version: "version" in receipt && typeof receipt.version === "string" ? receipt.version : undefined };
  } catch {
    return undefined;
  }
}
