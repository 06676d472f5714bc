import { notOursWords } from "../../src/report/text/explanation.ts";
import type { SearchEntry } from "../site-page.ts";
import type { SearchData } from "./search-data.ts";
import { plain, termsOf } from "./terms.ts";

const weights = { names: 8, title: 6, messages: 4, summary: 3, text: 1 } as const;

/** A script rather than JSON: a page that is opened from a disk may load no other kind of data. */
export function searchIndex(entries: readonly SearchEntry[]): string {
  return `globalThis.cachewrightSearch = ${JSON.stringify(searchData(entries))};\n`;
}

export function searchData(entries: readonly SearchEntry[]): SearchData {
  const terms = new Map<string, number[]>();
  for (const [doc, entry] of entries.entries()) {
    for (const [term, weight] of weighed(entry)) {
      const postings = terms.get(term) ?? [];
      postings.push(doc, weight);
      terms.set(term, postings);
    }
  }
  return {
    docs: entries.map(({ path, title, kind, summary, names, messages }) => ({ p: path, title, kind, about: summary, names: names.map(plain), said: messages.map(plain) })),
    terms: Object.fromEntries([...terms].sort(([a], [b]) => (a < b ? -1 : 1))),
    notOurs: notOursWords,
  };
}

/** How much a term says of an entry: often is more, and ten times often is hardly more than that. */
function weighed(entry: SearchEntry): [string, number][] {
  const sums = new Map<string, number>();
  for (const field of ["names", "title", "messages", "summary", "text"] as const) {
    const counts = new Map<string, number>();
    for (const term of termsOf([entry[field]].flat().join(" "))) counts.set(term, (counts.get(term) ?? 0) + 1);
    for (const [term, count] of counts) sums.set(term, (sums.get(term) ?? 0) + weights[field] * ((count * 2) / (count + 1)));
  }
  return [...sums].map(([term, sum]) => [term, Math.round(sum * 10) / 10]);
}
