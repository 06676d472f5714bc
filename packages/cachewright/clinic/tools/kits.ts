/** Real tools other than pip, an old and the newest of each, fetched once from the registry with all they need. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openPipCache } from "./pips.ts";
import { pyenvKit } from "./pyenvs.ts";
import { compareMinors, type PythonTool } from "./pythons.ts";

export type KitName = "uv" | "pipx" | "poetry" | "pdm" | "pipenv" | "hatch" | "virtualenv" | "pyenv";

export interface ToolKit {
  readonly name: KitName;
  /** "0.4.30"; "newest" when it could not be fetched. */
  readonly version: string;
  readonly newest: boolean;
  /** Undefined when this machine cannot have it. `site` holds the packages, and the programs in `bin`. */
  readonly kit?: { readonly python: PythonTool; readonly site: string };
  readonly obstacle?: string;
}

interface Wanted {
  readonly version: string | null;
  /** Pythons it runs on, both ends included. */
  readonly from: string;
  readonly to: string;
  /** What it needs in an age that suits it: what it asks for itself has no upper bound. */
  readonly beside?: readonly string[];
}

const newest: Wanted = { version: null, from: "3.10", to: "3.13" };

const wanted: Readonly<Record<Exclude<KitName, "pyenv">, readonly Wanted[]>> = {
  uv: [{ version: "0.4.30", from: "3.8", to: "3.13" }, newest],
  pipx: [{ version: "1.2.0", from: "3.8", to: "3.12", beside: ["packaging<24", "userpath", "argcomplete<4"] }, newest],
  poetry: [{ version: "1.8.5", from: "3.9", to: "3.12" }, newest],
  // What pdm 2.29 asks for has no upper bound, and with hishel 2 or unearth 0.19 it resolves nothing.
  pdm: [{ version: "2.12.4", from: "3.9", to: "3.12" }, { ...newest, beside: ["hishel>=1,<2", "unearth<0.19"] }],
  pipenv: [{ version: "2023.12.1", from: "3.9", to: "3.12" }, newest],
  hatch: [{ version: "1.9.7", from: "3.9", to: "3.12", beside: ["click<8.2", "virtualenv<20.27"] }, newest],
  virtualenv: [{ version: "20.13.4", from: "3.7", to: "3.10" }, newest],
};

function obtain(name: KitName, want: Wanted, pythons: readonly PythonTool[]): ToolKit {
  const missing = (obstacle: string): ToolKit => ({ name, version: want.version ?? "newest", newest: want.version === null, obstacle });
  const python = pythons.filter(({ minor, system }) => !system && compareMinors(minor, want.from) >= 0 && compareMinors(minor, want.to) <= 0).at(-1);
  if (python === undefined) return missing(`needs a Python ${want.from} to ${want.to} that is not the distribution's`);
  const cache = join(openPipCache(), "kits");
  mkdirSync(cache, { recursive: true });
  const site = join(cache, `${name}-${want.version ?? "newest"}-py${python.minor}`);
  const failed = existsSync(site) ? null : fetch(site, [want.version === null ? name : `${name}==${want.version}`, ...(want.beside ?? [])], python);
  if (failed !== null) return missing(`needs ${name}, which cannot be fetched: ${failed}`);
  const info = readdirSync(site).map((entry) => new RegExp(`^${name}-(\\d.*)\\.dist-info$`).exec(entry)?.[1]).find((version) => version !== undefined);
  return { name, version: info ?? want.version ?? "newest", newest: want.version === null, kit: { python, site } };
}

/** Made aside and renamed: several files of cases may want the same kit at once. */
function fetch(site: string, what: readonly string[], python: PythonTool): string | null {
  const half = mkdtempSync(`${site}.half-`);
  const { status, stderr, stdout } = spawnSync(python.executable, [
    "-m", "pip", "install", "--quiet", "--no-cache-dir", "--disable-pip-version-check", "--no-warn-script-location", "--only-binary", ":all:", "--target", half, ...what,
  ], { encoding: "utf8" });
  try {
    if (status !== 0) return `${stderr}${stdout}`.trim().split("\n").at(-1) ?? "pip failed";
    if (!existsSync(site)) renameSync(half, site);
    return null;
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}

export function kitsOf(name: KitName, pythons: readonly PythonTool[]): ToolKit[] {
  if (name === "pyenv") return [pyenvKit(pythons)];
  return wanted[name].map((want) => obtain(name, want, pythons));
}
