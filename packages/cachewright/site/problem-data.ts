/** Everything the site tells of the problems: their pages, how tools word them, and what their cures take. */
import type { ErrorClaim, Message } from "../src/problems/message.ts";
import { illMachines } from "../src/problems/ill-machines.ts";
import { allMessages } from "../src/problems/messages.generated.ts";
import type { Needs, Problem } from "../src/problems/problem.ts";
import { loadProblems } from "../src/problems/registry.generated.ts";
import type { PageFile } from "./page-file.ts";

export interface CureFacts {
  /** Of the machines that have the illness: what the cure takes there. Both: it depends on whose the place is. */
  readonly needs: readonly Needs[];
  /** Kinds of steps, in order; none for a cure that is only shown. */
  readonly steps: readonly string[];
}

export interface ProblemData {
  readonly page: PageFile;
  readonly problem: Problem;
  /** Without the parts of wordings that a paste may cut out. */
  readonly wordings: readonly Message[];
  readonly claims: readonly ErrorClaim[];
  readonly cures: ReadonlyMap<string, CureFacts>;
  /** Ids: those that print the same, that one leads to another, that its page names, and that name it. */
  readonly related: readonly string[];
}

export async function problemData(pages: readonly PageFile[]): Promise<ProblemData[]> {
  const problems = new Map((await loadProblems()).map((problem) => [problem.id, problem]));
  const messages = new Map(allMessages.map(({ problem, messages: own }) => [problem, own]));
  const named = new Map(pages.map((page) => [page.id, namesIn(page, problems)]));
  return pages.map((page) => {
    const problem = problems.get(page.id);
    if (problem === undefined) throw new Error(`there is a page, and no problem ${page.id}`);
    const { messages: wordings = [], claims = [] } = messages.get(page.id) ?? {};
    return {
      page, problem, claims, wordings: wordings.filter(({ id }) => !id.startsWith("cut-")), cures: cureFacts(problem),
      related: relatedTo(page.id, { problems, named, said: [...wordings, ...claims] }),
    };
  });
}

function cureFacts(problem: Problem): Map<string, CureFacts> {
  const told = (illMachines[problem.id] ?? []).flatMap((facts) => problem.detect(facts).flatMap((finding) => problem.remedies(finding, facts)));
  const found = new Map<string, CureFacts>();
  for (const { id, needs, steps } of [...told, ...(problem.shownCures ?? [])]) {
    const before = found.get(id) ?? { needs: [], steps: [] };
    found.set(id, { needs: [...new Set([...before.needs, needs])], steps: [...new Set([...before.steps, ...steps.map(({ kind }) => kind)])] });
  }
  return found;
}

interface Ties {
  readonly problems: ReadonlyMap<string, Problem>;
  readonly named: ReadonlyMap<string, readonly string[]>;
  readonly said: readonly { readonly alsoPossible?: readonly string[]; readonly consequenceOf?: readonly string[] }[];
}

function relatedTo(id: string, { problems, named, said }: Ties): string[] {
  const alike = said.flatMap(({ alsoPossible = [], consequenceOf = [] }) => [...alsoPossible, ...consequenceOf]);
  const namedBy = [...named].filter(([, names]) => names.includes(id)).map(([other]) => other);
  return [...new Set([...(named.get(id) ?? []), ...alike, ...namedBy])].filter((other) => other !== id && problems.has(other)).sort();
}

function namesIn({ id, sections }: PageFile, problems: ReadonlyMap<string, Problem>): string[] {
  const names = sections.flatMap(({ text }) => [...text.matchAll(/`([a-z][\w-]+)`/g)].map(([, name]) => name as string));
  return names.filter((name) => name !== id && problems.has(name));
}
