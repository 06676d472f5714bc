/** Lock files: uv.lock, poetry.lock, pdm.lock, Pipfile.lock and pylock.toml (PEP 751). Only names, versions and digests. */
import { basename } from "node:path";
import { AppError } from "../machine/app-error.ts";
import { normalizedName } from "../tools/python/core-metadata.ts";
import type { WantedProject } from "./wanted-projects.ts";

type Table = Readonly<Record<string, unknown>>;

export async function lockedProjects(text: string, path: string): Promise<WantedProject[]> {
  const table = basename(path) === "Pipfile.lock" ? parsed(path, () => JSON.parse(text)) : await parsedToml(text, path);
  if (basename(path) === "Pipfile.lock") return pipfileProjects(table, path);
  const packages = [...tables(table["package"]), ...tables(table["packages"])];
  return packages.flatMap((one) => projectOf(one, { path, older: olderFiles(table, one) }));
}

async function parsedToml(text: string, path: string): Promise<Table> {
  const { parse } = await import("smol-toml");
  return parsed(path, () => parse(text));
}

function parsed(path: string, parse: () => unknown): Table {
  try {
    const value = parse();
    if (isTable(value)) return value;
  } catch {
    // Said below: the parsers' own words are about their rules.
  }
  throw new AppError("E_INPUT", `${path} cannot be read as a lock file`);
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tables(value: unknown): Table[] {
  return Array.isArray(value) ? value.filter(isTable) : [];
}

/** The project itself and its neighbours are no downloads: `source = { virtual = "." }`, `{ editable = "lib" }`, `[packages.directory]`. */
function projectOf(one: Table, { path, older }: { readonly path: string; readonly older: readonly Table[] }): WantedProject[] {
  const { name, version, source } = one;
  if (typeof name !== "string" || isTable(one["directory"]) || isTable(one["vcs"]) || typeof one["path"] === "string" || one["editable"] === true) return [];
  if (isTable(source) && (["virtual", "editable", "directory", "git", "path"].some((kind) => typeof source[kind] === "string") || source["type"] === "directory" || source["type"] === "git")) return [];
  const files = [...tables(one["files"]), ...tables(one["wheels"]), ...[one["sdist"], one["archive"]].filter(isTable), ...older];
  return [{ project: normalizedName(name), version: typeof version === "string" ? version : null, sha256: [...new Set(files.flatMap(digestOf))], from: path }];
}

/** `hash = "sha256:…"` (uv, poetry, pdm), `hashes = { sha256 = "…" }` (PEP 751). */
function digestOf(file: Table): string[] {
  const { hash, hashes } = file;
  const plain = typeof hash === "string" ? sha256Of(hash) : [];
  return isTable(hashes) && typeof hashes["sha256"] === "string" ? [...plain, hashes["sha256"].toLowerCase()] : plain;
}

function sha256Of(hash: string): string[] {
  const digest = /^sha256:([0-9a-f]{64})$/i.exec(hash)?.[1];
  return digest === undefined ? [] : [digest.toLowerCase()];
}

/** `[metadata.files]` by name (poetry before 1.3), or by "name version" (pdm before 2.8). */
function olderFiles(table: Table, { name, version }: Table): Table[] {
  const metadata = table["metadata"];
  const files = isTable(metadata) ? metadata["files"] : undefined;
  if (!isTable(files)) return [];
  return [...tables(files[String(name)]), ...tables(files[`${String(name)} ${String(version)}`])];
}

/** Every group but the lock's own notes. */
function pipfileProjects(table: Table, path: string): WantedProject[] {
  return Object.entries(table).flatMap(([group, packages]) => (group.startsWith("_") || !isTable(packages) ? [] : Object.entries(packages).flatMap(([name, one]): WantedProject[] => {
    if (!isTable(one) || ["git", "path", "file"].some((kind) => typeof one[kind] === "string")) return [];
    const { version, hashes } = one;
    const pin = typeof version === "string" ? /^==([^=].*)$/.exec(version)?.[1] : undefined;
    return [{ project: normalizedName(name), version: pin ?? null, sha256: Array.isArray(hashes) ? hashes.flatMap((hash) => (typeof hash === "string" ? sha256Of(hash) : [])) : [], from: path }];
  })));
}
