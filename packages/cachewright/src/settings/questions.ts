/** For whom settings are asked: each installed version of a tool once, and versions that are only asked about. */
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { findInstallsOf, isToolName, loadTool, toolNames } from "../tools/all-tools.ts";
import type { Asked, Tool, ToolInstall, ToolName } from "../tools/tool.ts";

export interface Question {
  readonly tool: Tool;
  /** null where nothing tells the installed version; then the newest one answers. */
  readonly version: string | null;
  readonly asked: Asked;
  /** "asked": a version of `--as`. "newest": the tool is not installed. */
  readonly state: "installed" | "asked" | "newest";
}

/** `--as pip=24.3.1` */
export interface AsVersion {
  readonly tool: ToolName;
  readonly version: string;
}

/** Newer than every version: the newest rules known. */
const newest = "9999";

export function parseAs(text: string): AsVersion {
  const [, name = "", version = ""] = /^([a-z]+)(?:==?|@)(\S+)$/.exec(text) ?? [];
  if (!isToolName(name)) throw new AppError("E_USAGE", `--as wants TOOL=VERSION, not ${text}`, { hint: `for example --as pip=24.3.1; the tools: ${toolNames.join(", ")}` });
  if (!/^v?\d/.test(version)) throw new AppError("E_USAGE", `${version} is no version of ${name}`, { hint: "for example --as pip=24.3.1" });
  return { tool: name, version: version.replace(/^v/, "") };
}

/** The account's home: where HOME says nothing, tools ask the system, too. */
export function accountHome(machine: Machine): string | undefined {
  const account = machine.account();
  return account.ok ? account.value.home : machine.env["HOME"];
}

export interface QuestionOptions {
  readonly as: readonly AsVersion[];
  /** A tool that is not installed is answered for, too. */
  readonly evenAbsent?: boolean;
  /** Nobody asks what other contents of the files would come to: only readers that these need are loaded. */
  readonly asIs?: boolean;
}

/** Installs first, the chosen one at the head; then what `--as` asks, each in the place of the install it would upgrade. */
export async function questionsFor(machine: Machine, name: ToolName, { as, evenAbsent = false, asIs = false }: QuestionOptions): Promise<Question[]> {
  const home = machine.env["HOME"] || accountHome(machine);
  const installs = (await findInstallsOf(name))(machine, home);
  if (installs.length === 0 && !evenAbsent && !as.some((one) => one.tool === name)) return [];
  const tool = await loadTool(name);
  const account = accountHome(machine);
  const of = (version: string | null, install: ToolInstall | undefined, state: Question["state"]): Question => ({
    tool, version, state, asked: { machine, home: account, version: version ?? newest, ...(install === undefined ? {} : { install }) },
  });
  const installed = installs.map((install) => of(install.version, install, "installed"));
  const wanted = as.filter((one) => one.tool === name).map(({ version }) => of(version, installs[0], "asked"));
  const all = installed.length + wanted.length === 0 && evenAbsent ? [of(null, undefined, "newest")] : [...installed, ...wanted];
  for (const { asked } of all) await tool.prepare?.(asIs ? asked : undefined);
  return all;
}
