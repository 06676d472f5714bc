/** Real uv, poetry, pdm …: each version in a virtual environment of its own, fetched once from the registry. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ToolName } from "../../src/tools/tool.ts";
import { compareMinors, type PythonTool } from "./pythons.ts";
import { openPipCache } from "./pips.ts";

export type FoundPythonTool =
  | { readonly tool: ToolName; readonly version: string; readonly prefix: string; readonly obstacle: null }
  | { readonly tool: ToolName; readonly version: string; readonly prefix: null; readonly obstacle: string };

interface Wanted {
  readonly tool: ToolName;
  /** null: the newest. */
  readonly version: string | null;
  /** Pythons it runs on, both ends included. */
  readonly from: string;
  readonly to: string;
  /** What it needs beside itself, or older than it asks for. */
  readonly with?: readonly string[];
}

export const wantedTools: readonly Wanted[] = [
  { tool: "uv", version: "0.4.30", from: "3.8", to: "3.99" },
  { tool: "uv", version: null, from: "3.8", to: "3.99" },
  { tool: "poetry", version: "1.8.5", from: "3.8", to: "3.12" },
  { tool: "poetry", version: null, from: "3.10", to: "3.99" },
  { tool: "pdm", version: "2.10.4", from: "3.8", to: "3.12" },
  { tool: "pdm", version: null, from: "3.9", to: "3.99" },
  { tool: "pipenv", version: "2022.12.19", from: "3.7", to: "3.11", with: ["setuptools<70"] },
  { tool: "pipenv", version: null, from: "3.10", to: "3.99" },
  { tool: "hatch", version: "1.9.7", from: "3.8", to: "3.12", with: ["virtualenv<20.30", "click<8.2"] },
  { tool: "hatch", version: null, from: "3.10", to: "3.99" },
  { tool: "pipx", version: "1.2.1", from: "3.7", to: "3.12" },
  { tool: "pipx", version: null, from: "3.10", to: "3.99" },
  { tool: "virtualenv", version: "20.26.6", from: "3.7", to: "3.13" },
  { tool: "virtualenv", version: null, from: "3.9", to: "3.99" },
];

/** Fetches what is not there yet. */
export function findPythonTool(wanted: Wanted, pythons: readonly PythonTool[]): FoundPythonTool {
  const { tool, from, to } = wanted;
  const name = wanted.version ?? "newest";
  const missing = (obstacle: string): FoundPythonTool => ({ tool, version: name, prefix: null, obstacle });
  const python = pythons.filter(({ minor }) => compareMinors(minor, from) >= 0 && compareMinors(minor, to) <= 0).at(-1);
  if (python === undefined) return missing(`needs a Python ${from} to ${to}`);
  const prefix = join(openPipCache(), "tools", `${tool}-${name}-py${python.minor}`);
  const failed = existsSync(prefix) ? null : install(wanted, python, prefix);
  if (failed !== null) return missing(`${tool} cannot be fetched: ${failed}`);
  const version = versionIn(prefix, python.minor, tool);
  return version === undefined ? missing(`${prefix} has no ${tool}`) : { tool, version, prefix, obstacle: null };
}

function run(program: string, args: readonly string[]): string | null {
  const { status, stderr, stdout } = spawnSync(program, args, { encoding: "utf8" });
  return status === 0 ? null : `${stderr}${stdout}`.trim().split("\n").at(-1) ?? "failed";
}

/** A half-made one is not taken for whole: its mark is made last. Scripts name the place, so that it is not moved. */
function install({ tool, version, with: more = [] }: Wanted, python: PythonTool, prefix: string): string | null {
  const unfinished = `${prefix}.unfinished`;
  mkdirSync(join(prefix, ".."), { recursive: true });
  rmSync(unfinished, { recursive: true, force: true });
  const made = run(python.executable, ["-m", "venv", prefix]);
  const failed = made ?? run(join(prefix, "bin/python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", version === null ? tool : `${tool}==${version}`, ...more]);
  if (failed !== null && existsSync(prefix)) {
    renameSync(prefix, unfinished);
    rmSync(unfinished, { recursive: true, force: true });
  }
  return failed;
}

function versionIn(prefix: string, minor: string, tool: string): string | undefined {
  const site = join(prefix, "lib", `python${minor}`, "site-packages");
  const shape = new RegExp(`^${tool}-(\\d[^-]*)\\.dist-info$`);
  return existsSync(site) ? readdirSync(site).map((name) => shape.exec(name)?.[1]).find((found) => found !== undefined) : undefined;
}
