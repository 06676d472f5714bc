/** The files of a pdm, the weakest first: the site's, the person's, the project's `pdm.toml` and, still stronger, the old `.pdm.toml`. */
import { absolutePath, joinPath } from "../pip/home.ts";
import { expandPerson, personOf } from "../python/platformdirs.ts";
import { readTomlConfig, tomlFound, type TomlConfig } from "../python/toml-config.ts";
import { isTable } from "../uv/toml-file.ts";
import type { Asked, ConfigFile } from "../tool.ts";
import { pdmKeys, type PdmKey } from "./keys.ts";
import { pdmAtLeast, pdmDefaultPlace, pdmOwnFile, pdmProject, pdmSiteFile, pdmUserFile } from "./locations.ts";
import { oncePerQuestion } from "../once-per-question.ts";

export type PdmLayer = "site" | "user" | "project";

export interface PdmFile extends TomlConfig {
  readonly layer: PdmLayer;
}

export const pdmFiles = oncePerQuestion((asked: Asked): PdmFile[] => {
  const { machine, version } = asked;
  const user = pdmUserFile(asked);
  const weaker = [
    ...readAtStart(asked, user.path),
    read(asked, "site", { path: pdmSiteFile(asked), scope: "global", target: true }),
    read(asked, "user", { ...user, target: true }),
  ];
  const { dir } = pdmProjectRoot(asked, weaker);
  const at = (name: string): string => joinPath(machine.platform, dir, name);
  const isOldOnly = !pdmAtLeast(version, "2.5.0");
  const old = refused(read(asked, "project", { path: at(".pdm.toml"), scope: "project", ...(isOldOnly ? { target: true as const } : {}) }), version);
  return [...weaker, ...(isOldOnly ? [] : [read(asked, "project", { path: at("pdm.toml"), scope: "project", target: true })]), old];
});

/** From 2.6 to 2.26 pdm looks for plugins of the project first, and for that takes the person's own file whatever PDM_CONFIG_FILE says: it may die of it. */
function readAtStart(asked: Asked, user: string): PdmFile[] {
  const { path, scope } = pdmOwnFile(asked);
  if (path === user || !pdmAtLeast(asked.version, "2.6.0") || pdmAtLeast(asked.version, "2.27.0")) return [];
  const own = read(asked, "user", { path, scope });
  if (!own.file.exists || own.file.error !== undefined) return own.file.exists ? [own] : [];
  return [{ ...own, file: { ...own.file, ignored: own.file.ignored ?? "overridden" } }];
}

/** Without a project the global one may stand in. */
export function pdmProjectRoot(asked: Asked, weaker: readonly PdmFile[]): { readonly dir: string; readonly isGlobal: boolean } {
  const project = pdmProject(asked);
  const of = (key: string): unknown => weaker.filter(({ file }) => file.ignored === null).toReversed().map((file) => pdmValue(file, key)).find((found) => found !== undefined)?.raw;
  const isFallback = isTrue(of("global_project.fallback")) && asked.machine.env["CONDA_DEFAULT_ENV"] !== "base";
  if (project.isFound || !isFallback) return { dir: project.dir, isGlobal: false };
  const named = of("global_project.path");
  const path = typeof named === "string" ? named : pdmDefaultPlace("global_project.path", asked)?.path ?? asked.machine.cwd;
  return { dir: pdmPath(asked, path), isGlobal: true };
}

/** Where a directory of pdm's is used; "~" is a directory of that name until 2.12. */
export function pdmPath(asked: Asked, path: string): string {
  const person = personOf(asked);
  return absolutePath(person, pdmAtLeast(asked.version, "2.13.0") ? expandPerson(person, path) : path);
}

/** Every text counts as true but these. */
export function isTrue(raw: unknown): boolean {
  return typeof raw === "string" ? raw !== "" && !["false", "no", "0"].includes(raw.toLowerCase()) : Boolean(raw);
}

/** A key written in tables, or whole in quotes. A table in the place of a value is other keys. */
export function pdmValue(file: TomlConfig, key: string): { readonly raw: unknown; readonly line: number } | undefined {
  for (const path of [key.split("."), [key]]) {
    const found = tomlFound(file, path);
    if (found !== undefined && found !== "blocked" && !isTable(found.raw)) return found;
  }
  return undefined;
}

function read(asked: Asked, layer: PdmLayer, place: Parameters<typeof readTomlConfig>[1]): PdmFile {
  const config = { ...readTomlConfig(asked.machine, place), layer };
  if (config.fault === undefined) return withTableFault(config);
  // Until then what is no regular file is passed over.
  const isPassedOver = !pdmAtLeast(asked.version, "2.26.2") && config.file.readable !== "ok" && config.file.readable !== "EACCES";
  if (isPassedOver) return { ...config, file: { ...config.file, ignored: "not-a-file" } };
  const { text, line } = config.fault;
  return { ...config, file: faulty(config.file, config.fault.kind === "syntax" ? `TOMLDecodeError: ${text}` : text, line) };
}

function faulty(file: ConfigFile, error: string, line: number | undefined): ConfigFile {
  return { ...file, error, ...(line === undefined ? {} : { line }) };
}

/** Sources and repositories must be tables. */
function withTableFault(config: PdmFile): PdmFile {
  const wrong = ["pypi", "repository"].find((name) => config.table?.[name] !== undefined && !isTable(config.table[name]));
  return wrong === undefined ? config : { ...config, file: faulty(config.file, "AttributeError: 'str' object has no attribute 'items'", tomlLine(config, wrong)) };
}

function tomlLine(config: PdmFile, name: string): number | undefined {
  const found = tomlFound(config, [name]);
  return found === undefined || found === "blocked" ? undefined : found.line;
}

/** pdm writes what the old file says into the new one, and stops at what may not stand there, or what it does not know. */
function refused(config: PdmFile, version: string): PdmFile {
  if (!pdmAtLeast(version, "2.5.0") || config.file.error !== undefined) return config;
  const isNewer = ({ since }: PdmKey): boolean => since !== undefined && !pdmAtLeast(version, since);
  const key = pdmKeys.find((one) => (one.globalOnly === true || isNewer(one)) && pdmValue(config, one.key) !== undefined);
  if (key === undefined) return config;
  const text = isNewer(key) ? `Not such config key: '${key.key}'` : `Config item '${key.key}' is not allowed to set in project config.`;
  return { ...config, file: faulty(config.file, text, pdmValue(config, key.key)?.line) };
}

