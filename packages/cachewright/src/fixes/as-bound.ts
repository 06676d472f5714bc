import type { WalkedEntry } from "../machine/hands.ts";
import type { Binding } from "./binding.ts";

/**
 * The same view, but the root of a step is the object that was bound. Whoever owns a directory on the way can exchange
 * what is there between two looks: what is recognised must be what will be changed.
 */
export function asBound(binding: Binding, root: string, entries: readonly WalkedEntry[]): Binding {
  const top = entries.find(({ rel }) => rel === "");
  if (top === undefined) return binding;
  const { guard, born, allocated } = top;
  return { ...binding, view: { ...binding.view, look: (file) => (file === root ? { guard, born, bornNow: born, allocated } : binding.view.look(file)) } };
}
