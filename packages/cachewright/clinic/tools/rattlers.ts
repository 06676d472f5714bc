/** py-rattler of two ages: a real implementation of conda's formats that a package registry has. Fetched once, as the pips are. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { compareMinors, type PythonTool } from "./pythons.ts";

export type RattlerTool =
  | { readonly version: string; readonly newest: boolean; readonly python: PythonTool; /** Holds `rattler`. */ readonly site: string; readonly obstacle: null }
  | { readonly version: string; readonly newest: boolean; readonly obstacle: string };

/** The old one has no lock for the whole cache, and locks `<package>.lock` itself. */
const wanted: readonly (string | null)[] = ["0.9.1", null];

function obtain(version: string | null, python: PythonTool | undefined, cache: string): RattlerTool {
  const name = version ?? "newest";
  const missing = (obstacle: string): RattlerTool => ({ version: name, newest: version === null, obstacle });
  if (python === undefined) return missing("py-rattler needs a Python from 3.10 on that is not the distribution's");
  const site = join(cache, "rattlers", `${name}-py${python.minor}`);
  if (!existsSync(site)) {
    const half = `${site}.half-${process.pid}`;
    mkdirSync(half, { recursive: true });
    const what = version === null ? "py-rattler" : `py-rattler==${version}`;
    const { status, stderr } = spawnSync(python.executable, ["-m", "pip", "install", "--quiet", "--no-deps", "--no-cache-dir", "--disable-pip-version-check", "--only-binary", ":all:", "--target", half, what], { encoding: "utf8" });
    if (status !== 0) {
      rmSync(half, { recursive: true, force: true });
      return missing(`py-rattler cannot be fetched: ${stderr.trim().split("\n").at(-1) ?? ""}`);
    }
    renameSync(half, site);
  }
  const info = readdirSync(site).find((entry) => entry.endsWith(".dist-info"));
  return { version: info?.split("-")[1]?.replace(/\.dist$/, "") ?? name, newest: version === null, python, site, obstacle: null };
}

export function findRattlers(pythons: readonly PythonTool[], cache: () => string): readonly RattlerTool[] {
  const python = pythons.filter(({ minor, system }) => !system && compareMinors(minor, "3.10") >= 0).at(-1);
  return wanted.map((version) => obtain(version, python, python === undefined ? "" : cache()));
}
