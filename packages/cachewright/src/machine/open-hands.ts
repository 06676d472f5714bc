import type { Hands } from "./hands.ts";
import { pathHands } from "./path-hands.ts";
import { pinnedHands } from "./pinned-hands.ts";
import { pinningAvailable } from "./pinned.ts";

/** The best hands this system offers. Close them when done. */
export function openHands(): Hands {
  return pinningAvailable() ? pinnedHands() : pathHands();
}
