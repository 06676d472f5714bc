import type { Facts, MountFact } from "../../facts/facts.ts";
import { mountOfPath } from "../../facts/mounts.ts";
import { allCaches, anyCacheElsewhere } from "../caches.ts";
import { toolNames, toolRoots } from "../tool-places.ts";
import { uvCaches } from "../uv-cache-parts.ts";
import { chosenInstall, pipNames, resolvedPath } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { tmpdirElsewhere } from "../temp-cures.ts";

interface Place { readonly variant: "tmp" | "venv" | "cache"; readonly path: string; readonly mount: MountFact; readonly users: string }

/** Programs run from there: what a build unpacks, and an environment's own Python. */
function places(facts: Facts): Place[] {
  const { chosen } = facts.temp;
  const install = chosenInstall(facts);
  const pips = pipNames(facts.pip.uses);
  const wanted = [
    ...(chosen.ok ? [{ variant: "tmp" as const, path: chosen.value, users: pips }] : []),
    ...(install?.kind === "venv" ? [{ variant: "venv" as const, path: install.prefix, users: pips }] : []),
    // uv builds in its cache, and starts programs and Pythons from there (uvx).
    ...toolRoots(facts, uvCaches).map(({ root, uses }) => ({ variant: "cache" as const, path: root, users: toolNames(uses) })),
  ];
  return wanted.flatMap(({ variant, path, users }) => {
    const mount = mountOfPath(facts, resolvedPath(facts, path));
    return mount?.options.includes("noexec") === true ? [{ variant, path, mount, users }] : [];
  });
}

function detect(facts: Facts): Finding[] {
  return places(facts).map(({ variant, path, mount, users }) => ({
    problem: "tmp-noexec", severity: "error", subject: path,
    evidence: [{ says: `${mount.point}: ${mount.type} ${mount.options.join(",")}`, from: facts.mounts.ok ? { ...facts.mounts.from, line: mount.line } : { call: "mount table" } }, { says: `${path} lies on it`, from: { path } }],
    params: { path, mount: mount.point, options: mount.options.join(","), pip: users, variant },
  }));
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const ask: Remedy = { id: "remount", needs: "root", steps: [], params: { mount: found.params["mount"] ?? "" }, shown: [`mount -o remount,exec ${found.params["mount"] ?? ""}`] };
  if (found.params["variant"] === "venv") return [{ id: "venv-elsewhere", needs: "user", steps: [], shown: ["python3 -m venv ~/venvs/NAME"] }, ask];
  if (found.params["variant"] === "cache") return [...anyCacheElsewhere(facts, allCaches(facts).find(({ path }) => path === found.subject), { id: "cache-elsewhere", ill: found.params["mount"] ?? "" }), ask];
  return [...tmpdirElsewhere(facts, found.subject), ask];
}

export const problem: Problem = { id: "tmp-noexec", severity: "error", tools: ["pip", "uv"], when: "always", detect, remedies };
