import type { CondaFact, Facts } from "../../facts/facts.ts";
import { selfActor } from "../look-up.ts";
import type { Finding, Remedy } from "../problem.ts";
import { mayEdit, shellWord } from "../settings-words.ts";

type Stray = NonNullable<CondaFact["configs"][number]["strays"]>[number];

const base = { problem: "config-key-ignored", severity: "warning" } as const;

/** Keys of a condarc, and variables, that conda passes over. Whole files that it passes over are conda-config-ignored. */
export function condaStrays(facts: Facts): Finding[] {
  const { conda } = facts;
  return conda === undefined ? [] : [...strayLines(conda), ...strayVariables(conda)];
}

function strayLines(conda: CondaFact): Finding[] {
  return conda.configs.flatMap(({ path, strays }) => (strays ?? []).map(({ key, line, meant, text }): Finding => ({
    ...base, subject: `${path}:${line}`,
    evidence: [{ says: text ?? `${key}: …`, from: { path, line } }],
    params: { place: `${path}:${line}`, path, file: path, line: String(line), key, right: meant, pip: `conda ${conda.version}`, variant: "key" },
  })));
}

function strayVariables(conda: CondaFact): Finding[] {
  return (conda.strayVariables ?? []).map(({ name, meant }): Finding => ({
    ...base, subject: name, evidence: [{ says: `${name} is set`, from: { env: name } }],
    params: { place: name, key: name, variable: name, right: meant, pip: `conda ${conda.version}`, variant: "variable" },
  }));
}

/** The line under its right name; where a list is wanted, a plain word becomes one. */
function rightLine({ key, meant, fits, text }: Stray): string | undefined {
  if (text === null || !text.startsWith(`${key}:`)) return undefined;
  if (fits) return `${meant}${text.slice(key.length)}`;
  const word = /^: +([\w/.~$-]+) *$/.exec(text.slice(key.length))?.[1];
  return word === undefined || !meant.endsWith("_dirs") ? undefined : `${meant}: [${word}]`;
}

/** undefined: the finding is none of conda's. */
export function condaStrayCures({ subject, params }: Finding, facts: Facts): Remedy[] | undefined {
  const { right = "", variable } = params;
  const config = facts.conda?.configs.find(({ path, strays }) => strays?.some(({ line }) => subject === `${path}:${line}`));
  if (config === undefined) {
    const value = variable === undefined ? undefined : facts.env[variable];
    if (variable === undefined || value === undefined || !variable.startsWith("CONDA_")) return undefined;
    return [{ id: "right-variable", needs: "user", steps: [], params: { right, place: subject }, shown: [`unset ${variable}`, `export ${right}=${shellWord(value)}`] }];
  }
  const stray = config.strays?.find(({ line }) => subject === `${config.path}:${line}`) as Stray;
  const text = rightLine(stray);
  const common = { id: "right-name", params: { right, place: subject, file: config.path } };
  if (text === undefined || stray.text === null || !mayEdit(facts, config.path)) return [{ ...common, needs: mayEdit(facts, config.path) ? "user" : "root", steps: [], shown: [`# edit ${subject}: ${right} instead of ${stray.key}`] }];
  return [{
    ...common, needs: "user",
    steps: [{ kind: "change-config", why: "conda does not know it by this name", actor: selfActor(facts), path: config.path, change: { do: "replace-line", line: stray.line, old: stray.text, text } }],
  }];
}
