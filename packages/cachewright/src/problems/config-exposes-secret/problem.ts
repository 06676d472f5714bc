import type { Facts, PathFact } from "../../facts/facts.ts";
import { behindLinks, isInHome, octal, pipNames, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { mayEdit } from "../settings-words.ts";
import { exposedToolSecrets, isOpenToOthers } from "../tool-configs.ts";
import { movedOut } from "../tool-ways.ts";

type Config = Facts["pip"]["configs"][number];

/** The user's own settings: what only this user reads may be closed to everybody else. */
function isPersonal(facts: Facts, config: Config, file: PathFact): boolean {
  return mayEdit(facts, file.path) && (config.level === "user" || isInHome(facts, file.path));
}

function ofPip(facts: Facts): Finding[] {
  return facts.pip.configs.flatMap((config): Finding[] => {
    const file = behindLinks(facts, config.path);
    const [first] = config.secrets ?? [];
    if (first === undefined || !isOpenToOthers(facts, file)) return [];
    return [{
      problem: "config-exposes-secret", severity: "warning", subject: config.path,
      evidence: (config.secrets ?? []).map(({ section, key, line }) => ({ says: `[${section}] ${key} holds a credential, and mode ${octal(file.mode)} lets everybody read it`, from: { path: config.path, line }, path: file })),
      params: {
        path: config.path, file: file.path, line: String(first.line), key: first.key, mode: octal(file.mode),
        pip: pipNames(facts.pip.uses.filter((use) => use.reads.includes(config.path))), variant: isPersonal(facts, config, file) ? "own" : "shared",
      },
    }];
  });
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { file = "", line = "" } = found.params;
  const shown = movedOut(found.params["tools"]);
  const moveOut: Remedy = { id: "move-out", needs: found.params["variant"] === "own" ? "user" : "root", steps: [], params: { file }, shown: [`# edit ${file}:${line}`, ...shown] };
  if (found.params["variant"] !== "own") return [moveOut];
  return [{
    id: "make-private", needs: "user", params: { file },
    steps: [{
      kind: "chmod", why: "only its owner reads it", actor: selfActor(facts), root: file, within: file, select: "top",
      dirs: { add: 0, remove: 0 }, files: { add: 0, remove: 0o077 },
    }],
  }, moveOut];
}

export const problem: Problem = {
  id: "config-exposes-secret", severity: "warning", tools: ["pip", "uv", "poetry", "pdm", "pipenv", "hatch"], when: "always",
  detect: (facts) => [...ofPip(facts), ...exposedToolSecrets(facts)],
  remedies,
};
