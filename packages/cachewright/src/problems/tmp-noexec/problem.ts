import type { Facts, MountFact } from "../../facts/facts.ts";
import { mountOfPath } from "../../facts/mounts.ts";
import { chosenInstall, pipNames, resolvedPath } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { tmpdirElsewhere } from "../temp-cures.ts";

interface Place { readonly variant: "tmp" | "venv"; readonly path: string; readonly mount: MountFact }

/** Programs run from there: what a build unpacks, and an environment's own Python. */
function places(facts: Facts): Place[] {
  const { chosen } = facts.temp;
  const install = chosenInstall(facts);
  const wanted = [
    ...(chosen.ok ? [{ variant: "tmp" as const, path: chosen.value }] : []),
    ...(install?.kind === "venv" ? [{ variant: "venv" as const, path: install.prefix }] : []),
  ];
  return wanted.flatMap(({ variant, path }) => {
    const mount = mountOfPath(facts, resolvedPath(facts, path));
    return mount?.options.includes("noexec") === true ? [{ variant, path, mount }] : [];
  });
}

function detect(facts: Facts): Finding[] {
  return places(facts).map(({ variant, path, mount }) => ({
    problem: "tmp-noexec", severity: "error", subject: path,
    evidence: [{ says: `${mount.point}: ${mount.type} ${mount.options.join(",")}`, from: facts.mounts.ok ? { ...facts.mounts.from, line: mount.line } : { call: "mount table" } }, { says: `${path} lies on it`, from: { path } }],
    params: { path, mount: mount.point, options: mount.options.join(","), pip: pipNames(facts.pip.uses), variant },
  }));
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const ask: Remedy = { id: "remount", needs: "root", steps: [], params: { mount: found.params["mount"] ?? "" }, shown: [`mount -o remount,exec ${found.params["mount"] ?? ""}`] };
  if (found.params["variant"] === "venv") return [{ id: "venv-elsewhere", needs: "user", steps: [], shown: ["python3 -m venv ~/venvs/NAME"] }, ask];
  return [...tmpdirElsewhere(facts, found.subject), ask];
}

export const problem: Problem = { id: "tmp-noexec", severity: "error", tools: ["pip"], when: "always", detect, remedies };
