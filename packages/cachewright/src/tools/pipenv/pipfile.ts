/** Which Pipfile a pipenv works on (pipenv project.py, utils/pipfile.py). */
import { dirname } from "node:path";
import { absolutePath, joinPath } from "../pip/home.ts";
import { comparePipVersions } from "../pip/version.ts";
import { readTomlConfig, type TomlConfig } from "../python/toml-config.ts";
import type { Asked } from "../tool.ts";
import { pipenvVariable } from "./variables.ts";

export function pipenvAtLeast(version: string, least: string): boolean {
  return comparePipVersions(version, least) >= 0;
}

/** How many directories are looked through, the working directory included. Undefined where the variable is no number: pipenv dies. */
export function pipenvDepth({ machine: { env }, version }: Asked): number | undefined {
  const inherit = pipenvVariable(env, "PIPENV_NO_INHERIT");
  const found = pipenvVariable(env, "PIPENV_MAX_DEPTH", "PIPENV_NO_MAX_DEPTH")?.value ?? (pipenvAtLeast(version, "2024.0.2") ? "10" : "3");
  // What is no number ends pipenv even where it counts for nothing.
  if (typeof found === "string" && !/^\s*[+-]?\d+\s*$/.test(found)) return undefined;
  if (inherit !== undefined && Boolean(inherit.value)) return 1;
  return typeof found === "boolean" ? Number(found) : Number(found);
}

/** Absolute. Where none is found it is the one the working directory would have. */
export function pipfilePath(asked: Asked): string {
  const { machine, version } = asked;
  const named = machine.env["PIPENV_PIPFILE"];
  const path = named ? absolutePath(machine, named) : nearest(asked);
  const parts = normalized(path);
  // A link to a Pipfile has been a place of its own since 2026.4.
  const real = pipenvAtLeast(version, "2026.4.0") ? undefined : machine.realpath(parts);
  return real?.ok === true ? real.value : parts;
}

function nearest(asked: Asked): string {
  const { machine } = asked;
  const real = machine.realpath(machine.cwd);
  const start = real.ok ? real.value : machine.cwd;
  let at = start;
  for (let i = 0; i < (pipenvDepth(asked) ?? 0); i++) {
    const path = joinPath(machine.platform, at, "Pipfile");
    const stat = machine.stat(path);
    if (stat.ok && stat.value.type === "file") return path;
    if (at === dirname(at)) break;
    at = dirname(at);
  }
  return joinPath(machine.platform, machine.cwd, "Pipfile");
}

/** pipenv goes to the project's directory before it does anything, save for `run`: relative paths begin there. */
export function pipenvCwd(asked: Asked): { readonly platform: string; readonly cwd: string } {
  const { platform, cwd } = asked.machine;
  return { platform, cwd: asked.command === "run" ? cwd : dirname(pipfilePath(asked)) };
}

/** os.path.abspath: ".." goes by name. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/") || "/";
}

export function readPipfile(asked: Asked): TomlConfig {
  const config = readTomlConfig(asked.machine, { path: pipfilePath(asked), scope: "project", target: true });
  const { file, fault } = config;
  const named = asked.machine.env["PIPENV_PIPFILE"];
  if (named && file.readable === null) return { ...config, file: { ...file, error: "Given PIPENV_PIPFILE is not found!" } };
  if (fault !== undefined) return { ...config, file: { ...file, error: fault.kind === "syntax" ? `TOMLDecodeError: ${fault.text}` : fault.text, ...(fault.line === undefined ? {} : { line: fault.line }) } };
  return file.exists && !pipenvAtLeast(asked.version, "2026.2.0") ? { ...config, file: { ...file, ignored: "version" } } : config;
}
