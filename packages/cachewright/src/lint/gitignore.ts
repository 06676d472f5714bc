/** The patterns of .gitignore files, as gitignore(5) tells them. What only git's index or its settings know is left out. */
import { compileGlob, type Glob, matchesGlob } from "./glob.ts";

export interface IgnorePattern {
  readonly parts: readonly Part[];
  readonly negated: boolean;
  readonly onlyDirectories: boolean;
}

/** A name's glob, or any number of directories. */
type Part = Glob | "**";

export function readGitignore(text: string): IgnorePattern[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const trimmed = withoutBlanks(line);
    if (trimmed === "" || trimmed.startsWith("#")) return [];
    const negated = trimmed.startsWith("!");
    const body = (negated ? trimmed.slice(1) : trimmed).replace(/^\\(?=[#!])/, "");
    const onlyDirectories = body.endsWith("/");
    const parts = partsOf(onlyDirectories ? body.slice(0, -1) : body);
    return parts === undefined ? [] : [{ parts, negated, onlyDirectories }];
  });
}

/** Blanks at the end do not count, but for one behind a backslash. */
function withoutBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === " " || line[end - 1] === "\t")) end--;
  return line.slice(0, line[end - 1] === "\\" ? end + 1 : end);
}

/** A slash inside ties it to the directory of the file; otherwise it counts at any depth. */
function partsOf(path: string): Part[] | undefined {
  const names = path.replace(/^\//, "").split("/");
  if (names.every((name) => name === "")) return undefined;
  const parts = names.map((name): Part => (name === "**" ? "**" : compileGlob(name)));
  // At the end it stands for everything inside, not for the directory itself.
  if (parts.at(-1) === "**") parts.push(compileGlob("*"));
  return path.includes("/") ? parts : ["**", ...parts];
}

/** `below`: the files from the top directory down, each with the directory it stands in, relative to the top. */
export function isIgnoredPath(path: string, isDirectory: boolean, below: readonly { readonly at: string; readonly patterns: readonly IgnorePattern[] }[]): boolean {
  let ignored = false;
  for (const { at, patterns } of below) {
    const own = at === "" ? path : path.startsWith(`${at}/`) ? path.slice(at.length + 1) : undefined;
    if (own === undefined) continue;
    const names = own.split("/");
    for (const { parts, negated, onlyDirectories } of patterns) {
      if ((!onlyDirectories || isDirectory) && matchesPath(parts, names)) ignored = !negated;
    }
  }
  return ignored;
}

/** Only the last `**` is ever tried again: one before it has nothing to win by taking more. */
function matchesPath(parts: readonly Part[], names: readonly string[]): boolean {
  let part = 0;
  let name = 0;
  let again: { readonly part: number; name: number } | undefined;
  while (name < names.length) {
    const glob = parts[part];
    if (glob === "**") {
      again = { part: ++part, name };
    } else if (glob !== undefined && matchesGlob(glob, names[name] ?? "")) {
      part++;
      name++;
    } else if (again !== undefined) {
      name = ++again.name;
      part = again.part;
    } else {
      return false;
    }
  }
  return part === parts.length;
}
