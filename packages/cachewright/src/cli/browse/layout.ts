/** Which lines of the screen are for what. Pure. */
import type { ScreenSize } from "../../machine/screen.ts";

export interface Layout {
  readonly title: boolean;
  /** What the columns are. */
  readonly heads: boolean;
  /** Lines for rows. */
  readonly body: number;
  /** What is marked. */
  readonly marked: boolean;
  readonly keys: boolean;
}

/** On few lines the rows and what is marked come first. */
export function layoutOf({ rows }: ScreenSize): Layout {
  const [marked, title, keys, heads] = [rows >= 2, rows >= 4, rows >= 5, rows >= 8];
  return { title, heads, marked, keys, body: Math.max(1, rows - [title, heads, marked, keys].filter(Boolean).length) };
}
