/** Which files a tool reads and where it keeps things, by system and version: asked of the adapters on machines that are made up. */
import { posix } from "node:path";
import { askedOf, type Platform } from "../src/settings/guides/pretended.ts";
import type { ConfigScope, Tool, ToolName, ToolPlace } from "../src/tools/tool.ts";

const platforms = ["linux", "darwin", "win32"] as const;

/** pyenv is made of shell scripts; what runs on Windows is another program, pyenv-win. */
const notOn: Readonly<Partial<Record<ToolName, readonly Platform[]>>> = { pyenv: ["win32"] };

export function platformsOf({ name }: Pick<Tool, "name">): readonly Platform[] {
  return platforms.filter((platform) => notOn[name]?.includes(platform) !== true);
}

/** One answer and the versions it holds for. */
export interface Span {
  readonly path: string;
  readonly since: string | undefined;
  readonly before: string | undefined;
}

export interface PlaceRow {
  /** "cache", or "data: tools" where a tool has several. */
  readonly what: string;
  readonly key: string | undefined;
  readonly on: Readonly<Record<Platform, readonly Span[]>>;
}

interface Where {
  readonly versions: readonly string[];
  readonly platform: Platform;
}

export interface FileRow {
  readonly scope: ConfigScope;
  readonly path: string;
  /** The one that `config set` writes for this scope. */
  readonly isTarget: boolean;
  readonly spans: readonly Span[];
}

const scopeNames: Readonly<Record<ConfigScope, string>> = { global: "everybody's", site: "one installation's", user: "your own", project: "the project's", "env-file": "named by a variable" };

export function scopeName(scope: ConfigScope): string {
  return scopeNames[scope];
}

/** `versions` are all at which the tool may change, oldest first. */
export function placeRows(tool: Tool, versions: readonly string[]): PlaceRow[] {
  const rows = new Map<string, { key: string | undefined; on: Record<Platform, Span[]> }>();
  for (const platform of platformsOf(tool)) {
    const answers = versions.map((version) => tool.locate(askedOf(tool.name, { on: platform, version })).filter((place) => isKnown(place, platform)));
    const names = [...new Set(answers.flat().map(({ kind, name }) => whatOf(kind, name)))];
    for (const what of names) {
      const found = answers.map((places) => places.find(({ kind, name }) => whatOf(kind, name) === what));
      const row = rows.get(what) ?? { key: found.findLast((one) => one?.key !== undefined)?.key, on: { linux: [], darwin: [], win32: [] } };
      row.on[platform] = spansOf(found.map((one) => one?.path), { versions, platform });
      rows.set(what, row);
    }
  }
  return [...rows].map(([what, row]) => ({ what, ...row }));
}

/** An adapter that knows /tmp alone says nothing of Windows. */
function isKnown({ kind, path }: ToolPlace, platform: Platform): boolean {
  return platform !== "win32" || kind !== "temp" || readable(path, platform).startsWith("%");
}

/** Those of the project are the same on every system: `projectRows`. */
export function fileRows(tool: Tool, versions: readonly string[], platform: Platform): FileRow[] {
  return rowsOf(tool, { versions, platform }).filter(({ scope }) => scope !== "project");
}

export function projectRows(tool: Tool, versions: readonly string[]): FileRow[] {
  return rowsOf(tool, { versions, platform: "linux" }).filter(({ scope }) => scope === "project");
}

function rowsOf(tool: Tool, { versions, platform }: Where): FileRow[] {
  const answers = versions.map((version) => tool.configFiles(askedOf(tool.name, { on: platform, version })));
  const newest = answers.at(-1) ?? [];
  const all = [...newest, ...answers.flat()];
  const paths = [...new Set(all.map(({ path }) => path))];
  return paths.map((path) => {
    const latest = all.find((one) => one.path === path);
    const spans = spansOf(answers.map((files) => (files.some((one) => one.path === path) ? path : undefined)), { versions, platform });
    return { scope: latest?.scope ?? "user", path: latest?.scope === "project" ? inProject(path) : readable(path, platform), isTarget: latest?.target === true, spans };
  });
}

/** A file of a directory above the one where the tool was started. */
function inProject(path: string): string {
  return posix.dirname(path) === "/" ? `..${path}` : readable(path, "linux");
}

function whatOf(kind: string, name: string): string {
  return kind === name ? kind : `${kind}: ${name}`;
}

function spansOf(paths: readonly (string | undefined)[], { versions, platform }: Where): Span[] {
  const spans: { path: string; since: string | undefined; before: string | undefined }[] = [];
  for (const [i, path] of paths.entries()) {
    if (i > 0 && path === paths[i - 1]) continue;
    const last = spans.at(-1);
    if (last !== undefined && last.before === undefined) last.before = versions[i];
    if (path !== undefined) spans.push({ path: readable(path, platform), since: i === 0 ? undefined : versions[i], before: undefined });
  }
  return spans;
}

const shortened: Readonly<Record<Platform, readonly (readonly [string, string])[]>> = {
  linux: [["/home/me", "~"], ["/opt/base", "PREFIX"], ["/w", "."]],
  darwin: [["/Users/me", "~"], ["/opt/base", "PREFIX"], ["/var/folders/me/T", "$TMPDIR"], ["/w", "."]],
  win32: [["C:\\Users\\me\\AppData\\Local\\Temp", "%TEMP%"], ["C:\\Users\\me\\AppData\\Local", "%LOCALAPPDATA%"], ["C:\\Users\\me\\AppData\\Roaming", "%APPDATA%"], ["C:\\Users\\me", "%USERPROFILE%"], ["C:\\base", "PREFIX"], ["C:\\w", "."]],
};

/** The made-up machine's names as a reader knows them. Adapters that join with the separator of the system they run on mean this one's. */
export function readable(given: string, platform: Platform): string {
  const path = platform === "win32" ? given.replaceAll("/", "\\") : given;
  const separator = platform === "win32" ? "\\" : "/";
  for (const [from, name] of shortened[platform]) if (path.toLowerCase() === from.toLowerCase() || path.toLowerCase().startsWith(`${from}${separator}`.toLowerCase())) return `${name}${path.slice(from.length)}`;
  return path;
}
