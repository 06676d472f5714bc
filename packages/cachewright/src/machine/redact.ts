/**
 * Takes secrets out of text before it reaches output, facts or journal: the user part of URLs,
 * query parameters and headers that carry tokens. Shape only; no list of known hosts.
 */
const rules: readonly [RegExp, string][] = [
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/@'"<>]+@/gi, "$1***@"],
  [/([?&](?:access_?token|api_?key|auth|key|password|passwd|private_token|secret|sig|signature|token)=)[^&\s'"<>#]+/gi, "$1***"],
  [/\b((?:proxy-)?authorization\s*[:=]\s*)(?:(?:basic|bearer|token)\s+)?[^\s'",]+/gi, "$1***"],
  [/\b((?:[a-z0-9]+_)*(?:password|passwd|secret|token|api_?key)\s*=\s*)(["']?)[^\s"']+\2/gi, "$1***"],
  [/\b(?:pypi-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|glpat-[A-Za-z0-9_-]{16,})/g, "***"],
];

export function redact(text: string): string {
  // Every rule needs one of these characters; most text has none.
  if (!/[@=:]|pypi-|gh[pousr]_|glpat-/.test(text)) return text;
  let out = text;
  for (const [pattern, replacement] of rules) out = out.replace(pattern, replacement);
  return out;
}
