/** Files of a project that a tool reads besides its settings: a `pyproject.toml` that is no TOML, passwords in a `.env`. */
import { dirname } from "node:path";
import { joinPath } from "../tools/pip/home.ts";
import { secretVariableLines } from "../tools/python/toml-secrets.ts";
import { readTomlConfig } from "../tools/python/toml-config.ts";
import type { Asked, Tool } from "../tools/tool.ts";
import { cureOf } from "./tool-config-details.ts";
import type { ToolFact } from "./facts.ts";

type Config = ToolFact["configs"][number];

/** Tools that read the nearest `pyproject.toml` before they do anything. */
const readsProject: ReadonlySet<string> = new Set(["poetry", "pdm", "hatch"]);
const largest = 1 << 16;

export function projectConfigs(tool: Tool, asked: Asked, known: readonly Config[]): Config[] {
  const project = readsProject.has(tool.name) ? brokenProject(asked) : undefined;
  const pipfile = tool.name === "pipenv" ? known.find(({ state }) => state !== "absent")?.path : undefined;
  return [...(project === undefined ? [] : [project]), ...(pipfile === undefined ? [] : variableFile(asked, dirname(pipfile)))];
}

function brokenProject({ machine }: Asked): Config | undefined {
  for (let at = machine.cwd; ; at = dirname(at)) {
    const path = joinPath(machine.platform, at, "pyproject.toml");
    if (machine.lstat(path).ok) {
      const { fault, text } = readTomlConfig(machine, { path, scope: "project" });
      if (fault?.kind !== "syntax") return undefined;
      const cure = cureOf(text, fault.line === undefined ? {} : { line: fault.line });
      return { path, scope: "project", format: "toml", state: "breaks", error: `no valid TOML: ${fault.text}`, ...(fault.line !== undefined && { line: fault.line }), ...(cure !== undefined && { cure }) };
    }
    if (at === dirname(at)) return undefined;
  }
}

/** pipenv loads the `.env` beside the Pipfile. */
function variableFile({ machine }: Asked, directory: string): Config[] {
  const path = joinPath(machine.platform, directory, ".env");
  const bytes = machine.readFile(path, largest);
  const secrets = bytes.ok ? secretVariableLines(bytes.value.toString("utf8")) : [];
  return secrets.length === 0 ? [] : [{ path, scope: "project", format: "text", state: "read", secrets }];
}
