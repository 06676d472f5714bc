/**
 * Where uv begins to look for a project's settings: at the root of the workspace that the directory belongs to, or, when
 * anything about that workspace is wrong, at the directory itself (uv-workspace workspace.rs `Workspace::discover`).
 */
import { dirname, join, relative } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { isTable, readToml, tableAt, type TomlTable } from "./toml-file.ts";
import { uvAtLeast } from "./version.ts";

export interface UvWorkspace {
  readonly root: string;
  /** The directory of the nearest `pyproject.toml`. */
  readonly project: string;
}

/** The workspace, or undefined where uv finds none it can use. */
export function uvWorkspace(looker: Looker, directory: string, version: string): UvWorkspace | undefined {
  const project = ancestors(directory).find((at) => isFile(looker, join(at, "pyproject.toml")));
  const table = project === undefined ? undefined : readToml(looker, join(project, "pyproject.toml")).table;
  if (project === undefined || table === undefined || spoilt(table, version) || tableAt(table, "tool", "uv")?.["managed"] === false) return undefined;
  const own = tableAt(table, "tool", "uv", "workspace");
  if (own !== undefined) return isWhole(looker, project, own, version) ? { root: project, project } : undefined;
  if (table["project"] === undefined) return undefined;
  const above = workspaceAbove(looker, project, version);
  if (above === "unreadable") return undefined;
  if (above === undefined) return { root: project, project };
  return isWhole(looker, above.root, above.workspace, version) ? { root: above.root, project } : undefined;
}

/** The directory and all above it, nearest first. */
export function ancestors(directory: string): string[] {
  const found = [directory];
  for (let at = directory; at !== dirname(at); at = dirname(at)) found.push(dirname(at));
  return found;
}

function isFile(looker: Looker, path: string): boolean {
  const stat = looker.stat(path);
  return stat.ok && stat.value.type === "file";
}

/** A `[project]` with a name, a version that is one, or "version" among what is dynamic (from 0.5.10 on one of the two must be there). */
function isProject(table: TomlTable, version: string): boolean {
  const project = table["project"];
  if (!isTable(project) || typeof project["name"] !== "string" || !/^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i.test(project["name"])) return false;
  const own = project["version"];
  if (own !== undefined) return typeof own === "string" && /^\s*v?\d/.test(own);
  const dynamic = project["dynamic"];
  return (Array.isArray(dynamic) && dynamic.includes("version")) || !uvAtLeast(version, "0.5.10");
}

/** A `[project]` that is none makes the whole file count for nothing here. */
function spoilt(table: TomlTable, version: string): boolean {
  return table["project"] !== undefined && !isProject(table, version);
}

interface Above {
  readonly root: string;
  readonly workspace: TomlTable;
}

/** Only the first `pyproject.toml` above the project is asked. */
function workspaceAbove(looker: Looker, project: string, version: string): Above | undefined | "unreadable" {
  const root = ancestors(project).slice(1).find((at) => isFile(looker, join(at, "pyproject.toml")));
  if (root === undefined) return undefined;
  const file = readToml(looker, join(root, "pyproject.toml"));
  if (file.table === undefined || spoilt(file.table, version)) return "unreadable";
  const workspace = tableAt(file.table, "tool", "uv", "workspace");
  const path = relative(root, project);
  if (workspace === undefined || !patterns(workspace, "members", version).some((pattern) => globMatches(pattern, path))) return undefined;
  return patterns(workspace, "exclude", version).some((pattern) => globMatches(pattern, path)) ? undefined : { root, workspace };
}

function patterns(workspace: TomlTable, key: "members" | "exclude", version: string): string[] {
  const value = workspace[key];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string").map((one) => normalised(one, version)) : [];
}

/** Between 0.5.3 and 0.9.2 a "./" before a pattern, and until 0.10 a "/" behind it, keep it from matching anything. */
function normalised(pattern: string, version: string): string {
  const isOld = !uvAtLeast(version, "0.5.3");
  const front = isOld || uvAtLeast(version, "0.9.3") ? pattern.replace(/^(?:\.\/)+/, "") : pattern;
  return isOld || uvAtLeast(version, "0.11.0") ? front.replace(/\/+$/, "") : front;
}

/** The glob crate's patterns: "*" and "?" also match a separator there, "**" any directories. */
export function globMatches(pattern: string, path: string): boolean {
  let source = "";
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] ?? "";
    if (pattern.startsWith("**/", at)) {
      source += "(?:.*/)?";
      at += 2;
    } else if (char === "*") source += ".*";
    else if (char === "?") source += ".";
    else if (char === "[") {
      const end = pattern.indexOf("]", at + 2);
      if (end < 0) return false;
      source += `[${pattern.slice(at + 1, end).replace(/^!/, "^").replace(/\\/g, "\\\\")}]`;
      at = end;
    } else source += char.replace(/[\\^$.|+(){}]/g, "\\$&");
  }
  return new RegExp(`^${source}$`, "s").test(path);
}

/**
 * A member without a `pyproject.toml`, or with another's name (from 0.5.3), spoils the workspace. Of patterns only "a/b"
 * and "a/*" are followed: what else is written there is taken to be in order.
 */
function isWhole(looker: Looker, root: string, workspace: TomlTable, version: string): boolean {
  const excluded = patterns(workspace, "exclude", version);
  const own = tableAt(readToml(looker, join(root, "pyproject.toml")).table, "project")?.["name"];
  const names = typeof own === "string" ? [own] : [];
  const isSound = patterns(workspace, "members", version).flatMap((pattern) => members(looker, root, pattern)).every((member) => {
    if (excluded.some((pattern) => globMatches(pattern, member)) || join(root, member) === join(root, ".")) return true;
    const file = readToml(looker, join(root, member, "pyproject.toml"));
    // From 0.10.1 on a directory in which git would see no file is no member.
    if (!file.exists) return isHidden(member) || (uvAtLeast(version, "0.10.1") && isEmpty(looker, join(root, member)));
    if (tableAt(file.table, "tool", "uv")?.["managed"] === false) return true;
    names.push(String(tableAt(file.table, "project")?.["name"]));
    return file.table !== undefined && isProject(file.table, version);
  });
  return isSound && (new Set(names).size === names.length || !uvAtLeast(version, "0.5.3"));
}

function members(looker: Looker, root: string, pattern: string): string[] {
  const match = /^((?:[^*?[]+\/)?)\*$/.exec(pattern);
  if (match === null) return /[*?[]/.test(pattern) || !looker.stat(join(root, pattern)).ok ? [] : [pattern];
  const entries = looker.list(join(root, match[1] ?? ""));
  return entries.ok ? entries.value.filter(({ type }) => type === "dir").map(({ name }) => (match[1] ?? "") + name) : [];
}

function isHidden(member: string): boolean {
  return /(?:^|\/)\.[^/]*$/.test(member);
}

function isEmpty(looker: Looker, directory: string): boolean {
  const entries = looker.list(directory);
  return entries.ok && entries.value.length === 0;
}
