import { resolve } from "node:path";
import type { Machine } from "../machine/machine.ts";
import type { Facts } from "./facts.ts";
import { lookChain, lookWithAccess, type Looks } from "./looks.ts";

/** Candidates in the order of Python's `tempfile._candidate_tempdir_list`. */
export function tempCandidates(machine: Machine): string[] {
  const named = ["TMPDIR", "TEMP", "TMP"].flatMap((name) => {
    const value = machine.env[name];
    return value === undefined || value === "" ? [] : [resolve(machine.cwd, value)];
  });
  const fixed = machine.platform === "win32" ? ["c:\\temp", "c:\\tmp", "\\temp", "\\tmp"] : ["/tmp", "/var/tmp", "/usr/tmp"];
  return [...new Set([...named, ...fixed, machine.cwd])];
}

/**
 * The directory tempfile would settle on. Python writes a test file to each candidate; we only ask access(2),
 * so a wholly full one counts as usable here and is judged by its space.
 */
export function tempFacts(looks: Looks): Facts["temp"] {
  const tried = tempCandidates(looks.machine);
  const isUsable = (path: string): boolean => {
    lookChain(looks, path);
    const target = looks.machine.realpath(path);
    const seen = target.ok ? lookWithAccess(looks, target.value) : undefined;
    return seen?.type === "dir" && seen.access?.write === "ok" && seen.access.search === "ok";
  };
  const chosen = tried.find(isUsable);
  // Where it could be instead: the usual place for what is large.
  if (looks.machine.platform !== "win32") isUsable("/var/tmp");
  const from = { call: "tempfile" };
  return { chosen: chosen === undefined ? { ok: false, reason: "absent", from } : { ok: true, value: chosen, from }, tried };
}
