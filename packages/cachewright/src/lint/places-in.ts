/** Lines and columns of many places in one text; looking through it for each would take for ever in a long one. */
export type PlaceOf = (index: number) => { readonly line: number; readonly column: number };

/** As editors count: from 1, columns in characters. */
export function placesIn(text: string): PlaceOf {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  // Of a line with ten thousand findings only what stands between two of them is counted.
  let last = { line: 0, index: 0, column: 1 };
  return (index) => {
    let low = 0;
    for (let high = starts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle;
    }
    const from = last.line === low + 1 && last.index <= index ? last : { index: starts[low] ?? 0, column: 1 };
    last = { line: low + 1, index, column: from.column + Array.from(text.slice(from.index, index)).length };
    return { line: last.line, column: last.column };
  };
}
