/**
 * Finds many literals at once in bytes, after Wu and Manber (1994): of each literal a window of SPAN bytes is
 * looked for, by the last two bytes of the window; a table tells how far the search may jump, which is several
 * bytes on average. An alternation in a regular expression looks at every byte and slows down with each literal.
 */
const SPAN = 6;

/** `at` is an offset inside the literal; where it starts is nobody's concern here. */
export type OnFound = (literal: string, at: number) => void;

export interface LiteralSearch {
  /** Calls back, in ascending order, for each literal whose window ends in [from, to). */
  run(bytes: Uint8Array, from: number, to: number, onFound: OnFound): void;
}

interface Needle {
  readonly literal: string;
  readonly bytes: Uint8Array;
  /** Where the window ends in the literal. */
  readonly windowEnd: number;
}

/** How often two characters stand together in logs, roughly: letters of English words are poor landmarks. */
function commonness(first: number, second: number): number {
  const score = (byte: number): number => (byte === 32 ? 4 : /[etaoinsrldc]/.test(String.fromCharCode(byte)) ? 3 : byte >= 97 && byte <= 122 ? 2 : 1);
  return score(first) * score(second);
}

export function literalSearch(literals: readonly string[]): LiteralSearch {
  const jumps = new Uint8Array(1 << 16).fill(SPAN - 1);
  const needles = new Map<number, Needle[]>();
  for (const literal of literals) {
    if (/[\x00-\x1f\x7f]/.test(literal) || Buffer.byteLength(literal) < 6) throw new Error(`trigger ${JSON.stringify(literal)}: six printable bytes at least`);
    const needle = needleFor(literal);
    const { bytes, windowEnd } = needle;
    for (let back = SPAN - 2; back >= 0; back--) {
      const pair = (bytes[windowEnd - back - 1]! << 8) | bytes[windowEnd - back]!;
      jumps[pair] = Math.min(jumps[pair]!, back);
    }
    const last = (bytes[windowEnd - 1]! << 8) | bytes[windowEnd]!;
    needles.set(last, [...(needles.get(last) ?? []), needle]);
  }
  const byPair: (readonly Needle[] | undefined)[] = new Array(1 << 16).fill(undefined);
  for (const [pair, list] of needles) byPair[pair] = list;

  return {
    run(bytes, from, to, onFound) {
      let at = Math.max(from, 1);
      while (at < to) {
        const pair = (bytes[at - 1]! << 8) | bytes[at]!;
        const jump = jumps[pair]!;
        if (jump > 0) {
          at += jump;
          continue;
        }
        for (const needle of byPair[pair]!) {
          if (standsAt(bytes, at - needle.windowEnd, needle.bytes)) onFound(needle.literal, at);
        }
        at++;
      }
    },
  };
}

/** The window with the rarest pairs, so that the search jumps far. */
function needleFor(literal: string): Needle {
  const bytes = Buffer.from(literal, "utf8");
  let best = { windowEnd: SPAN - 1, score: Infinity };
  for (let windowEnd = SPAN - 1; windowEnd < bytes.length; windowEnd++) {
    let score = 0;
    for (let back = 0; back < SPAN - 1; back++) score += commonness(bytes[windowEnd - back - 1]!, bytes[windowEnd - back]!) * (SPAN - 1 - back);
    if (score < best.score) best = { windowEnd, score };
  }
  return { literal, bytes, windowEnd: best.windowEnd };
}

function standsAt(bytes: Uint8Array, start: number, literal: Uint8Array): boolean {
  if (start < 0 || start + literal.length > bytes.length) return false;
  for (let index = 0; index < literal.length; index++) if (bytes[start + index] !== literal[index]) return false;
  return true;
}
