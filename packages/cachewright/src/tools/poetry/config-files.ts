/** The files of a poetry, the weakest first: the person's `config.toml` and `auth.toml`, the project's `poetry.toml`. */
import { joinPath } from "../pip/home.ts";
import { readTomlConfig, type TomlConfig } from "../python/toml-config.ts";
import type { Asked, ConfigFile } from "../tool.ts";
import { poetryConfigDir, poetryProject } from "./locations.ts";
import { oncePerQuestion } from "../once-per-question.ts";

export interface PoetryFile extends TomlConfig {
  /** Whether anything in it counts. */
  readonly counts: boolean;
}

export const poetryFiles = oncePerQuestion((asked: Asked): PoetryFile[] => {
  const { machine } = asked;
  const dir = poetryConfigDir(asked);
  const project = poetryProject(asked);
  const at = (base: string, name: string): string => joinPath(machine.platform, base, name);
  const own = readTomlConfig(machine, { path: at(dir, "config.toml"), scope: "user", target: true });
  const auth = readTomlConfig(machine, { path: at(dir, "auth.toml"), scope: "user" });
  const local = readTomlConfig(machine, { path: at(project.dir, "poetry.toml"), scope: "project", target: true });
  return [counted(own), counted(auth), project.isPoetry ? counted(local) : passedOver(local)];
});

function counted(config: TomlConfig): PoetryFile {
  const { file, fault } = config;
  if (fault === undefined) return { ...config, counts: file.exists };
  const error = fault.kind === "syntax" ? `Invalid TOML file ${file.path}: ${fault.text}` : fault.text;
  const told: ConfigFile = { ...file, error, ...(fault.line === undefined ? {} : { line: fault.line }) };
  return { ...config, file: told, counts: false };
}

/** Beside a `pyproject.toml` of another tool, or none: `poetry config --local` writes it all the same. */
function passedOver(config: TomlConfig): PoetryFile {
  return { ...config, file: { ...config.file, ignored: config.file.exists ? "no-table" : null }, counts: false };
}
