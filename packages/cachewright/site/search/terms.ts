/** Text as terms to look up, the same for what is searched and for what is typed. */
export function termsOf(text: string): string[] {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}_]+/u).filter((word) => word.length > 1);
  return words.flatMap((word) => (word.includes("_") ? [word, ...word.split("_").filter((part) => part.length > 1)] : [word])).map(stem);
}

/** "permissions" is "permission"; no more is cut than that. */
function stem(word: string): string {
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

/** For comparing whole phrases. */
export function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, " ").trim();
}
