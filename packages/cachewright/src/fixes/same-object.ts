import type { Born, Look } from "../machine/hands.ts";
import type { Guard } from "./step.ts";

/** What is known of an object from before. */
export interface Known {
  readonly type: Guard["type"];
  readonly dev: string;
  readonly ino: string;
  readonly born?: Born;
}

/** The same numbers, but made at another moment: the inode number was used again. */
export function isReborn(now: Born, then: Born): boolean {
  return now !== undefined && then !== undefined && now !== then;
}

/** Device numbers only mean something within one boot. */
export function isSameObject(now: Look, then: Known, sameBoot: boolean): boolean {
  return now.guard.type === then.type && now.guard.ino === then.ino && (!sameBoot || now.guard.dev === then.dev) && !isReborn(now.bornNow, then.born);
}

export function knownOf({ guard, born }: { guard: Guard; born?: Born }): Known {
  return { type: guard.type, dev: guard.dev, ino: guard.ino, born };
}

/** What a step said of the thing it made; undefined when it did not come to say anything. */
export function madeKnown(type: Guard["type"], saved: Readonly<Record<string, string>> | undefined): Known | undefined {
  const { dev, ino, born } = saved ?? {};
  return ino === undefined || dev === undefined ? undefined : { type, dev, ino, born };
}
