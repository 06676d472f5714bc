import type { Markup } from "../src/report/html/markup.ts";

/** What the search knows of a page, or of a part of one. */
export interface SearchEntry {
  /** From the site's root, with an anchor for a part. */
  readonly path: string;
  readonly title: string;
  /** "problem", "command", "setting" … as a reader would say it. */
  readonly kind: string;
  /** One line below the title. */
  readonly summary: string;
  /** Names people look for by letter: ids, variables, options. */
  readonly names: readonly string[];
  /** What tools print. */
  readonly messages: readonly string[];
  readonly text: string;
}

export interface SitePage {
  /** From the site's root: "problems/disk-full.html". */
  readonly path: string;
  readonly title: string;
  /** For search engines and previews. */
  readonly summary: string;
  /** Pages above it, the start page left out. */
  readonly above: readonly { readonly title: string; readonly path: string }[];
  /** Begins with the h1. */
  readonly main: Markup;
  readonly search: readonly SearchEntry[];
}

/** Words of a page without its tags, for the search. */
export function plainWords({ markup }: Markup): string {
  return markup.replace(/<[^>]+>/g, " ").replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))).replace(/\s+/g, " ").trim();
}
