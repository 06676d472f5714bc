/** Globs of one name (`*`, `?`, `[a-z]`, `\*`), matched in steps that grow no faster than the name's length squared, however many stars. */
type Unit =
  | { readonly is: "star" }
  | { readonly is: "any" }
  | { readonly is: "sign"; readonly sign: string }
  /** None: a class that no sign is in, as `[z-a]`. */
  | { readonly is: "class"; readonly signs: RegExp | undefined };

export interface Glob {
  readonly units: readonly Unit[];
  /** Signs that a name has at least. */
  readonly shortest: number;
}

export function compileGlob(text: string): Glob {
  const units: Unit[] = [];
  const lastClose = text.lastIndexOf("]");
  let at = 0;
  while (at < text.length) {
    const sign = text[at] ?? "";
    const close = sign === "[" && at < lastClose ? closeOf(text, at) : -1;
    if (close > at + 1) {
      units.push({ is: "class", signs: classOf(text.slice(at + 1, close)) });
      at = close + 1;
    } else if (sign === "\\" && at + 1 < text.length) {
      units.push({ is: "sign", sign: text[at + 1] ?? "" });
      at += 2;
    } else {
      if (sign !== "*") units.push(sign === "?" ? { is: "any" } : { is: "sign", sign });
      else if (units.at(-1)?.is !== "star") units.push({ is: "star" });
      at++;
    }
  }
  return { units, shortest: units.filter(({ is }) => is !== "star").length };
}

/** A `]` at the very beginning is one of the class, unless there is no other. */
function closeOf(text: string, open: number): number {
  const first = open + (text[open + 1] === "!" || text[open + 1] === "^" ? 2 : 1);
  if (text[first] !== "]") return text.indexOf("]", first);
  const close = text.indexOf("]", first + 1);
  return close < 0 ? first : close;
}

function classOf(inside: string): RegExp | undefined {
  try {
    return new RegExp(`^[${inside.replace(/^[!^]/, "^").replaceAll(/[\\[\]]/g, "\\$&")}]$`);
  } catch {
    return undefined;
  }
}

/** Only the last star is ever tried again: one before it has nothing to win by taking more. */
export function matchesGlob({ units, shortest }: Glob, name: string): boolean {
  if (name.length < shortest) return false;
  let unit = 0;
  let at = 0;
  let again: { readonly unit: number; at: number } | undefined;
  while (at < name.length) {
    const wanted = units[unit];
    if (wanted?.is === "star") {
      again = { unit: ++unit, at };
    } else if (wanted !== undefined && takes(wanted, name[at] ?? "")) {
      unit++;
      at++;
    } else if (again !== undefined) {
      at = ++again.at;
      unit = again.unit;
    } else {
      return false;
    }
  }
  return unit === units.length || (unit === units.length - 1 && units[unit]?.is === "star");
}

function takes(unit: Unit, sign: string): boolean {
  if (unit.is === "sign") return unit.sign === sign;
  return unit.is === "any" || (unit.is === "class" && unit.signs?.test(sign) === true);
}
