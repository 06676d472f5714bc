import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import type { FileGroup } from "../report/text/config-files.ts";
import { allNames, keysNamed } from "../settings/key-names.ts";
import { parseAs, questionsFor, type AsVersion, type Question } from "../settings/questions.ts";
import { remembering } from "../machine/remembering.ts";
import { settingGroups } from "../settings/rows.ts";
import { isToolName, loadTool, toolNames } from "../tools/all-tools.ts";
import type { Tool, ToolName } from "../tools/tool.ts";
import { isOn, valuesOf, type Call } from "./command.ts";
import { refuseOptions } from "./config.ts";
import { lookHere } from "./look-here.ts";
import { usageHint } from "./parse-call.ts";

interface Wanted {
  readonly tools: readonly ToolName[];
  readonly as: readonly AsVersion[];
  readonly key: string | undefined;
  /** Tools were named; else those that are here. */
  readonly isNamed: boolean;
}

export async function showConfig(call: Call, words: readonly string[]): Promise<number> {
  refuseOptions(call, "show", ["scope", "first", "dry-run", "yes"]);
  const wanted = await wantedOf(call, words);
  const names = await namesOf(wanted);
  const groups = settingGroups(await ask(remembering(await call.machine()), wanted), (tool, key) => names === undefined || names.get(tool)?.has(key) === true);
  const shown = groups.filter(({ rows }) => rows.length > 0);
  if (isOn(call, "json")) {
    call.terminal.json((await import("../report/json/settings.ts")).settingsJson(shown));
    return 0;
  }
  const { settingsText } = await import("../report/text/settings.ts");
  if (shown.length === 0) call.terminal.out(absentText(wanted));
  else call.terminal.out(settingsText(shown, wanted.key !== undefined, lookHere(call.terminal)));
  return 0;
}

export async function showPaths(call: Call, words: readonly string[]): Promise<number> {
  refuseOptions(call, "path", ["scope", "first", "dry-run", "yes"]);
  const wanted = await wantedOf(call, words);
  if (!wanted.isNamed) throw new AppError("E_USAGE", "config path of which tool?", { hint: `one of ${toolNames.join(", ")}` });
  if (wanted.key !== undefined) throw new AppError("E_USAGE", `config path does not know what to do with ${wanted.key}`, { hint: usageHint(call.command) });
  const groups = fileGroups(await ask(remembering(await call.machine()), wanted, true));
  if (isOn(call, "json")) call.terminal.json((await import("../report/json/settings.ts")).configFilesJson(groups));
  else call.terminal.out((await import("../report/text/config-files.ts")).configFilesText(groups, lookHere(call.terminal)));
  return 0;
}

async function wantedOf(call: Call, words: readonly string[]): Promise<Wanted> {
  const as = valuesOf(call, "as").map(parseAs);
  const given = valuesOf(call, "tool");
  const [first, second, third] = words;
  if (third !== undefined) throw new AppError("E_USAGE", `config does not know what to do with ${third}`, { hint: usageHint(call.command) });
  const isTool = first !== undefined && isToolName(first);
  if (first !== undefined && !isTool && second !== undefined) throw await noTool(first);
  for (const name of given) if (!isToolName(name)) throw await noTool(name);
  const named = [...(isTool ? [first] : []), ...(given as readonly ToolName[])];
  const tools = named.length > 0 ? named : as.length > 0 ? as.map(({ tool }) => tool) : toolNames;
  const stray = as.find(({ tool }) => !tools.includes(tool));
  if (stray !== undefined) throw new AppError("E_USAGE", `--as ${stray.tool}=${stray.version} is about another tool than ${tools.join(", ")}`);
  return { tools: [...new Set(tools)], as, key: isTool ? second : first, isNamed: named.length > 0 || as.length > 0 };
}

async function noTool(name: string): Promise<AppError> {
  return (await import("./near.ts")).unknown("tool", name, toolNames, `There are ${toolNames.join(", ")}.`);
}

/** For each tool its own names of what was asked for; undefined for all settings. */
async function namesOf({ tools, key }: Wanted): Promise<Map<ToolName, ReadonlySet<string>> | undefined> {
  if (key === undefined) return undefined;
  const loaded = await Promise.all(tools.map(loadTool));
  const names = new Map(loaded.map((tool) => [tool.name, new Set(keysOf(tool, key))] as const));
  if ([...names.values()].every(({ size }) => size === 0)) throw (await import("./near.ts")).unknown("setting", key, [...allNames(loaded), ...(tools.length === 1 ? [] : toolNames)], tools.length === 1 ? `See: cachewright config show ${tools[0] ?? ""}` : `A setting, or one of the tools ${tools.join(", ")}`);
  return names;
}

/** A neutral name that is an own name of the tool's, too, means both when it is only looked at. */
function keysOf(tool: Tool, key: string): string[] {
  return [...keysNamed(tool, key).map((named) => named.key.key), ...tool.keys.filter((own) => own.key === key).map((own) => own.key)];
}

async function ask(machine: Machine, { tools, as, isNamed }: Wanted, evenAbsent = false): Promise<Question[]> {
  const all = await Promise.all(tools.map((tool) => questionsFor(machine, tool, { as, evenAbsent: evenAbsent && isNamed, asIs: true })));
  return all.flat();
}

function absentText({ tools, isNamed }: Wanted): string {
  if (!isNamed) return "No tool that Cachewright knows is installed here.\n";
  const [tool = "pip"] = tools;
  return `${tools.join(", ")}: not installed here, or without this setting. For a version that is not installed: cachewright config show ${tool} --as ${tool}=VERSION\n`;
}

function fileGroups(questions: readonly Question[]): FileGroup[] {
  const groups = new Map<string, FileGroup>();
  for (const { tool, version, state, asked } of questions) {
    const files = tool.configFiles(asked);
    const programs = state === "installed" && asked.install !== undefined ? [asked.install.program] : [];
    const id = JSON.stringify([tool.name, version, state, files]);
    const known = groups.get(id);
    const isChosen = known?.isChosen === true || (state === "installed" && asked.install?.chosen === true);
    groups.set(id, { tool: tool.name, version, state, files, isChosen, programs: [...(known?.programs ?? []), ...programs] });
  }
  return [...groups.values()];
}
