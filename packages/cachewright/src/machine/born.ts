import type { BigIntStats } from "node:fs";
import type { Born } from "./hands.ts";

export interface BirthTimes {
  readonly born: Born;
  readonly bornNow: Born;
}

/** A file system that keeps no such time says 0; without statx(2) the ctime stands in its place, and moves. */
export function birthOf({ birthtimeNs, ctimeNs }: BigIntStats): BirthTimes {
  const bornNow = birthtimeNs === 0n ? undefined : String(birthtimeNs);
  return { born: birthtimeNs === ctimeNs ? undefined : bornNow, bornNow };
}
