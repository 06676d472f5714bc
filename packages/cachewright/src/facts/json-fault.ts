/** Where a text stops being JSON. V8 names the position only for some faults, and not in every version. */

const blank = /[ \t\r\n]*/y;
const scalar = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const name = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

type Wanted = "value" | "value or ]" | "name" | "name or }" | ":" | ", or end";

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** Offset of the first character that no JSON text could have there; the text's length when it only ends too early. */
export function jsonFaultAt(text: string): number {
  const open: ("[" | "{")[] = [];
  let wanted: Wanted = "value";
  let at = matchAt(blank, text, 0);
  for (; at < text.length; at = matchAt(blank, text, at)) {
    const character = text[at] ?? "";
    if (wanted === ", or end") {
      const inside = open.at(-1);
      if (inside !== undefined && character === ",") wanted = inside === "[" ? "value" : "name";
      else if (inside !== undefined && character === (inside === "[" ? "]" : "}")) open.pop();
      else return at;
      at += 1;
    } else if (wanted === ":") {
      if (character !== ":") return at;
      wanted = "value";
      at += 1;
    } else if ((wanted === "value or ]" && character === "]") || (wanted === "name or }" && character === "}")) {
      open.pop();
      wanted = ", or end";
      at += 1;
    } else if (wanted.startsWith("value") && (character === "[" || character === "{")) {
      open.push(character);
      wanted = character === "[" ? "value or ]" : "name or }";
      at += 1;
    } else {
      const end = matchAt(wanted.startsWith("name") ? name : scalar, text, at);
      if (end < 0) return at;
      wanted = wanted.startsWith("name") ? ":" : ", or end";
      at = end;
    }
  }
  return at;
}
