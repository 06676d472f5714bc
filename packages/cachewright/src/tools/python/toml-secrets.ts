/** Lines of a TOML file that hold a password or a token: in a URL, or by the name they stand under. */
const urlPassword = /[a-z][a-z0-9+.-]*:\/\/[^\s/@:'"]*:([^\s/@'"]+)@/i;
const tokenShape = /\b(?:pypi-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,})/;
/** Filled in from elsewhere, or not filled in at all. */
const placeholder = /^(?:\$\{?\w+\}?|%\w+%|<[^>]*>|\*+|x{3,}|)$/i;
const secretName = /^(?:password|passwd|token|api[_-]?token|auth[_-]?token)$/i;
/** Below `[pypi-token]` and `[http-basic]` of poetry's whatever stands there is one. */
const secretTable = /^pypi-token(?:\.|$)/;

export interface SecretLine {
  readonly key: string;
  readonly line: number;
}

/** By lines: a file that is no TOML may hold one, too. */
export function secretLines(text: string): SecretLine[] {
  let table = "";
  return text.split("\n").flatMap((raw, i): SecretLine[] => {
    const line = raw.trim();
    table = /^\[\[?\s*([^\]]+?)\s*\]/.exec(line)?.[1]?.replace(/["']/g, "") ?? table;
    if (line.startsWith("#")) return [];
    const pair = /^([\w."' -]+?)\s*=\s*(.*)$/.exec(line);
    const key = pair?.[1]?.replace(/["']/g, "") ?? "";
    const value = /^(["'])(.*?)\1/.exec(pair?.[2] ?? "")?.[2] ?? "";
    const isNamed = value !== "" && !placeholder.test(value) && (secretName.test(key.split(".").at(-1) ?? "") || secretTable.test(table) || key.startsWith("pypi-token."));
    const inUrl = urlPassword.exec(line)?.[1];
    if (!isNamed && !tokenShape.test(line) && (inUrl === undefined || placeholder.test(inUrl))) return [];
    return [{ key: [...(table === "" ? [] : [table]), key].filter((part) => part !== "").join("."), line: i + 1 }];
  });
}

/** The same in a file of variables (`.env`): only those that package tools take. */
export function secretVariableLines(text: string): SecretLine[] {
  return text.split("\n").flatMap((line, i): SecretLine[] => {
    const [, name = "", value = ""] = /^\s*(?:export\s+)?((?:PIP|PIPENV|POETRY|PDM|UV|HATCH|TWINE)_\w+)\s*=\s*["']?([^"'#\s]*)/.exec(line) ?? [];
    if (name === "" || placeholder.test(value)) return [];
    const inUrl = urlPassword.exec(value)?.[1];
    const isNamed = /PASSWORD|PYPI_TOKEN|_TOKEN$|_AUTH$/.test(name);
    return isNamed || tokenShape.test(value) || (inUrl !== undefined && !placeholder.test(inUrl)) ? [{ key: name, line: i + 1 }] : [];
  });
}
