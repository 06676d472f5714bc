/** The text of a YAML scalar with the way back to its place: block scalars lose their indentation, quoted ones their escapes. */
import type { Scalar } from "yaml";
import { buildText, wholeText, type MappedText, type TextBuilder } from "../mapped-text.ts";

interface Walk {
  readonly value: string;
  readonly source: string;
  readonly builder: TextBuilder;
  /** In the value, and in the file. */
  at: number;
  from: number;
}

export function scalarText(scalar: Scalar, source: string): MappedText {
  const value = typeof scalar.value === "string" ? scalar.value : String(scalar.source ?? scalar.value ?? "");
  const [start, end] = scalar.range ?? [0, 0];
  const from = scalar.type === "BLOCK_LITERAL" || scalar.type === "BLOCK_FOLDED" ? afterHeader(source, start) : scalar.type === "QUOTE_SINGLE" || scalar.type === "QUOTE_DOUBLE" ? start + 1 : start;
  const walk: Walk = { value, source: source.slice(0, end), builder: buildText(wholeText(source)), at: 0, from };
  const aligned = align(walk, scalar.type ?? "PLAIN") ? walk.builder.done() : undefined;
  if (aligned?.text === value) return aligned;
  // Not as expected: the scalar as a whole is still its place.
  const whole = buildText(wholeText(source));
  whole.put(value, start, end);
  return whole.done();
}

/** Block scalars begin behind the line of their `|` or `>`. */
function afterHeader(source: string, start: number): number {
  const line = source.indexOf("\n", start);
  return line < 0 ? source.length : line + 1;
}

/** What YAML changes is white space alone, but for quotes and escapes: both texts are walked side by side. */
function align(walk: Walk, type: string): boolean {
  while (walk.at < walk.value.length) {
    const sign = walk.source[walk.from];
    if (type === "QUOTE_DOUBLE" && sign === "\\") {
      if (!takeEscape(walk)) return false;
    } else if (type === "QUOTE_SINGLE" && sign === "'" && walk.value[walk.at] === "'") {
      put(walk, 1, 2);
    } else if (isBlank(walk.value[walk.at]) || isBlank(sign)) {
      takeBlanks(walk, type);
    } else if (sign === walk.value[walk.at]) {
      takeSame(walk);
    } else {
      return false;
    }
  }
  return true;
}

function takeSame(walk: Walk): void {
  const { value, source, at, from } = walk;
  let length = 1;
  for (let sign = value[at + length]; sign !== undefined && sign === source[from + length] && !isBlank(sign) && sign !== "\\" && sign !== "'"; sign = value[at + length]) length++;
  walk.builder.copy(from, from + length);
  walk.at += length;
  walk.from += length;
}

function put(walk: Walk, length: number, width: number): void {
  walk.builder.put(walk.value.slice(walk.at, walk.at + length), walk.from, walk.from + width);
  walk.at += length;
  walk.from += width;
}

function takeBlanks(walk: Walk, type: string): void {
  const length = blanksFrom(walk.value, walk.at);
  const width = blanksFrom(walk.source, walk.from);
  if (length > 0 && walk.value.slice(walk.at, walk.at + length) === walk.source.slice(walk.from, walk.from + width)) {
    walk.builder.copy(walk.from, walk.from + width);
    walk.at += length;
    walk.from += width;
  } else if (type === "QUOTE_DOUBLE" && length > width) {
    put(walk, width, width);
    // The rest comes from escapes; without one behind it nothing moves, and the walk would not end.
    if (width === 0 && walk.source[walk.from] !== "\\") walk.at += length;
  } else {
    put(walk, length, width);
  }
}

/** `\n`, `\x0a`, `\u000a`, a line that goes on. */
function takeEscape(walk: Walk): boolean {
  const sign = walk.source[walk.from + 1];
  if (sign === undefined) return false;
  if (sign === "\n" || sign === "\r") {
    walk.from += 1;
    walk.from += blanksFrom(walk.source, walk.from);
    return true;
  }
  const width = sign === "x" ? 4 : sign === "u" ? 6 : sign === "U" ? 10 : 2;
  put(walk, (walk.value.codePointAt(walk.at) ?? 0) > 0xffff ? 2 : 1, width);
  return true;
}

function isBlank(sign: string | undefined): boolean {
  return sign === " " || sign === "\n" || sign === "\t" || sign === "\r";
}

function blanksFrom(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text[at])) at++;
  return at - from;
}
