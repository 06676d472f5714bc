/** `${{ matrix.x }}` and `$[[ inputs.x ]]` are put in before a shell sees the text: to it they are words nobody knows. */
import { buildText, type MappedText } from "../mapped-text.ts";

const expression = /\$\{\{[\s\S]*?\}\}|\$\[\[[\s\S]*?\]\]/g;

/** No script sets it, so a word with it has no known value. */
const stand = "${CI_EXPRESSION}";

export function hideExpressions(script: MappedText): MappedText {
  if (!script.text.includes("${{") && !script.text.includes("$[[")) return script;
  const builder = buildText(script);
  let done = 0;
  for (const { 0: text, index } of script.text.matchAll(expression)) {
    builder.copy(done, index);
    builder.put(stand, index, index + text.length);
    done = index + text.length;
  }
  builder.copy(done, script.text.length);
  return builder.done();
}

export function hasExpression(text: string): boolean {
  return text.includes("${{") || text.includes("$[[");
}
