/** Which problem an operating-system error belongs to, by its path and what stands around it. */
import type { OsError } from "./os-error.ts";
import type { Claim } from "./rulebook.ts";

interface Claimed {
  problem: string;
  id: string;
  claim: Claim["claim"];
  path: string | null;
  params: Record<string, string>;
}

/** `all` is the text of the lines around, this one included. */
export function claimFor(error: OsError, said: { text: string; all(): string }, claims: ReadonlyMap<string, readonly Claim[]>): Claimed | null {
  for (const { problem, id, claim } of claims.get(error.errno) ?? []) {
    if (claim.line !== undefined && !claim.line.test(said.text)) continue;
    const place = placeFor(claim, error.paths);
    if (place === null) continue;
    if (claim.context !== undefined && !claim.context.test(said.all())) continue;
    if (claim.notContext !== undefined && claim.notContext.test(said.all())) continue;
    return { problem, id, claim, ...place, params: { errno: error.errno, ...place.params } };
  }
  return null;
}

/** The first of the paths that the claim is about; a claim without a path takes any error. */
function placeFor(claim: Claim["claim"], paths: readonly string[]): { path: string | null; params: Record<string, string> } | null {
  for (const path of paths) {
    if (claim.notPath?.test(single(path))) continue;
    if (claim.path === undefined) return { path, params: {} };
    const found = claim.path.exec(single(path));
    if (found === null) continue;
    const groups = Object.entries(found.groups ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return { path, params: Object.fromEntries(groups) };
  }
  return claim.path === undefined && paths.length === 0 ? { path: null, params: {} } : null;
}

/** `//usr/lib` is `/usr/lib`. */
function single(path: string): string {
  return path.replace(/\/{2,}/g, "/");
}
