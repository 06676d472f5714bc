/**
 * How conda sets out a complaint: a sentence, then indented lines with paths. With `--json` the same text stands in one
 * string, its line ends as `\n` and its backslashes doubled.
 */
const path = String.raw`(?<path>(?:[^"\n\\]|\\(?!n(?:[\s"\\]|$))){1,4096})`;

/** The sentence, and where it is there the path that follows `key` further down. */
export function condaComplaint(sentence: string, key: string, { upTo = 160 }: { readonly upTo?: number } = {}): RegExp {
  return new RegExp(String.raw`${sentence}[\s\S]{0,${upTo}}?(?:\n|\\n)\s{0,8}${key}${path}|${sentence}`);
}
