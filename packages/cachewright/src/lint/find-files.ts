/** The files of a project that lint can read. Links are not followed, and what git ignores is left out. */
import { join } from "node:path";
import type { Looker } from "../machine/machine.ts";
import { isIgnoredPath, readGitignore, type IgnorePattern } from "./gitignore.ts";
import { kindByName, kindByShebang, mayHaveShebang } from "./kind-of.ts";
import type { Kind } from "./source.ts";

export interface FoundFile {
  readonly path: string;
  readonly kind: Kind;
}

export interface Found {
  readonly files: readonly FoundFile[];
  /** Directories that could not be read. */
  readonly unread: readonly { readonly path: string; readonly errno: string }[];
}

/** Never a project's own: histories, packages, environments, and what tools keep. */
const left = new Set([".git", ".hg", ".svn", ".jj", "node_modules", ".venv", ".tox", ".nox", "__pycache__", "site-packages", ".mypy_cache", ".ruff_cache", ".pytest_cache"]);

/** What a fix of ours put aside. */
const setAside = /\.cachewright-\d{8}-\d{6}/;

interface Walk {
  readonly looker: Pick<Looker, "list" | "readFile" | "readPart">;
  readonly top: string;
  readonly files: FoundFile[];
  readonly unread: { path: string; errno: string }[];
}

type Below = readonly { readonly at: string; readonly patterns: readonly IgnorePattern[] }[];

export function findFiles(looker: Walk["looker"], top: string): Found {
  const walk: Walk = { looker, top, files: [], unread: [] };
  visit(walk, "", []);
  return { files: walk.files, unread: walk.unread };
}

function visit(walk: Walk, at: string, above: Below): void {
  const { looker, top } = walk;
  const directory = join(top, at);
  const list = looker.list(directory);
  if (!list.ok) {
    walk.unread.push({ path: directory, errno: list.errno });
    return;
  }
  const names = new Set(list.value.map(({ name }) => name));
  // A virtual environment under another name.
  if (at !== "" && names.has("pyvenv.cfg")) return;
  const below = names.has(".gitignore") ? [...above, { at, patterns: patternsOf(looker, join(directory, ".gitignore")) }] : above;
  for (const { name, type } of [...list.value].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = at === "" ? name : `${at}/${name}`;
    if (type === "dir") {
      if (!left.has(name) && !isIgnoredPath(path, true, below)) visit(walk, path, below);
    } else if ((type === "file" || type === undefined) && !setAside.test(name)) {
      const kind = kindByName(path) ?? (mayHaveShebang(path) ? kindInside(looker, join(top, path)) : undefined);
      if (kind !== undefined && !isIgnoredPath(path, false, below)) walk.files.push({ path: join(top, path), kind });
    }
  }
}

function patternsOf(looker: Walk["looker"], path: string): IgnorePattern[] {
  const bytes = looker.readFile(path);
  return bytes.ok ? readGitignore(bytes.value.toString("utf8")) : [];
}

export function kindInside(looker: Pick<Looker, "readPart">, path: string): Kind | undefined {
  const start = looker.readPart(path, { offset: 0, length: 128 });
  return start.ok ? kindByShebang(start.value.toString("latin1").split("\n", 1)[0] ?? "") : undefined;
}
