import { dirname } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { whyUnusable } from "../access-model.ts";
import { behindLinks, nearestPresent, octal, pathFact, pipNames, selfActor } from "../look-up.ts";
import { restoreMode } from "../ownership-cures.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { unsetVariable } from "../settings-words.ts";
import { isUsableTemp, tmpdirElsewhere } from "../temp-cures.ts";

const variables = ["TMPDIR", "TEMP", "TMP"];
const shared = ["/tmp", "/var/tmp"];

/** Of Python's candidates those before the one it takes. That /usr/tmp is not there, and the working directory, mean nothing. */
function passedOver(facts: Facts): string[] {
  const { chosen, tried } = facts.temp;
  const before = chosen.ok ? tried.slice(0, tried.indexOf(chosen.value)) : tried;
  return before.filter((path) => path !== "/usr/tmp" && (path !== facts.cwd || shared.includes(path)) && !isUsableTemp(behindLinks(facts, path)));
}

function becauseOf(facts: Facts, path: string): string {
  const seen = behindLinks(facts, path);
  if (seen.state === "absent" || seen.type === "link") return `${path} does not exist`;
  if (seen.state === "denied") return `${path} lies behind ${nearestPresent(facts, path).path}, which cannot be entered`;
  if (seen.type !== "dir") return `${path} is a ${seen.type ?? "thing"}, not a directory`;
  return `${path}: ${whyUnusable(facts, seen)?.because ?? "it cannot be used"}`;
}

function variableFor(facts: Facts, path: string): string | undefined {
  return variables.find((name) => facts.env[name] === path || facts.env[name]?.replace(/\/+$/, "") === path);
}

function detect(facts: Facts): Finding[] {
  const ill = passedOver(facts);
  const [first] = ill;
  if (first === undefined || facts.machine.platform === "win32") return [];
  const { chosen } = facts.temp;
  const instead = chosen.ok ? chosen.value : "";
  const variable = variableFor(facts, first);
  const variant = !chosen.ok ? "none" : instead === facts.cwd ? "working-directory" : variable === undefined ? "system" : "variable";
  const evidence = ill.map((path): Evidence => {
    const name = variableFor(facts, path);
    const seen = behindLinks(facts, path);
    return { says: becauseOf(facts, path), from: name === undefined ? { path, call: "access" } : { path, env: name }, ...(seen.state === "present" ? { path: seen } : {}) };
  });
  return [{
    problem: "tmp-not-writable", severity: variant === "variable" ? "warning" : "error", subject: first, evidence,
    params: { path: first, because: becauseOf(facts, first), instead, variable: variable ?? "", mode: octal(pathFact(facts, first).mode), pip: pipNames(facts.pip.uses), variant },
  }];
}

/** /tmp and /var/tmp are root's and open to all, sticky: 1777 (Filesystem Hierarchy Standard). */
function rightMode(seen: PathFact): Remedy[] {
  if (!shared.includes(seen.path) || seen.type !== "dir" || seen.uid !== 0 || ((seen.mode ?? 0) & 0o1777) === 0o1777) return [];
  return [{
    id: "right-mode", needs: "root", params: { path: seen.path }, probes: [seen.path],
    steps: [{ kind: "chmod", why: "everybody may write there, and remove only what is theirs", actor: "root", root: seen.path, within: seen.path, select: "top", dirs: { add: 0o1777, remove: 0 }, files: { add: 0, remove: 0 } }],
  }];
}

function makeIt(facts: Facts, seen: PathFact): Remedy[] {
  const parent = pathFact(facts, dirname(seen.path));
  if (seen.state !== "absent" || !isUsableTemp(parent) || shared.includes(seen.path)) return [];
  return [{
    id: "make-directory", needs: "user", params: { path: seen.path }, probes: [seen.path],
    steps: [{ kind: "make-dir", why: "the directory the variable names, private to you", actor: selfActor(facts), path: seen.path, mode: 0o700 }],
  }];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const seen = behindLinks(facts, found.subject);
  const { variable = "" } = found.params;
  const own = seen.type === "dir" && (whyUnusable(facts, seen)?.kind === "mode") ? restoreMode(facts, seen, { select: "top", probes: [seen.path] }) : [];
  return [...makeIt(facts, seen), ...own, ...(variable === "" ? [] : [unsetVariable(variable)]), ...rightMode(seen), ...tmpdirElsewhere(facts, found.subject)];
}

export const problem: Problem = { id: "tmp-not-writable", severity: "error", tools: ["pip"], when: "always", detect, remedies };
