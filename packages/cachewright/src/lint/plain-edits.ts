/** Edits that are safe because the words stand in the file just as the shell reads them. */
import type { CharEdit } from "../configs/source-text.ts";
import type { Source, Word } from "./source.ts";

export function isPlain({ text }: Source, word: Word): boolean {
  return word.value !== undefined && text.slice(word.range.start, word.range.end) === word.value;
}

/** Adds words behind one; undefined where that one is quoted, an element of a JSON form, or put in by a variable. */
export function addBehind(source: Source, word: Word, words: string): readonly CharEdit[] | undefined {
  return isPlain(source, word) ? [{ start: word.range.end, end: word.range.end, content: ` ${words}` }] : undefined;
}

/** Takes a word out, with the blank before it. */
export function takeOut(source: Source, word: Word): readonly CharEdit[] | undefined {
  const { start, end } = word.range;
  return isPlain(source, word) && source.text[start - 1] === " " ? [{ start: start - 1, end, content: "" }] : undefined;
}

export function replaceWord(source: Source, word: Word, content: string): readonly CharEdit[] | undefined {
  return isPlain(source, word) ? [{ ...word.range, content }] : undefined;
}
