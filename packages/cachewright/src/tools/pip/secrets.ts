/**
 * Which of pip's settings hold a credential: the password or token of a URL (indexes, links, proxies), or a token's own
 * shape. pip takes variables in a file literally, so `${TOKEN}` is a name and no secret.
 */
const urlCredential = /(?:^|[\s=])(?:[a-z][a-z0-9+.-]*:\/\/)?([^\s/@:'"<>]*)(?::([^\s/@'"<>]*))?@[\w[]/gi;
const tokenShape = /\b(?:pypi-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,})/;
const tokenParameter = /[?&](?:access_?token|api_?key|password|passwd|private_token|sig|token)=[^&\s#]/i;
const placeholder = /^(?:\$\{?\w+\}?|%\w+%|<[^>]*>|\*+)$/;

/** Values that can carry one: URLs of indexes, pages of links, proxies. */
const carriers: ReadonlySet<string> = new Set(["index-url", "pypi-url", "extra-index-url", "find-links", "proxy", "index", "download-url", "constraint", "requirement"]);

/** A name before the "@" is no secret, what follows its colon is. */
export function holdsCredential(option: string, value: string): boolean {
  if (tokenShape.test(value)) return true;
  if (!carriers.has(option)) return false;
  if (tokenParameter.test(value)) return true;
  return [...value.matchAll(urlCredential)].some(([, , password = ""]) => password !== "" && !placeholder.test(password));
}
