import type { Binding } from "./binding.ts";

/** The entries of a directory; none where there is none. */
export function namesIn(directory: string, { view, hands }: Binding): readonly string[] {
  const seen = view.look(directory);
  const origin = view.origin(directory);
  return typeof seen === "string" || seen.guard.type !== "dir" || typeof origin === "string" ? [] : hands.names(origin.today, seen.guard);
}
