/** A page of text over the tree: help, details, a plan, what came of it. Pure. */
import { foldedText } from "./fit.ts";
import { helpLines, type TextAct } from "./keys.ts";
import { layoutOf } from "./layout.ts";
import { linesOf } from "./moving.ts";
import type { Browsing, Pressed, TextView } from "./browsing.ts";

/** As wide as the screen: nothing is cut off. */
export function textLines({ text, of }: TextView, columns: number): string[] {
  return foldedText(of === "help" ? helpLines().join("\n") : text, columns);
}

export function pressInText(state: Browsing, view: TextView, act: TextAct | undefined): Pressed {
  if (act === undefined) return { state };
  if (act === "back") return { state: { ...state, view: { at: "tree" } } };
  if (act === "apply") return view.canApply ? { state, effect: "apply" } : { state: view.of === "plan" ? state : { ...state, view: { at: "tree" } } };
  if (act === "now") return view.of === "plan" ? { state: { ...state, now: !state.now }, effect: "plan" } : { state };
  const { body } = layoutOf(state.size);
  const lowest = Math.max(0, textLines(view, state.size.columns).length - body);
  return { state: { ...state, view: { ...view, top: Math.max(0, Math.min(Math.min(view.top, lowest) + linesOf(act, body), lowest)) } } };
}
