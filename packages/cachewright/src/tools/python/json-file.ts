import type { Looker } from "../../machine/machine.ts";

const largest = 4 << 20;

/** The object in a small file of JSON, behind `from` bytes of something else; undefined for anything else. */
export function jsonOf(looker: Looker, path: string, from = 0): Readonly<Record<string, unknown>> | undefined {
  const read = looker.readFile(path, largest);
  if (!read.ok) return undefined;
  try {
    const value: unknown = JSON.parse(read.value.toString("utf8", from));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
