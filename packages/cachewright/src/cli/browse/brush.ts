/** How lines look: colours and symbols that only repeat what words and signs say. */
import type { Paint } from "../../machine/terminal.ts";

export interface Brush {
  readonly paint: Paint;
  /** Where something is cut. */
  readonly more: string;
  readonly open: string;
  readonly closed: string;
  readonly free: string;
  readonly held: string;
}

export function brushOf(paint: Paint, unicode: boolean): Brush {
  return unicode ? { paint, more: "…", open: "▾", closed: "▸", free: "█", held: "░" } : { paint, more: "~", open: "-", closed: "+", free: "#", held: "-" };
}
