import { basename, dirname } from "node:path";
import type { Facts } from "../../facts/facts.ts";
import { pathFact } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

function detect(facts: Facts): Finding[] {
  const { links, version = "" } = facts.conda ?? {};
  return (links?.soft ?? []).map(({ prefix, link, package: source }): Finding => {
    const seen = pathFact(facts, link);
    return {
      problem: "conda-softlinked-env", severity: "warning", subject: prefix,
      evidence: [
        { says: `it is a link to ${seen.linkTo ?? source}`, from: { path: link, call: "readlink" }, path: seen },
        ...(links?.mode === "soft" ? [{ says: "always_softlink asks for it", from: links.from }] : []),
      ],
      params: { path: prefix, name: basename(prefix), link, cache: dirname(source), package: basename(source), conda: version },
    };
  });
}

function remedies({ subject }: Finding, facts: Facts): Remedy[] {
  const isAsked = facts.conda?.links?.mode === "soft";
  const from = facts.conda?.links?.from;
  const off = !isAsked ? [] : [from !== undefined && "env" in from ? `unset ${from.env}` : "conda config --set always_softlink false"];
  return [
    { id: "clone", needs: "user", steps: [], params: { path: subject }, shown: [...off, `conda create --prefix ${shellWord(`${subject}-whole`)} --clone ${shellWord(subject)} --offline`, `conda remove --prefix ${shellWord(subject)} --all   # once the new one works`] },
    { id: "clean-the-rest", needs: "user", steps: [], params: { path: subject }, shown: ["conda clean --tarballs --index-cache --logfiles"] },
  ];
}

export const problem: Problem = { id: "conda-softlinked-env", severity: "warning", tools: ["conda"], when: "always", detect, remedies };
