import { basename } from "node:path";
import type { Facts, PackagesFact } from "../../facts/facts.ts";
import { asideName, pathFact } from "../look-up.ts";
import { setAside, together } from "../ownership-cures.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

type Leftover = PackagesFact["leftovers"][number];

/** "tabulate 0.9.0", or the name as pip left it. */
function nameOf({ path, name, version }: Leftover): string {
  return name === undefined ? basename(path) : [name, version ?? ""].join(" ").trim();
}

function evidenceOf(facts: Facts, leftover: Leftover): Evidence {
  const { path, beside } = leftover;
  const says = beside === null ? `left of ${nameOf(leftover)}, which is not there any more` : `left beside ${basename(beside)}, which is there`;
  return { says, from: { path }, path: pathFact(facts, path) };
}

/** A half that was removed and has nothing in its place matters more than rubbish: it decides the sentence. */
function detect(facts: Facts): Finding[] {
  return (facts.packages ?? []).flatMap(({ directory, python, leftovers }): Finding[] => {
    if (leftovers.length === 0) return [];
    const lost = leftovers.filter(({ beside, path }) => beside === null && path.endsWith("-info"));
    const [first] = lost.length > 0 ? lost : leftovers;
    if (first === undefined) return [];
    return [{
      problem: "invalid-distribution-leftover", severity: "note", subject: directory,
      evidence: [...lost, ...leftovers.filter((one) => !lost.includes(one))].slice(0, 10).map((one) => evidenceOf(facts, one)),
      params: { path: directory, python, name: basename(first.path), package: nameOf(first), count: String(leftovers.length), variant: lost.length > 0 ? "lost" : "rubbish" },
    }];
  });
}

function reinstall(python: string, lost: readonly Leftover[]): Remedy[] {
  const shown = lost.flatMap(({ name, version }) => (name === undefined ? [] : [`${shellWord(python)} -m pip install ${shellWord(version === undefined ? name : `${name}==${version}`)}`]));
  return shown.length === 0 ? [] : [{ id: "install-again", needs: "user", steps: [], shown }];
}

/** Rubbish goes aside. What is all that is left of a package stays until the package is back. */
function remedies(found: Finding, facts: Facts): Remedy[] {
  const packages = facts.packages?.find(({ directory }) => directory === found.subject);
  if (packages === undefined) return [];
  if (found.params["variant"] === "lost") return reinstall(packages.python, packages.leftovers.filter(({ beside, path }) => beside === null && path.endsWith("-info")));
  const paths = packages.leftovers.map(({ path }) => pathFact(facts, path));
  const aside = together(paths.flatMap((path) => setAside(facts, path, [found.subject])), paths.length);
  if (aside.length > 0) return aside;
  return [{ id: "as-its-owner", needs: "root", steps: [], shown: paths.map(({ path }) => `mv -n ${shellWord(path)} ${shellWord(asideName(facts, path))}`) }];
}

export const problem: Problem = { id: "invalid-distribution-leftover", severity: "note", tools: ["pip"], when: "always", detect, remedies };
