/** What the browser gets to search in; short names, because every reader loads it. */
export interface SearchData {
  readonly docs: readonly SearchDoc[];
  /** By term: number of a doc and weight of the term in it, in turns. */
  readonly terms: Readonly<Record<string, readonly number[]>>;
  /** Kinds of failures that are not ours, in words. */
  readonly notOurs: Readonly<Record<string, string>>;
}

export interface SearchDoc {
  /** From the site's root. */
  readonly p: string;
  readonly title: string;
  readonly kind: string;
  readonly about: string;
  /** Lower case. */
  readonly names: readonly string[];
  /** What tools print, plain. */
  readonly said: readonly string[];
}
