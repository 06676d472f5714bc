/**
 * Names as a terminal may show them. Machine text is data: a path may hold line breaks, escape sequences,
 * direction marks and bytes that are no UTF-8 (these travel as lone surrogates U+DC80…U+DCFF).
 */
const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", "'": "\\'" };

/** A path for reading: as it is, or in the shell's `$'…'` when it could not be shown truly. */
export function visiblePath(path: string): string {
  return isUnsafe(path) ? dollarQuoted(path) : path;
}

/** A word for a command line that can be pasted into a shell. */
export function shellWord(word: string): string {
  if (isUnsafe(word)) return dollarQuoted(word);
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Free text (a log line, a config value): control characters become escapes, tabs and the rest stay. */
export function visibleText(text: string): string {
  if (isPlain(text)) return text;
  return text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_C}]/gu, (char) => (char === "\t" ? char : escaped(char)));
}

/** For a place of a known width: a tab would move what comes after it. */
export function visibleInLine(text: string): string {
  return visibleText(text).replaceAll("\t", "\\t");
}

/** Nearly every text is. The tables behind the classes cost 3 ms, so that no expression with them is made before it is needed. */
function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

function isUnsafe(text: string): boolean {
  return !isPlain(text) && /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_C}]/u.test(text);
}

function dollarQuoted(word: string): string {
  return `$'${word.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_C}\\']/gu, escaped)}'`;
}

function escaped(char: string): string {
  const code = char.charCodeAt(0);
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`;
  return named[char] ?? (code < 0x80 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`);
}
