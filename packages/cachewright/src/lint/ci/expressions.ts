/** `${{ matrix.x }}` and `$[[ inputs.x ]]` are put in before a shell sees the text: to it they are words nobody knows. */
import { buildText, type MappedText, type Range } from "../mapped-text.ts";

const signs = [["${{", "}}"], ["$[[", "]]"]] as const;

/** No script sets it, so a word with it has no known value. */
const stand = "${CI_EXPRESSION}";

export function hideExpressions(script: MappedText): MappedText {
  if (!hasExpression(script.text)) return script;
  const builder = buildText(script);
  let done = 0;
  for (const { start, end } of expressionsIn(script.text)) {
    builder.copy(done, start);
    builder.put(stand, start, end);
    done = end;
  }
  builder.copy(done, script.text.length);
  return builder.done();
}

/** A sign that is not closed is text; then no later one of its kind is closed either, and none is looked for again. */
function expressionsIn(text: string): Range[] {
  const found: Range[] = [];
  const nexts = signs.map(([open]) => text.indexOf(open));
  for (;;) {
    const kind = (nexts[1] ?? -1) >= 0 && ((nexts[0] ?? -1) < 0 || (nexts[1] ?? -1) < (nexts[0] ?? -1)) ? 1 : 0;
    const start = nexts[kind] ?? -1;
    if (start < 0) return found;
    const [open, close] = signs[kind];
    const at = text.indexOf(close, start + open.length);
    if (at < 0) {
      nexts[kind] = -1;
      continue;
    }
    const end = at + close.length;
    found.push({ start, end });
    signs.forEach(([other], i) => {
      if ((nexts[i] ?? -1) >= 0 && (nexts[i] ?? -1) < end) nexts[i] = text.indexOf(other, end);
    });
  }
}

export function hasExpression(text: string): boolean {
  return text.includes("${{") || text.includes("$[[");
}
