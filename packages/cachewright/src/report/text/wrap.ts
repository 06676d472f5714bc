/** Columns a text takes: combining marks none, wide characters (East Asian, emoji) two. */
export function columns(text: string): number {
  // Most text is Latin, where but the soft hyphen takes no column.
  if (!/[\u0300-\uffff\xad]/.test(text)) return text.length;
  let sum = 0;
  for (const char of text) {
    if (/\p{Mark}|\p{Cf}/u.test(char)) continue;
    sum += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(char) ? 2 : 1;
  }
  return sum;
}

/** Breaks at spaces only: a path or a command in one word is never torn. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ +/)) {
    if (line !== "" && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines;
}

/** Wraps every paragraph with a first and a following indent. */
export function indented(text: string, { first, rest = " ".repeat(first.length), width }: { first: string; rest?: string; width: number }): string {
  return text.split("\n")
    .flatMap((paragraph) => wrap(paragraph, Math.max(30, width - columns(rest))))
    .map((line, i) => (i === 0 ? first : rest) + line)
    .join("\n");
}
