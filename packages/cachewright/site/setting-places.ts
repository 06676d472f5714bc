/** Which files a tool reads and where it keeps things, by system and version: asked of the adapters on machines that are made up. */
import { askedOf, type Platform } from "../src/settings/guides/pretended.ts";
import type { ConfigScope, Tool } from "../src/tools/tool.ts";

export const platforms = ["linux", "darwin", "win32"] as const;

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
  for (const platform of platforms) {
    const answers = versions.map((version) => tool.locate(askedOf(tool.name, { on: platform, version })));
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

export function fileRows(tool: Tool, versions: readonly string[], platform: Platform): FileRow[] {
  const answers = versions.map((version) => tool.configFiles(askedOf(tool.name, { on: platform, version })));
  const newest = answers.at(-1) ?? [];
  const all = [...newest, ...answers.flat()];
  const paths = [...new Set(all.map(({ path }) => path))];
  return paths.map((path) => {
    const latest = all.find((one) => one.path === path);
    const spans = spansOf(answers.map((files) => (files.some((one) => one.path === path) ? path : undefined)), { versions, platform });
    return { scope: latest?.scope ?? "user", path: readable(path, platform), isTarget: latest?.target === true, spans };
  });
}

function whatOf(kind: string, name: string): string {
  return kind === name ? kind : `${kind}: ${name}`;
}

function spansOf(paths: readonly (string | undefined)[], { versions, platform }: { readonly versions: readonly string[]; readonly platform: Platform }): Span[] {
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
  darwin: [["/Users/me", "~"], ["/opt/base", "PREFIX"], ["/w", "."]],
  win32: [["C:\\Users\\me\\AppData\\Local", "%LOCALAPPDATA%"], ["C:\\Users\\me\\AppData\\Roaming", "%APPDATA%"], ["C:\\Users\\me", "%USERPROFILE%"], ["C:\\base", "PREFIX"], ["C:\\w", "."]],
};

/** The made-up machine's names as a reader knows them. */
export function readable(path: string, platform: Platform): string {
  const separator = platform === "win32" ? "\\" : "/";
  for (const [from, name] of shortened[platform]) if (path.toLowerCase() === from.toLowerCase() || path.toLowerCase().startsWith(`${from}${separator}`.toLowerCase())) return `${name}${path.slice(from.length)}`;
  return path;
}
