/**
 * The settings files of a uv: which there are, which it reads, and what it says of them. Sources: uv 0.4.30 … 0.13.9
 * uv-settings lib.rs (`FilesystemOptions`) and uv lib.rs, all run on Linux.
 */
import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import type { Asked, ConfigFile, ConfigScope, IgnoredBecause } from "../tool.ts";
import { holdsCredential } from "../pip/secrets.ts";
import { absoluteUvPath, systemUvTomls, userUvToml, type UvPlace } from "./locations.ts";
import { optionFault, requiredVersionFault, type OptionFault } from "./options.ts";
import { readToml, tableAt, type TomlFile, type TomlTable } from "./toml-file.ts";
import { knowsNoProject, uvPlace, uvProjectDir } from "./uv-place.ts";
import { noUvConfig, uvSwitch } from "./variables.ts";
import { uvAtLeast } from "./version.ts";
import { ancestors, uvWorkspace } from "./workspace.ts";
import { oncePerQuestion } from "../once-per-question.ts";

export interface UvSettingsFile {
  readonly config: ConfigFile;
  /** What uv takes from it; undefined when it takes nothing. */
  readonly options?: TomlTable;
  readonly text?: string;
  /** Where the options stand in the text. */
  readonly base: readonly string[];
}

interface Reading {
  readonly asked: Asked;
  readonly place: UvPlace;
  readonly looker: Looker;
  readonly version: string;
}

/** Every file this uv would read, the weakest first. Files that stand where uv does not look are in the list when they are there. */
export const uvSettingsFiles = oncePerQuestion((asked: Asked): UvSettingsFile[] => {
  const place = uvPlace(asked);
  const reading: Reading = { asked, place, looker: asked.machine, version: asked.version };
  const named = asked.machine.env["UV_CONFIG_FILE"];
  const isOff = named !== undefined || noUvConfig(asked.machine.env, asked.version, asked.command);
  const found = [...systemFiles(reading), ...userFiles(reading), ...(knowsNoProject(asked.command) ? [] : projectFiles(reading))];
  const files = isOff ? found.map((file) => (file.config.exists && file.config.ignored === null ? ignored(file, "switched-off") : file)) : found;
  if (named !== undefined && named !== "") files.push(namedFile(reading, absoluteUvPath(place, named)));
  return withWantedVersion(files, reading).map(withTarget(files));
});

function ignored(file: UvSettingsFile, because: IgnoredBecause): UvSettingsFile {
  const { path, scope, format, exists, readable } = file.config;
  return { config: { path, scope, format, exists, readable, ignored: because }, base: file.base };
}

function unread(looker: Looker, path: string, { scope, because, base = [] }: { readonly scope: ConfigScope; readonly because: IgnoredBecause; readonly base?: readonly string[] }): UvSettingsFile {
  const exists = looker.lstat(path).ok;
  return { config: { path, scope, format: "toml", exists, readable: exists ? readability(looker, path) : null, ignored: exists ? because : null }, base };
}

function readability(looker: Looker, path: string): ConfigFile["readable"] {
  const answer = looker.access(path, "read");
  return answer === "ENOENT" ? null : answer;
}

/** A `uv.toml`: a fault in it ends every command. */
function uvToml({ looker, version }: Reading, file: TomlFile, scope: ConfigScope): UvSettingsFile {
  const { path, exists, readable, table, text, fault } = file;
  const config = { path, scope, format: "toml", exists, readable, ignored: null } as const;
  if (!exists && fault === undefined) return { config, base: [] };
  if (fault !== undefined) {
    const isFile = fault.kind === "syntax" || looker.stat(path).ok;
    return { config: { ...config, error: isFile && fault.kind === "syntax" ? parseWords(path, fault.text, version) : fault.text, ...(fault.line === undefined ? {} : { line: fault.line }) }, base: [] };
  }
  const options = table ?? {};
  const wrong = optionFault(options, { version, kind: "uv.toml", text: text ?? "" });
  const secrets = secretsIn(text ?? "");
  if (wrong === null) return { config: { ...config, ...secrets }, options, text: text ?? "", base: [] };
  return { config: { ...config, ...placeOf(wrong), ...secrets, error: parseWords(path, wrong.text, version) }, options, text: text ?? "", base: [] };
}

function placeOf({ line, key }: OptionFault): Pick<ConfigFile, "line" | "key"> {
  return { ...(line === undefined ? {} : { line }), ...(key === undefined ? {} : { key }) };
}

/** Lines that hold a URL with a password, by the key they belong to as far as one line tells. */
function secretsIn(text: string): Pick<ConfigFile, "secrets"> {
  if (!text.includes("@") && !text.includes("token")) return {};
  const secrets = text.split("\n").flatMap((line, i) => (/^\s*#/.test(line) || !holdsCredential("index-url", line.replace(/["'{}[\],]/g, " ")) ? [] : [{ key: /^\s*([\w.-]+)\s*=/.exec(line)?.[1] ?? "index", line: i + 1 }]));
  return secrets.length === 0 ? {} : { secrets };
}

/** The path stands in backticks until 0.13. */
function parseWords(path: string, reason: string, version: string): string {
  return `Failed to parse: ${uvAtLeast(version, "0.13.0") ? path : `\`${path}\``}: ${reason}`;
}

function systemFiles(reading: Reading): UvSettingsFile[] {
  const { asked, place, looker, version } = reading;
  const paths = systemUvTomls(place);
  // Members of the list must be files; the last resort must only be there.
  const first = paths.findIndex((path, i) => (i === paths.length - 1 && place.platform !== "win32" ? looker.stat(path).ok : isFile(looker, path)));
  const off = uvSwitch(asked.machine.env, "UV_NO_SYSTEM_CONFIG", { version, since: "0.11.16" })?.value === true;
  const files = paths.map((path, i) => {
    const scope = "global";
    if (!uvAtLeast(version, "0.4.26")) return unread(looker, path, { scope, because: "version" });
    if (off) return unread(looker, path, { scope, because: "switched-off" });
    if (i !== first) return unread(looker, path, { scope, because: i > first && first >= 0 ? "overridden" : "not-a-file" });
    return uvToml(reading, readToml(looker, path), scope);
  });
  return files.toReversed();
}

function isFile(looker: Looker, path: string): boolean {
  const stat = looker.stat(path);
  return stat.ok && stat.value.type === "file";
}

/** What is not there, or may not be read, is passed over without a word (before 0.5.0 only what is not there). */
function userFiles(reading: Reading): UvSettingsFile[] {
  const path = userUvToml(reading.place);
  if (path === undefined) return [];
  const file = readToml(reading.looker, path);
  const isSilent = file.readable === "ENOTDIR" || file.readable === "EACCES";
  if (!isSilent || !uvAtLeast(reading.version, "0.5.0")) return [uvToml(reading, file, "user")];
  const because = file.exists ? "unreadable" : null;
  return [{ config: { path, scope: "user", format: "toml", exists: file.exists, readable: file.exists ? file.readable : null, ignored: because }, base: [] }];
}

function namedFile(reading: Reading, path: string): UvSettingsFile {
  const file = readToml(reading.looker, path);
  if (file.exists || file.fault !== undefined) return uvToml(reading, file, "env-file");
  const error = `failed to open file \`${path}\`: No such file or directory (os error 2)`;
  return { config: { path, scope: "env-file", format: "toml", exists: false, readable: null, ignored: null, error }, base: [] };
}

/** From where the search begins upwards, to the first directory with settings; the strongest first, and turned round at the end. */
function projectFiles(reading: Reading): UvSettingsFile[] {
  const { asked, place, looker, version } = reading;
  const directory = uvProjectDir(asked, place);
  const start = uvWorkspace(looker, directory, version)?.root ?? directory;
  const files: UvSettingsFile[] = [];
  let isFound = false;
  for (const at of ancestors(directory)) {
    const isBelow = !`${start}/`.startsWith(at === "/" ? at : `${at}/`);
    const pair: UvSettingsFile[] = isBelow || isFound ? passedOver(looker, at) : projectPair(reading, at);
    files.push(...pair);
    isFound ||= !isBelow && pair.some(({ config, options }) => options !== undefined || config.error !== undefined);
  }
  return files.toReversed();
}

const uvTable = ["tool", "uv"];

/** Not read, because settings of a nearer directory, or of the workspace's root, stand for these. */
function passedOver(looker: Looker, directory: string): UvSettingsFile[] {
  const files = [{ name: "uv.toml", base: [] }, { name: "pyproject.toml", base: uvTable }]
    .map(({ name, base }) => unread(looker, join(directory, name), { scope: "project", because: "overridden", base }));
  return files.filter(({ config }) => config.exists);
}

/** `uv.toml` first: where it is, the table beside it does not count. */
function projectPair(reading: Reading, directory: string): UvSettingsFile[] {
  const { looker } = reading;
  const own = uvToml(reading, readToml(looker, join(directory, "uv.toml")), "project");
  const path = join(directory, "pyproject.toml");
  if (own.config.exists || own.config.error !== undefined) return [own, unread(looker, path, { scope: "project", because: "overridden", base: uvTable })];
  return [own, pyproject(reading, readToml(looker, path))];
}

/** What is wrong in the table costs a warning and the whole table. */
function pyproject({ version }: Reading, file: TomlFile): UvSettingsFile {
  const { path, exists, readable, table, text = "", fault } = file;
  const config = { path, scope: "project", format: "toml", exists, readable } as const;
  if (fault?.kind === "unreadable") return { config: { ...config, ignored: null, error: fault.text }, base: uvTable };
  if (!exists) return { config: { ...config, ignored: null }, base: uvTable };
  const options = tableAt(table, ...uvTable);
  const wrong = fault ?? (options && optionFault(options, { version, kind: "pyproject.toml", text }));
  // A fault of syntax is the project's, and has no key.
  if (wrong) return { config: { ...config, ignored: "malformed", ...placeOf(wrong) }, base: uvTable };
  if (options === undefined) return { config: { ...config, ignored: "no-table" }, base: uvTable };
  return { config: { ...config, ...(options["index"] !== undefined || options["index-url"] !== undefined || options["pip"] !== undefined ? secretsIn(text) : {}), ignored: null }, options, text, base: uvTable };
}

/** Until 0.11.6 only the strongest `required-version` counts, later each one. */
function withWantedVersion(files: readonly UvSettingsFile[], { version }: Reading): UvSettingsFile[] {
  const strongest = files.findLastIndex(({ options }) => options?.["required-version"] !== undefined);
  return files.map((file, i) => {
    const { config, options, text = "", base } = file;
    if (options === undefined || (i !== strongest && !uvAtLeast(version, "0.11.7"))) return file;
    const wrong = requiredVersionFault(options, { version, text, kind: base.length === 0 ? "uv.toml" : "pyproject.toml" });
    return wrong === null ? file : { ...file, config: { ...config, error: wrong.text, ...(wrong.line === undefined ? {} : { line: wrong.line }) } };
  });
}

/**
 * Where `config set` writes: the file that is read already, else the one that would be. uv has no command of its own.
 */
function withTarget(files: readonly UvSettingsFile[]): (file: UvSettingsFile) => UvSettingsFile {
  const targets = (["global", "user", "project", "env-file"] as const).map((scope) => {
    const own = files.filter(({ config }) => config.scope === scope);
    const read = own.findLast(({ options }) => options !== undefined);
    // /etc/uv/uv.toml is the weakest of the machine's; of the project's the nearest `uv.toml` is the strongest.
    const fresh = scope === "global" ? own[0] : own.findLast(({ config, base }) => base.length === 0 && config.ignored === null);
    return (read ?? fresh)?.config.path;
  });
  return (file) => (targets.includes(file.config.path) ? { ...file, config: { ...file.config, target: true } } : file);
}
