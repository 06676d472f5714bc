import { join } from "node:path";
import type { CondaFact, Facts } from "../../facts/facts.ts";
import { homeOf, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { mayEdit, shellWord } from "../settings-words.ts";

type Written = CondaFact["written"][number];
type Fault = "text" | "joined" | "literal" | "relative";

/** Two absolute places with what parts them elsewhere: conda's items are parted by commas or stand one a line. */
const joined = /[:;](?=[/~$])/;

function faultOf(facts: Facts, { value, kind, from }: Written): Fault | undefined {
  if (facts.machine.platform === "win32") return undefined;
  if (joined.test(value)) return "joined";
  const made = (facts.conda?.pkgsDirs ?? []).filter((dir) => dir.from.path === from.path && dir.from.line === from.line && dir.from.env === from.env);
  // What could not be replaced stays as it was written, below the working directory.
  if (/^(?:\$|~[^/])/.test(value) && made.some(({ path }) => path.endsWith(`/${value}`))) return "literal";
  if (kind === "text") return "text";
  return /^[/~$]/.test(value) ? undefined : "relative";
}

function placeOf({ from }: Written): string {
  return from.env ?? (from.line === undefined ? (from.path ?? "") : `${from.path}:${from.line}`);
}

function detect(facts: Facts): Finding[] {
  const { conda } = facts;
  return (conda?.written ?? []).flatMap((written): Finding[] => {
    const fault = faultOf(facts, written);
    if (conda === undefined || fault === undefined) return [];
    const made = conda.pkgsDirs.find(({ path }) => path.endsWith(`/${written.value}`))?.path ?? join(facts.cwd, written.value);
    return [{
      problem: "conda-pkgs-dirs-misread", severity: fault === "text" ? "error" : "warning", subject: `${placeOf(written)} ${written.value}`,
      evidence: [{ says: `pkgs_dirs ${written.kind === "text" ? "is the one word" : "has"} ${written.value}`, from: written.from }],
      params: { place: placeOf(written), value: written.value, made, conda: conda.version, variant: fault === "joined" ? "" : fault },
    }];
  });
}

/** undefined: what was meant stands nowhere. */
function meant(facts: Facts, written: Written): string[] | undefined {
  const fault = faultOf(facts, written);
  const home = homeOf(facts);
  if (fault === "literal" || (fault === "relative" && home === undefined)) return undefined;
  if (fault === "relative") return [join(home ?? "/", written.value)];
  return written.value.split(/[:;](?=[/~$])/).map((part) => part.trim()).filter((part) => part !== "");
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const all = facts.conda?.written ?? [];
  const written = all.find((one) => `${placeOf(one)} ${one.value}` === found.subject);
  if (written === undefined) return [];
  const together = all.filter(({ from }) => from.env === written.from.env && from.path === written.from.path);
  const values = together.map((one) => meant(facts, one));
  const known = values.every((value): value is string[] => value !== undefined) ? [...new Set(values.flat())] : undefined;
  const { path, env } = written.from;
  if (env !== undefined) return known === undefined ? [byHand(`export ${env}=PLACE`)] : [{ id: "set-variable", needs: "user", steps: [], params: { variable: env }, shown: [`export ${env}=${shellWord(known.join(","))}`] }];
  if (known === undefined || !mayEdit(facts, path)) return [byHand("conda config --show-sources pkgs_dirs")];
  return [{
    id: "correct-list", needs: "user", params: { file: path, values: known.join(", ") },
    steps: [{ kind: "change-config", why: "places as conda reads them", actor: selfActor(facts), path, change: { do: "set-list", key: "pkgs_dirs", values: known } }],
  }];
}

function byHand(command: string): Remedy {
  return { id: "by-hand", needs: "user", steps: [], shown: [command] };
}

export const problem: Problem = { id: "conda-pkgs-dirs-misread", severity: "warning", tools: ["conda"], when: "always", detect, remedies };
