/**
 * Takes secrets out of text before it reaches output, facts or journal: the user part of URLs,
 * query parameters and headers that carry tokens. Shape only; no list of known hosts.
 */
const rules: readonly [RegExp, string][] = [
  // A password typed as it is may hold "/" and "@"; a port is none. Bounded: text is looked at once, not once for each URL in it.
  [/([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@:<>"]{0,256}:(?!\d+(?:[/?#\s]|$))[^\s<>"]{0,512}@/gi, "$1***@"],
  [/([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@<>"]+@/gi, "$1***@"],
  [/\b((?:https?_|all_)?proxy["']?(?:\s*[=:]\s*|\s+)["']?)(?![a-z][a-z0-9+.-]*:\/\/)[^\s/@:"']{1,256}:[^\s"']{1,256}@/gi, "$1***@"],
  [/([?&][\w-]{0,64}(?:token|api_?key|auth|key|password|passwd|secret|sig|signature|credential)=)[^&\s'"<>#]+/gi, "$1***"],
  [/\b((?:proxy-)?authorization\s*[:=]\s*)(?:(?:basic|bearer|token)\s+)?[^\s'",]+/gi, "$1***"],
  [/\b((?:[a-z0-9]+_)*(?:password|passwd|secret|token|api_?key)\s*=\s*)(?:"[^"\n]*"|'[^'\n]*'|[^\s"']+)/gi, "$1***"],
  [/\b((?:password|passwd|api_?key):[ \t]*)(?:"[^"\n]*"|'[^'\n]*'|[^\s"']+)/gi, "$1***"],
  [/\b(?:pypi-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,})/g, "***"],
];

/** Every rule needs one of these; most text has none. True of JSON when it is true of a string in it: none of them is escaped there. */
const sign = /[@=]|authorization|(?:password|passwd|api_?key):|pypi-|gh[pousr]_|github_pat_|glpat-/i;

export function mayHoldSecret(text: string): boolean {
  return sign.test(text);
}

export function redact(text: string): string {
  if (!mayHoldSecret(text)) return text;
  let out = text;
  for (const [pattern, replacement] of rules) out = out.replace(pattern, replacement);
  return out;
}
