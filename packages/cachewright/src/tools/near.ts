/** How many letters may be wrong: none where the word is so short that it may well be another. */
const slips = (word: string): number => (word.length < 8 ? 0 : word.length < 14 ? 1 : 2);

/** Optimal string alignment, as far as two words differ by `most` at the most. */
function differ(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return true;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return (last[b.length] ?? 0) > most;
}

/** The same word, but for a slip of the fingers. */
export function isNear(word: string, known: string): boolean {
  return word === known || !differ(word, known, slips(known));
}
