import { isLook } from "../machine/one-look.ts";
import type { Asked } from "./tool.ts";

/** The answer to a question, worked out once where the machine says the same every time it is asked. */
export function oncePerQuestion<T>(answer: (asked: Asked) => T): (asked: Asked) => T {
  const known = new WeakMap<Asked, { readonly value: T }>();
  return (asked) => {
    if (!isLook(asked.machine)) return answer(asked);
    const before = known.get(asked);
    if (before !== undefined) return before.value;
    const value = answer(asked);
    known.set(asked, { value });
    return value;
  };
}
