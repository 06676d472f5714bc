/** Amounts as people type them. */
import { AppError } from "../machine/app-error.ts";

const powers: Readonly<Record<string, number>> = { "": 0, k: 1, m: 2, g: 3, t: 4, p: 5 };

/** "5G" and "5 GB" are powers of ten, as disks, pip and our own reports count; "5GiB" are powers of two. In bytes. */
export function parseBytes(option: string, text: string): number {
  const [, digits = "", unit = "", binary = ""] = /^(\d+(?:\.\d+)?)\s?([kmgtp]?)(i?)b?$/i.exec(text.trim()) ?? [];
  const power = powers[unit.toLowerCase()];
  if (digits === "" || power === undefined || (binary !== "" && unit === "")) throw new AppError("E_USAGE", `${option} wants a size, not ${text}`, { hint: "for example 500M, 5G, 2.5GiB" });
  return Math.round(Number(digits) * (binary === "" ? 1000 : 1024) ** power);
}

const day = 24 * 3_600_000;
const spans: Readonly<Record<string, number>> = { h: 3_600_000, d: day, w: 7 * day, m: 30 * day, y: 365 * day };

/** "30d", "12h", "8w", "6m" (of 30 days), "1y". In milliseconds. */
export function parseAge(option: string, text: string): number {
  const [, digits = "", unit = ""] = /^(\d+)\s?([hdwmy])[a-z]*$/i.exec(text.trim()) ?? [];
  const span = spans[unit.toLowerCase()];
  if (span === undefined) throw new AppError("E_USAGE", `${option} wants an age, not ${text}`, { hint: "for example 12h, 30d, 8w, 6m, 1y" });
  return Number(digits) * span;
}
