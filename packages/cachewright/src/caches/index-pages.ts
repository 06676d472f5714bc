/**
 * The pages of a static index: PEP 503 as HTML (what pip and uv read from `file://`) and PEP 691 as JSON beside it, with
 * what a file needs (`data-requires-python`), its digest, and its metadata alone (PEP 658, and PEP 714 for the new name).
 * Files lie beside the projects' directories, so that the same place serves `--find-links`.
 */
import { normalizedName } from "../tools/python/core-metadata.ts";
import { distributionFile } from "../tools/python/distribution-file.ts";
import type { HouseFile } from "./wheel-house.ts";

const version = "1.1";

/** Path in the directory and text of every page. `emptied`: projects that had files once; their pages must not name them any more. */
export function indexPages(files: readonly HouseFile[], emptied: readonly string[] = []): ReadonlyMap<string, string> {
  const projects = new Map<string, HouseFile[]>(emptied.map((name) => [name, []]));
  for (const file of files.toSorted((a, b) => (a.filename < b.filename ? -1 : 1))) {
    const name = normalizedName(distributionFile(file.filename)?.project ?? "");
    if (name !== "") projects.set(name, [...(projects.get(name) ?? []), file]);
  }
  const names = [...projects].flatMap(([name, own]) => (own.length > 0 ? [name] : [])).sort();
  const pages = new Map([
    ["index.html", html("Simple index", names.map((name) => `<a href="${name}/">${name}</a>`))],
    ["index.json", json({ meta: { "api-version": version }, projects: names.map((name) => ({ name })) })],
  ]);
  for (const [name, own] of projects) {
    pages.set(`${name}/index.html`, html(`Links for ${name}`, own.map(anchor)));
    pages.set(`${name}/index.json`, json({ meta: { "api-version": version }, name, versions: [...new Set(own.map(({ filename }) => distributionFile(filename)?.version ?? ""))], files: own.map(fileJson) }));
  }
  return pages;
}

/** A "+" of a local version and a "!" of an epoch are no letters of an address. */
function hrefOf({ filename }: HouseFile): string {
  return `../${encodeURIComponent(filename)}`;
}

function anchor(file: HouseFile): string {
  const metadata = file.metadata === null ? "" : ` data-dist-info-metadata="sha256=${file.metadata}" data-core-metadata="sha256=${file.metadata}"`;
  const needs = file.requiresPython === null ? "" : ` data-requires-python="${escaped(file.requiresPython)}"`;
  return `<a href="${hrefOf(file)}#sha256=${file.sha256}"${needs}${metadata}>${escaped(file.filename)}</a><br>`;
}

function fileJson(file: HouseFile): unknown {
  const metadata = file.metadata === null ? {} : { "core-metadata": { sha256: file.metadata }, "dist-info-metadata": { sha256: file.metadata } };
  return { filename: file.filename, url: hrefOf(file), hashes: { sha256: file.sha256 }, size: file.bytes, ...(file.requiresPython === null ? {} : { "requires-python": file.requiresPython }), ...metadata };
}

function html(title: string, lines: readonly string[]): string {
  return `<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<meta name="pypi:repository-version" content="${version}">\n<title>${escaped(title)}</title>\n</head>\n<body>\n<h1>${escaped(title)}</h1>\n${lines.map((line) => `${line}\n`).join("")}</body>\n</html>\n`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
