import type { Facts, PipUseFact } from "../../facts/facts.ts";
import { pipNames, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { mayEdit, unsetVariable } from "../settings-words.ts";
import { brokenToolConfigs, brokenToolRemedies } from "../broken-tool-configs.ts";
import { isOfTools } from "../tool-configs.ts";

type Break = PipUseFact["breaks"][number];

interface Broken { readonly first: Break; readonly all: Break[]; readonly uses: PipUseFact[] }

/** One file or variable is one finding, whatever the number of its faults. */
function brokenSources(facts: Facts): Map<string, Broken> {
  const found = new Map<string, Broken>();
  for (const use of facts.pip.uses) {
    for (const fault of use.breaks) {
      // No home at all is home-missing, and what old pips make of a true no-cache-dir is cache-disabled.
      if (fault.kind === "no-home" || fault.kind === "no-cache-dir-crash") continue;
      const key = fault.env ?? fault.path;
      const known = found.get(key) ?? { first: fault, all: [], uses: [] };
      if (!known.all.some((other) => other.kind === fault.kind && other.line === fault.line)) known.all.push(fault);
      if (!known.uses.includes(use)) known.uses.push(use);
      found.set(key, known);
    }
  }
  return found;
}

function ofPip(facts: Facts): Finding[] {
  return [...brokenSources(facts)].map(([subject, { first, all, uses }]) => ({
    problem: "config-breaks-tool", severity: "error", subject,
    evidence: all.map((fault) => ({
      says: fault.text,
      from: fault.env === undefined ? { path: fault.path, ...(fault.line === undefined ? {} : { line: fault.line }) } : { env: fault.env },
    })),
    params: {
      path: first.env === undefined ? first.path : "", file: first.path, line: String(first.line ?? ""), kind: first.kind, text: first.text,
      pip: pipNames(uses), variable: first.env ?? "", variant: first.env === undefined ? "file" : "variable",
    },
  }));
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  if (isOfTools(found)) return brokenToolRemedies(found, facts);
  const broken = brokenSources(facts).get(found.subject);
  if (broken === undefined) return [];
  const { first, all } = broken;
  if (first.env !== undefined) return [unsetVariable(first.env)];
  // A sound file that only one pip version cannot read is not the file's fault.
  if (all.every((fault) => fault.kind === "not-ascii")) return [{ id: "upgrade-pip", needs: "user", steps: [], shown: ["LC_ALL=C.UTF-8 python -m pip install --upgrade pip"] }];
  if (!mayEdit(facts, first.path)) return [{ id: "give-file-to-admin", needs: "root", steps: [], params: { file: first.path }, shown: all.map((fault) => `# ${fault.path}:${fault.line ?? 1}: ${fault.text}`) }];
  return [{
    id: "correct-file", needs: "user", params: { file: first.path },
    steps: all.filter((fault) => fault.kind !== "not-ascii").map((fault) => ({
      kind: "change-config" as const, why: fault.text, actor: selfActor(facts), path: fault.path, change: { do: "cure" as const, fault: fault.kind, line: fault.line ?? 1 },
    })),
  }];
}

export const problem: Problem = {
  id: "config-breaks-tool", severity: "error", tools: ["pip", "uv", "poetry", "pdm", "pipenv", "hatch", "virtualenv"], when: "always",
  detect: (facts) => [...ofPip(facts), ...brokenToolConfigs(facts)],
  remedies,
};
