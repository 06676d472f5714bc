/**
 * Text that was taken out of a file in pieces: a RUN without its continued lines, a YAML block without its indentation,
 * a word without its quotes. Each place in it is traced back to the file, so that a finding points there.
 */
export interface Range {
  /** UTF-16 units from the beginning of the file's text (without a byte order mark); the end is exclusive. */
  readonly start: number;
  readonly end: number;
}

interface Piece {
  /** Where it begins in the mapped text. */
  readonly at: number;
  readonly length: number;
  /** Where it begins in the file. */
  readonly from: number;
  /** Units of the file it stands for: more than `length` for an escape, whose places all trace to its beginning. */
  readonly width: number;
}

export interface MappedText {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** A part of the file as it stands there. */
export function wholeText(text: string, { start, end }: Range = { start: 0, end: text.length }): MappedText {
  return { text: text.slice(start, end), pieces: [{ at: 0, length: end - start, from: start, width: end - start }] };
}

export interface TextBuilder {
  /** Takes over units of the parent text as they are. */
  copy(start: number, end: number): void;
  /** `text` stands where the parent text has the units from `start` to `end` (an escape, a joined line). */
  put(text: string, start: number, end: number): void;
  done(): MappedText;
}

/** Builds a text out of parts of another mapped text; places trace to the file, however deep. */
export function buildText(parent: MappedText): TextBuilder {
  let text = "";
  const pieces: Piece[] = [];
  const add = (part: string, from: number, width: number): void => {
    if (part === "") return;
    const last = pieces.at(-1);
    const plain = part.length === width;
    if (plain && last !== undefined && last.length === last.width && last.from + last.width === from && last.at + last.length === text.length) {
      pieces[pieces.length - 1] = { ...last, length: last.length + part.length, width: last.width + width };
    } else {
      pieces.push({ at: text.length, length: part.length, from, width });
    }
    text += part;
  };
  const copy = (start: number, end: number): void => {
    for (const piece of piecesIn(parent, start, end)) {
      const from = Math.max(start, piece.at);
      const to = Math.min(end, piece.at + piece.length);
      if (piece.length === piece.width) add(parent.text.slice(from, to), piece.from + (from - piece.at), to - from);
      else add(parent.text.slice(from, to), piece.from, piece.width);
    }
  };
  return {
    copy,
    put: (part, start, end) => {
      const { start: from, end: to } = rangeIn(parent, start, end);
      add(part, from, to - from);
    },
    done: () => ({ text, pieces }),
  };
}

/** One text after the other, as if they stood together. */
export function joinTexts(texts: readonly MappedText[]): MappedText {
  let text = "";
  const pieces: Piece[] = [];
  for (const one of texts) {
    for (const piece of one.pieces) pieces.push({ ...piece, at: piece.at + text.length });
    text += one.text;
  }
  return { text, pieces };
}

/** Lines that end in "\n" alone: a shell takes a "\r" for part of the last word. */
export function withoutReturns(mapped: MappedText): MappedText {
  if (!mapped.text.includes("\r\n")) return mapped;
  const builder = buildText(mapped);
  let from = 0;
  for (let at = mapped.text.indexOf("\r\n"); at >= 0; at = mapped.text.indexOf("\r\n", at + 2)) {
    builder.copy(from, at);
    from = at + 1;
  }
  builder.copy(from, mapped.text.length);
  return builder.done();
}

/** The range of the file that the units from `start` to `end` come from. */
export function rangeIn(mapped: MappedText, start: number, end: number): Range {
  const from = placeIn(mapped, start);
  if (end <= start) return { start: from, end: from };
  const piece = pieceAt(mapped, end - 1);
  if (piece === undefined) return { start: from, end: from };
  const to = piece.length === piece.width ? piece.from + (end - piece.at) : piece.from + piece.width;
  return { start: from, end: Math.max(from, to) };
}

export function placeIn(mapped: MappedText, index: number): number {
  const piece = pieceAt(mapped, index);
  if (piece !== undefined) return piece.length === piece.width ? piece.from + (index - piece.at) : piece.from;
  const last = mapped.pieces.at(-1);
  return last === undefined ? 0 : last.from + last.width;
}

function pieceAt({ pieces }: MappedText, index: number): Piece | undefined {
  const piece = pieces[firstBehind(pieces, index)];
  return piece !== undefined && piece.at <= index ? piece : undefined;
}

function piecesIn({ pieces }: MappedText, start: number, end: number): readonly Piece[] {
  let first = firstBehind(pieces, start);
  const found: Piece[] = [];
  for (let piece = pieces[first]; piece !== undefined && piece.at < end; piece = pieces[++first]) found.push(piece);
  return found;
}

/** The first piece that ends behind `index`. */
function firstBehind(pieces: readonly Piece[], index: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const piece = pieces[middle];
    if (piece !== undefined && piece.at + piece.length <= index) low = middle + 1;
    else high = middle;
  }
  return low;
}
