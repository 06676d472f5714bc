/**
 * Entries by name, as `pip cache list PATTERN` and `pip cache remove PATTERN` take it (pip 26.3 commands/cache.py
 * `_find_wheels`): a name, or a name and the beginning of a version, with the signs of Python's fnmatch. Other than in
 * pip a project is meant whatever its spelling (PEP 503), and any kind of entry.
 */
import type { CacheEntry } from "../tools/tool-cache.ts";

export type Named = Pick<CacheEntry, "project" | "version" | "detail" | "paths">;

/** One sign of a pattern: a character, any character, any number of them, or one of some. */
type Sign = { readonly is: string } | { readonly any: "one" | "many" } | { readonly of: string; readonly not: boolean };

/** "[a-c_]": where it ends; a bracket that is never closed stands for itself, one that comes first is in the set. */
function setEnd(pattern: string, at: number): number {
  let end = at + 1;
  if (pattern[end] === "!") end += 1;
  if (pattern[end] === "]") end += 1;
  return pattern.indexOf("]", end);
}

function signsOf(pattern: string): Sign[] {
  const signs: Sign[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] ?? "";
    const end = character === "[" ? setEnd(pattern, at) : -1;
    if (character === "*") signs.push({ any: "many" });
    else if (character === "?") signs.push({ any: "one" });
    else if (end < 0) signs.push({ is: character });
    else {
      const not = pattern[at + 1] === "!";
      signs.push({ of: pattern.slice(at + (not ? 2 : 1), end), not });
      at = end;
    }
  }
  return signs;
}

function isIn(set: string, character: string): boolean {
  for (let at = 0; at < set.length; at += 1) {
    const [from = "", to] = [set[at], set[at + 1] === "-" && at + 2 < set.length ? set[at + 2] : undefined];
    if (to === undefined ? from === character : from <= character && character <= to) return true;
    if (to !== undefined) at += 2;
  }
  return false;
}

function fits(sign: Sign, character: string): boolean {
  if ("is" in sign) return sign.is === character;
  return "of" in sign ? isIn(sign.of, character) !== sign.not : true;
}

/** Goes back to the last "*" only: time is at most length × length, whatever the pattern. */
function isMatch(signs: readonly Sign[], text: string): boolean {
  let [at, sign, star, from] = [0, 0, -1, 0];
  while (at < text.length) {
    const wanted = signs[sign];
    if (wanted !== undefined && "any" in wanted && wanted.any === "many") [star, from, sign] = [sign, at, sign + 1];
    else if (wanted !== undefined && fits(wanted, text[at] ?? "")) [at, sign] = [at + 1, sign + 1];
    else if (star < 0) return false;
    else [sign, from, at] = [star + 1, from + 1, from + 1];
  }
  return signs.slice(sign).every((rest) => "any" in rest && rest.any === "many");
}

/** PEP 503; what stands in brackets are single characters, and "-" has another meaning there. */
function plainName(pattern: string): string {
  return pattern.toLowerCase().split(/(\[!?\]?[^\]]*\])/).map((part, i) => (i % 2 === 1 ? part : part.replace(/[-_.]+/g, "-"))).join("");
}

interface Reading { readonly name: readonly Sign[]; readonly rest: readonly Sign[] | null }

/** A hyphen in it parts name and version, or belongs to the name: both are tried. */
function readings(pattern: string): Reading[] {
  const found: Reading[] = [{ name: signsOf(plainName(pattern)), rest: null }];
  for (let at = pattern.indexOf("-"); at >= 0; at = pattern.indexOf("-", at + 1)) {
    found.push({ name: signsOf(plainName(pattern.slice(0, at))), rest: signsOf(`${pattern.slice(at + 1).toLowerCase()}*`) });
  }
  return found;
}

function wheelsOf({ paths }: Named): string[] {
  return paths.filter((path) => path.endsWith(".whl")).map((path) => path.slice(path.lastIndexOf("/") + 1));
}

/** Whether an entry is meant. "*" means all, nameless ones, too, as it does for `pip cache remove`. */
export function entryPattern(pattern: string): (entry: Named) => boolean {
  if (pattern === "*") return () => true;
  const [own, asPip] = [readings(pattern), signsOf(pattern + (pattern.includes("-") ? "*.whl" : "-*.whl"))];
  return (entry) => {
    if (wheelsOf(entry).some((name) => isMatch(asPip, name))) return true;
    if (entry.project === null) return false;
    const [name, rest] = [plainName(entry.project), entry.version === null ? null : `${entry.version}-${entry.detail ?? ""}`.toLowerCase()];
    return own.some((reading) => isMatch(reading.name, name) && (reading.rest === null || (rest !== null && isMatch(reading.rest, rest))));
  };
}

export function matchesPattern(entry: Named, pattern: string): boolean {
  return entryPattern(pattern)(entry);
}
