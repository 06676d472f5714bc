/**
 * hatch's one settings file. Where there is none hatch writes one at its first run, with the directories that hold then:
 * later changes of XDG_… or HOME change nothing until the file does. Sources: hatch 1.9.7 … 1.18.2 cli/__init__.py, run.
 */
import { absolutePath, joinPath } from "../pip/home.ts";
import { appDir } from "../python/app-dir.ts";
import { personOf } from "../python/platformdirs.ts";
import { pythonErrorWords, readTomlConfig, tomlFound, type TomlConfig } from "../python/toml-config.ts";
import { isTable } from "../uv/toml-file.ts";
import type { Asked } from "../tool.ts";
import { oncePerQuestion } from "../once-per-question.ts";

export const readHatchConfig = oncePerQuestion((asked: Asked): TomlConfig => {
  const { machine } = asked;
  const person = personOf(asked);
  const named = machine.env["HATCH_CONFIG"];
  const path = named ? absolutePath(person, named) : joinPath(machine.platform, appDir(person, "config", { app: "hatch" }).path, "config.toml");
  const config = readTomlConfig(machine, { path, scope: named ? "env-file" : "user", target: true });
  const fault = faultOf(config, { isNamed: Boolean(named), env: machine.env });
  if (fault === undefined) return config;
  return { ...config, file: { ...config.file, error: fault.text, ...(fault.line === undefined ? {} : { line: fault.line }) } };
});

interface Fault {
  readonly text: string;
  readonly line?: number;
}

interface Where {
  readonly isNamed: boolean;
  readonly env: Asked["machine"]["env"];
}

/** Each ends every command, save those about environments and Pythons, which end what needs them. */
function faultOf(config: TomlConfig, { isNamed, env }: Where): Fault | undefined {
  const { file, fault } = config;
  const isFile = file.readable === "ok" || file.readable === "EACCES";
  if (isNamed && !isFile) return { text: `The selected config file \`${file.path}\` does not exist.` };
  if (fault?.kind === "syntax") return { ...fault, text: `TOMLDecodeError: ${fault.text}` };
  if (fault !== undefined) return { text: file.readable === "EACCES" ? `Error loading configuration: ${pythonErrorWords("EACCES", file.path)}` : `Unable to create config file located at \`${file.path}\`. Please check your permissions.` };
  return typeFault(config, env);
}

function typeFault(config: TomlConfig, env: Where["env"]): Fault | undefined {
  const said = (path: readonly string[], text: string): Fault => {
    const found = tomlFound(config, path);
    return { text: `Error parsing config: ${path.join(" -> ")}: ${text}`, ...(found === undefined || found === "blocked" ? {} : { line: found.line }) };
  };
  const mode = config.table?.["mode"];
  if (mode !== undefined && !env["HATCH_PROJECT"]) {
    if (typeof mode !== "string") return said(["mode"], "must be a string");
    if (!["aware", "local", "project"].includes(mode)) return said(["mode"], "must be one of: aware, local, project");
    const project = config.table?.["project"];
    if (mode === "project" && project !== undefined && typeof project !== "string") return said(["project"], "must be a string");
  }
  const dirs = config.table?.["dirs"];
  if (dirs === undefined) return undefined;
  if (!isTable(dirs)) return said(["dirs"], "must be a table");
  const unused = (name: string): boolean => Boolean(env[`HATCH_${name.toUpperCase()}_DIR`]);
  const text = ["data", "cache", "python"].find((name) => dirs[name] !== undefined && typeof dirs[name] !== "string" && !unused(name));
  if (text !== undefined) return said(["dirs", text], "must be a string");
  if (dirs["env"] === undefined) return undefined;
  if (!isTable(dirs["env"])) return said(["dirs", "env"], "must be a table");
  const other = Object.entries(dirs["env"]).find(([, value]) => typeof value !== "string")?.[0];
  return other === undefined ? undefined : said(["dirs", "env", other], "must be a string");
}
