import { basename } from "node:path";
import type { Facts } from "../../facts/facts.ts";
import { allDamage, type CondaDamageFact as Damage } from "../conda-likes.ts";
import { pathFact, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

function detect(facts: Facts): Finding[] {
  return allDamage(facts).map((damage): Finding => ({
    problem: "conda-package-corrupt", severity: "error", subject: damage.package,
    evidence: [{ says: damage.says, from: { path: damage.package, call: damage.kind === "archive" ? "sha256" : "info/paths.json" }, path: pathFact(facts, damage.package) }],
    params: { path: damage.package, name: basename(damage.package), says: damage.says, cache: damage.cache, variant: damage.kind === "archive" ? "archive" : facts.rattler?.damaged?.includes(damage) === true ? "rattler" : "" },
  }));
}

/** Removing asks for the directory only: of a cache that is somebody else's to keep the command is shown. */
function isOwn(facts: Facts, { cache, paths }: Damage): boolean {
  const seen = pathFact(facts, cache);
  return paths.length > 0 && seen.uid === facts.user.euid && seen.access?.write === "ok";
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const damage = allDamage(facts).find((one) => one.package === found.subject);
  if (damage === undefined) return [];
  const params = { path: damage.package };
  if (!isOwn(facts, damage)) return [{ id: "ask-owner", needs: "root", steps: [], params, shown: [`sudo rm -r ${shellWord(damage.package)}`] }];
  return [{
    id: "remove-package", needs: "user", params, probes: [damage.cache],
    steps: [{ kind: "remove", why: "it is unpacked or fetched again when it is next wanted", actor: selfActor(facts), within: damage.cache, paths: [...damage.paths] }],
  }];
}

export const problem: Problem = { id: "conda-package-corrupt", severity: "error", tools: ["conda", "rattler", "pixi"], when: "always", detect, remedies };
