/** Which file a change goes to, and where in it. */
import { basename, join } from "node:path";
import type { EditFormat, ValueEdit } from "../configs/value-edit.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { loginShellFile } from "../tools/login-shell.ts";
import type { ConfigFile, ConfigScope, EffectiveSetting, SettingSource } from "../tools/tool.ts";
import type { Question } from "./questions.ts";
import type { KeyChange } from "./wish.ts";

export interface FileEdit {
  readonly change: KeyChange;
  readonly path: string;
  readonly format: EditFormat;
  readonly scope: ConfigScope;
  readonly edits: readonly ValueEdit[];
  /** For what only a variable sets: its name. */
  readonly variable?: string;
}

/** None where there is nothing to take out. */
export function fileEdits(question: Question, changes: readonly KeyChange[], scope: ConfigScope | undefined): FileEdit[] {
  const files = question.tool.configFiles(question.asked);
  return changes.flatMap((change): FileEdit[] => {
    if (change.key.inFiles === false) return [variableEdit(question, change, scope)];
    const file = scope === undefined && (change.do === "unset" || change.do === "remove") ? whereItStands(question, change, files) : targetOf(question, files, scope);
    if (file === undefined) return [];
    const { format, path } = file;
    if (format === "json" || format === "text") throw new AppError("E_REFUSED", `${path}: ${format} files are not edited`);
    return [{ change, path, format, scope: file.scope, edits: pathsIn(question, file, change).flatMap((at) => editsAt(at, change, format)) }];
  });
}

function editsAt(path: ValueEdit["path"], { do: verb, values, isFirst }: KeyChange, format: ConfigFile["format"]): ValueEdit[] {
  if (verb === "unset") return [{ do: "unset", path }];
  // An INI file has no lists of its own: all items are one value.
  if (verb === "add" && format === "ini") return [{ do: "add", path, value: values, at: isFirst ? "start" : "end" }];
  const edits = values.map((value): ValueEdit => (verb === "add" ? { do: "add", path, value, at: isFirst ? "start" : "end" } : { do: verb, path, value }));
  return verb === "add" && isFirst ? edits.reverse() : edits;
}

/** Taken out is what is in force: in `[global]`, in the main command's section, and under other names of the option. */
function pathsIn(question: Question, file: ConfigFile, change: KeyChange): ValueEdit["path"][] {
  const { key, section, do: verb } = change;
  if (file.format !== "ini" || verb !== "unset") return [pathIn(question, file, change)];
  const names = [key.key, ...("aliases" in key && Array.isArray(key.aliases) ? (key.aliases as string[]) : [])];
  const sections = section !== undefined ? [section] : question.tool.name === "pip" ? ["global", "install"] : [iniSection(question)];
  return sections.flatMap((one) => names.map((name) => [one, name]));
}

/** The section of an INI file; the tool's table in a project's file that is not the tool's alone. */
function pathIn({ tool }: Pick<Question, "tool">, { path, format }: ConfigFile, { key, section }: KeyChange): ValueEdit["path"] {
  if (format === "ini") return [section ?? iniSection({ tool }), key.key];
  if (format === "yaml") return [key.key];
  return [...(basename(path) === "pyproject.toml" ? ["tool", tool.name] : []), ...key.key.split(".")];
}

/** Others than pip have one section, of their own name. */
function iniSection({ tool }: Pick<Question, "tool">): string {
  return tool.name === "pip" ? "global" : tool.name;
}

/** The person's own file, or the one that a variable puts in its place. */
function targetOf({ tool, asked }: Question, files: readonly ConfigFile[], scope: ConfigScope | undefined): ConfigFile {
  const targets = files.filter(({ target }) => target === true);
  const wanted = scope === undefined
    ? (targets.find((file) => file.scope === "user" && isRead(file)) ?? targets.find((file) => file.scope === "env-file") ?? targets.find((file) => file.scope === "user"))
    : targets.find((file) => file.scope === scope);
  if (wanted !== undefined) return wanted;
  const closed = files.find((file) => file.scope === (scope ?? "user") && file.exists && file.readable !== null && file.readable !== "ok");
  if (closed !== undefined) throw new AppError("E_REFUSED", `${closed.path} cannot be read (${closed.readable}): what is in it could not be kept`, { hint: `see whose it is: ls -l ${closed.path}` });
  const scopes = [...new Set(targets.map((file) => file.scope))];
  if (scopes.length === 0) throw new AppError("E_REFUSED", `${tool.name} ${asked.version} reads no file for this${asked.machine.env["HOME"] === undefined ? " (HOME is not set)" : ""}`);
  throw new AppError("E_USAGE", `${tool.name} has no ${scope ?? "user"} file here`, { hint: `there is --scope ${scopes.join(", --scope ")}; see cachewright config path ${tool.name}` });
}

function isRead({ ignored }: ConfigFile): boolean {
  return ignored === null;
}

/** Without --scope a setting goes where it is in force. */
function whereItStands({ tool, asked }: Question, { key }: KeyChange, files: readonly ConfigFile[]): ConfigFile | undefined {
  const setting = tool.settings(asked).find((one) => one.key === key.key);
  const sources = setting === undefined ? [] : sourcesOf(setting);
  const file = sources.map((source) => ("file" in source ? files.find(({ path }) => path === source.file) : undefined)).find((found) => found !== undefined);
  const variable = sources.find((source) => "env" in source);
  if (file === undefined && variable !== undefined && "env" in variable) {
    throw new AppError("E_REFUSED", `${key.key} of ${tool.name} comes from the variable ${variable.env}, not from a file`, { hint: `where it is set (a shell's start-up file, CI, a container) is for you to know; in this shell: unset ${variable.env}` });
  }
  return file;
}

export function sourcesOf({ source, items = [], shadows }: EffectiveSetting): Exclude<SettingSource, "default">[] {
  return [source, ...items, ...shadows.map((one) => one.source)].filter((one): one is Exclude<SettingSource, "default"> => one !== "default");
}

/** What no file of the tool's can set goes into the start-up file of the person's login shell. */
function variableEdit({ tool, asked }: Question, change: KeyChange, scope: ConfigScope | undefined): FileEdit {
  const { key } = change;
  const [variable = key.key] = key.env ?? [];
  const only = `only the variable ${variable} sets ${key.key === variable ? "this" : key.key} of ${tool.name}`;
  if (scope !== undefined && scope !== "user") throw new AppError("E_REFUSED", `${only}, no file of the tool's`, { hint: "--scope user sets it in the start-up file of your shell" });
  if (change.do === "add" || change.do === "remove" || Array.isArray(change.values[0])) throw new AppError("E_REFUSED", `${only}, and lists are not written there`);
  const path = shellFile(asked.machine, asked.home);
  if (path === undefined) throw new AppError("E_REFUSED", `${only}, and there is no start-up file that Cachewright could write for your shell`);
  const edit: ValueEdit = change.do === "unset" ? { do: "unset", path: [variable] } : { do: "set", path: [variable], value: inHome(asked, String(change.values[0] ?? "")) };
  return { change, path, format: "shell", scope: "user", edits: [edit], variable };
}

/** In quotes no shell fills in "~", and few tools do in a variable. */
function inHome({ machine, home }: Question["asked"], value: string): string {
  const own = machine.env["HOME"] || home;
  return own !== undefined && (value === "~" || value.startsWith("~/")) ? `${own}${value.slice(1)}` : value;
}

function shellFile({ env, stat, platform }: Machine, accountHome: string | undefined): string | undefined {
  const home = env["HOME"] || accountHome;
  const shell = basename(env["SHELL"] ?? "/bin/sh");
  if (home === undefined || platform === "win32") return undefined;
  const place = (shell === "zsh" && env["ZDOTDIR"]) || home;
  const name = loginShellFile(shell, (one) => stat(join(place, one)).ok);
  return name === undefined ? undefined : join(place, name);
}
