/** Where lines begin and end in a buffer that moves along a log, and their numbers. */
import { countNewlines } from "./count-newlines.ts";

export interface LineCounter {
  /** The number of the line at an offset, from 1; cheapest for offsets that ascend. */
  at(offset: number): number;
  /** Call before the first `by` bytes go. */
  shift(by: number): void;
}

export function lineCounter(buffer: Uint8Array): LineCounter {
  let counted = 0;
  let newlines = 0;
  const at = (offset: number): number => {
    newlines += offset >= counted ? countNewlines(buffer, counted, offset) : -countNewlines(buffer, offset, counted);
    counted = offset;
    return newlines + 1;
  };
  return {
    at,
    shift(by) {
      at(by);
      counted = 0;
    },
  };
}

/** A lone `\r` (a progress bar) breaks a line as well, but counts none. */
export function lineStart(bytes: Uint8Array, from: number, limit: number): number {
  let at = from;
  while (at > limit && bytes[at - 1] !== 10 && bytes[at - 1] !== 13) at--;
  return at;
}

export function lineEnd(bytes: Uint8Array, from: number, limit: number): number {
  let at = from;
  while (at < limit && bytes[at] !== 10 && bytes[at] !== 13) at++;
  return at;
}
