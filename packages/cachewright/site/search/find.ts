/** The search: first what `explain` reads out of pasted text, then what the words lead to. */
import type { Explanation } from "../../src/explain/explanation.ts";
import type { SearchData, SearchDoc } from "./search-data.ts";
import { plain, termsOf } from "./terms.ts";

export interface Found {
  /** From the site's root. */
  readonly path: string;
  readonly title: string;
  readonly kind: string;
  readonly about: string;
  /** The line of the pasted text that says so. */
  readonly line?: string;
  /** True: the tools print the same words for it, and only the machine can tell. */
  readonly isAlike?: true;
}

export interface Findings {
  /** What the text says that no page is about. */
  readonly note?: string;
  readonly found: readonly Found[];
}

export type Explain = (text: string) => Explanation;

const MOST = 12;
/** Of what the words alone lead to, once `explain` has found something. */
const MOST_BESIDE = 3;
/** More words than these say no more about what is looked for. */
const MOST_TERMS = 80;

export function find(query: string, data: SearchData, explain?: Explain): Findings {
  const asked = query.trim();
  if (asked.length < 2) return { found: [] };
  const { found: explained, note } = explain === undefined || asked.length < 8 ? { found: [] } : read(explain(query), data);
  const paths = new Set(explained.map(({ path }) => path));
  const others = byWords(asked, data).filter(({ p }) => !paths.has(p)).map(asFound);
  return { found: [...explained, ...(explained.length > 0 ? others.slice(0, MOST_BESIDE) : others)].slice(0, MOST), ...(note === undefined ? {} : { note }) };
}

/** As `explain` judges: failures first, then what is not ours, then what the tools only mention. */
function read({ findings, notOurs }: Explanation, data: SearchData): Findings {
  const failures = findings.filter(({ weight }) => weight === "failure");
  const found = findings.flatMap(({ problem, lines: [line], text, path }) => {
    const doc = docOf(problem, data);
    return doc === undefined ? [] : [{ ...asFound(doc), line: `line ${line}${path === null ? "" : `, ${path}`}: ${text}` }];
  });
  const also = [...findings.flatMap(({ alsoPossible }) => alsoPossible), ...(notOurs?.alsoPossible ?? [])].flatMap((problem) => docOf(problem, data) ?? []);
  const rest = also.filter((doc, i) => also.indexOf(doc) === i && !found.some(({ path }) => path === doc.p)).map((doc) => ({ ...asFound(doc), isAlike: true as const }));
  const unique = found.filter((one, i) => found.findIndex(({ path }) => path === one.path) === i);
  const note = notOurs === null || failures.length > 0 ? undefined : `What failed is no cache and no permission: ${data.notOurs[notOurs.kind] ?? notOurs.kind} (line ${notOurs.line}).`;
  return { found: [...unique, ...rest], ...(note === undefined ? {} : { note }) };
}

function docOf(problem: string, data: SearchData): SearchDoc | undefined {
  return data.docs.find(({ p }) => p === `problems/${problem}.html`);
}

function asFound({ p, title, kind, about }: SearchDoc): Found {
  return { path: p, title, kind, about };
}

function byWords(query: string, data: SearchData): SearchDoc[] {
  const terms = [...new Set(termsOf(query))].slice(0, MOST_TERMS);
  const scores = new Map<number, { sum: number; hits: number }>();
  for (const [i, term] of terms.entries()) {
    for (const [doc, weight] of postingsOf(term, data, i === terms.length - 1)) {
      const score = scores.get(doc) ?? { sum: 0, hits: 0 };
      scores.set(doc, { sum: score.sum + weight, hits: score.hits + 1 });
    }
  }
  const whole = plain(query);
  const ranked = [...scores].map(([doc, { sum, hits }]) => ({ doc, score: sum * (hits / terms.length) ** 2 + bonus(whole, data.docs[doc] as SearchDoc) }));
  return ranked.sort((a, b) => b.score - a.score || a.doc - b.doc).slice(0, MOST).map(({ doc }) => data.docs[doc] as SearchDoc);
}

/** The last word may still be being typed: what begins with it counts, too, a little less. Rare terms say more than common ones. */
function postingsOf(term: string, { terms, docs }: SearchData, isLast: boolean): Map<number, number> {
  const best = new Map<number, number>();
  const take = (name: string, share: number): void => {
    const postings = terms[name] as readonly number[];
    const rarity = Math.log(1 + docs.length / (postings.length / 2));
    for (let i = 0; i < postings.length; i += 2) {
      const doc = postings[i] as number;
      best.set(doc, Math.max(best.get(doc) ?? 0, (postings[i + 1] as number) * rarity * share));
    }
  };
  if (Object.hasOwn(terms, term)) take(term, 1);
  if (isLast && term.length > 2) for (const name of Object.keys(terms)) if (name !== term && name.startsWith(term)) take(name, 0.6);
  return best;
}

function bonus(whole: string, { names, said, title }: SearchDoc): number {
  if (names.includes(whole)) return 1000;
  if (plain(title) === whole) return 900;
  return whole.length >= 12 && said.some((text) => text.includes(whole)) ? 300 : names.some((name) => name.startsWith(whole)) ? 100 : 0;
}
