import type { Facts } from "../facts/facts.ts";
import type { Reader } from "../report/text/cure-lines.ts";

export function readerOf(facts: Facts, here: boolean): Reader {
  return { user: facts.user.name.ok ? facts.user.name.value : undefined, isRoot: facts.user.euid === 0, here };
}
