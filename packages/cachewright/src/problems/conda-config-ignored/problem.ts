import { basename, dirname } from "node:path";
import type { CondaFact, Facts } from "../../facts/facts.ts";
import { isOwnPlace, whyDenied } from "../conda-cures.ts";
import { canSetAside, pathFact, selfActor } from "../look-up.ts";
import { restoreMode } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

type Config = CondaFact["configs"][number];

/** In a `condarc.d` anything may lie; only what looks like settings was meant to be read. */
const looksMeant = /^\.?condarc$|\.ya?ml$|\.ya?ml\.txt$/i;

function variantOf({ state, ignored, scope, path }: Config): "variable" | "name" | "unreadable" | undefined {
  if (state !== "ignored") return undefined;
  if (ignored === "unreadable") return "unreadable";
  if (ignored !== "name") return undefined;
  if (scope === "env-file") return "variable";
  return looksMeant.test(basename(path)) ? "name" : undefined;
}

function detect(facts: Facts): Finding[] {
  return (facts.conda?.configs ?? []).flatMap((config): Finding[] => {
    const variant = variantOf(config);
    if (variant === undefined) return [];
    const because = variant === "unreadable" ? whyDenied(facts, config.path, config.errno) : "";
    return [{
      problem: "conda-config-ignored", severity: "warning", subject: config.path,
      evidence: [{ says: variant === "unreadable" ? because : `conda reads no file called ${basename(config.path)} there`, from: variant === "variable" ? { env: "CONDARC" } : { path: config.path }, path: pathFact(facts, config.path) }],
      params: { path: config.path, name: basename(config.path), because, conda: facts.conda?.version ?? "", variant: variant === "name" ? "" : variant },
    }];
  });
}

/** A name that conda reads, near the one it has. */
function nameFor(path: string): string {
  return /\.ya?ml$/i.test(path) ? path.replace(/\.[^.]+$/, (ending) => ending.toLowerCase()) : `${path.replace(/\.txt$/i, "").replace(/\.ya?ml$/i, "")}.yml`;
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const config = facts.conda?.configs.find(({ path }) => path === found.subject);
  if (config === undefined) return [];
  const seen = pathFact(facts, config.path);
  const to = nameFor(config.path);
  if (found.params["variant"] === "variable") return [{ id: "set-variable", needs: "user", steps: [], params: { to }, shown: [`mv ${shellWord(config.path)} ${shellWord(to)}`, `export CONDARC=${shellWord(to)}`] }];
  if (found.params["variant"] === "unreadable") {
    const mended = restoreMode(facts, seen, { select: "top", probes: [] });
    return mended.length > 0 ? mended : [{ id: "ask-owner", needs: "root", steps: [], params: { path: config.path }, shown: [`sudo chmod a+rX ${shellWord(config.path)}`] }];
  }
  if (!isOwnPlace(facts, config.path) || !canSetAside(facts, seen)) return [{ id: "ask-owner", needs: "root", steps: [], params: { path: config.path }, shown: [`sudo mv ${shellWord(config.path)} ${shellWord(to)}`] }];
  return [{
    id: "rename-file", needs: "user", params: { path: config.path, to }, probes: [dirname(config.path)],
    steps: [{ kind: "rename", why: "a name that conda reads", actor: selfActor(facts), from: config.path, to, aside: false }],
  }];
}

export const problem: Problem = { id: "conda-config-ignored", severity: "warning", tools: ["conda"], when: "always", detect, remedies };
