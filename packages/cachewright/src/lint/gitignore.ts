/** The patterns of .gitignore files, as gitignore(5) tells them. What only git's index or its settings know is left out. */
export interface IgnorePattern {
  readonly matches: RegExp;
  readonly negated: boolean;
  readonly onlyDirectories: boolean;
}

export function readGitignore(text: string): IgnorePattern[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const trimmed = line.replace(/(?<!\\)[ \t]+$/, "");
    if (trimmed === "" || trimmed.startsWith("#")) return [];
    const negated = trimmed.startsWith("!");
    const body = (negated ? trimmed.slice(1) : trimmed).replace(/^\\(?=[#!])/, "");
    const onlyDirectories = body.endsWith("/");
    const path = onlyDirectories ? body.slice(0, -1) : body;
    const source = patternSource(path);
    return source === undefined ? [] : [{ matches: new RegExp(source), negated, onlyDirectories }];
  });
}

/** A slash inside ties it to the directory of the file; otherwise it counts at any depth. */
function patternSource(path: string): string | undefined {
  const tied = path.includes("/");
  const parts = path.replace(/^\//, "").split("/");
  // More of them than anybody writes would make a search that never ends.
  if (parts.join("/") === "" || (path.match(/\*/g) ?? []).length > 12) return undefined;
  const source = parts.map((part, i) => {
    const last = i === parts.length - 1;
    if (part === "**") return last ? ".+" : "(?:[^/]+/)*";
    return `${globSource(part)}${last ? "" : "/"}`;
  }).join("");
  return `^${tied ? "" : "(?:[^/]+/)*"}${source}$`;
}

function globSource(part: string): string {
  return part.replaceAll(/\*+|\?|\[[!^]?\]?[^\]/]*\]|\\.|[.+^${}()|\\[\]/]/g, (unit) => {
    if (unit.startsWith("*")) return "[^/]*";
    if (unit === "?") return "[^/]";
    if (unit.length > 2 && unit.startsWith("[")) return `[${unit.slice(1, -1).replace(/^[!^]/, "^").replaceAll(/[\\[\]]/g, "\\$&")}]`;
    return `\\${unit.length === 2 && unit.startsWith("\\") ? (unit[1] ?? "") : unit}`.replace(/^\\(?=\w)/, "");
  });
}

/** `below`: the files from the top directory down, each with the directory it stands in, relative to the top. */
export function isIgnoredPath(path: string, isDirectory: boolean, below: readonly { readonly at: string; readonly patterns: readonly IgnorePattern[] }[]): boolean {
  let ignored = false;
  for (const { at, patterns } of below) {
    const own = at === "" ? path : path.startsWith(`${at}/`) ? path.slice(at.length + 1) : undefined;
    if (own === undefined) continue;
    for (const { matches, negated, onlyDirectories } of patterns) {
      if ((!onlyDirectories || isDirectory) && matches.test(own)) ignored = !negated;
    }
  }
  return ignored;
}
