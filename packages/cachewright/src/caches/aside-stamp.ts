import { randomBytes } from "node:crypto";

/** What a name set aside ends with, as runs are named: the second alone may be another run's, and what can be foreseen could be there before. */
export function asideStamp(now: Date): string {
  const digits = now.toISOString().replaceAll(/\D/g, "");
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${randomBytes(2).toString("hex")}`;
}
