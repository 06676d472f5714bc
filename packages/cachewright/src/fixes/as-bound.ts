import type { WalkedEntry } from "../machine/hands.ts";
import type { Binding } from "./binding.ts";
import { isInside, joinRel } from "./step-path.ts";

/**
 * The same view, but the root of a step is the object that was bound, and where all of it was walked, so is what is in it.
 * Whoever owns a directory on the way can exchange what is there between two looks: what is recognised must be what will
 * be changed.
 */
export function asBound(binding: Binding, root: string, entries: readonly WalkedEntry[], isWalked = false): Binding {
  const seen = new Map(entries.map(({ rel, guard, born, allocated }) => [rel === "" ? root : joinRel(root, rel), { guard, born, bornNow: born, allocated }]));
  if (!seen.has(root)) return binding;
  const isPinned = (file: string): boolean => file === root || (isWalked && isInside(file, root));
  return { ...binding, view: { ...binding.view, look: (file) => (isPinned(file) ? (seen.get(file) ?? "absent") : binding.view.look(file)) } };
}
