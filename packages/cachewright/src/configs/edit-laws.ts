/** What the tests of all config editors ask: plain edits of plain values to compare with, and that no other byte has moved. */
import { expect } from "vitest";
import type { ConfigPath, ConfigValue } from "./config-data.ts";
import type { TextEdit } from "./text-edit.ts";

/** How many files a law is tried on: `usual`, or what `CACHEWRIGHT_FUZZ_PROPERTY_RUNS` asks for. */
export function propertyRuns(usual: number, env: Readonly<Record<string, string | undefined>>): number {
  return Math.max(usual, Number(env["CACHEWRIGHT_FUZZ_PROPERTY_RUNS"] ?? 0));
}

export interface Wish {
  readonly do: "set" | "unset" | "add" | "remove";
  readonly path: ConfigPath;
  readonly value: ConfigValue;
  readonly at: "start" | "end";
  /** Of the places the file has, take this one instead of `path`. */
  readonly pick: number | null;
}

/** The wish about a place the file has, where it asks for one: a list for items, an item that is there to be removed. */
export function aimed(original: unknown, wish: Wish): Wish {
  if (wish.pick === null) return wish;
  const paths = pathsOf(original);
  const items = wish.do === "add" || wish.do === "remove" ? paths.filter((path) => typeof path.at(-1) === "number") : [];
  const path = (items.length > 0 ? items : paths)[wish.pick % Math.max(items.length > 0 ? items.length : paths.length, 1)];
  if (path === undefined) return wish;
  if (items.length === 0) return { ...wish, path };
  const item = path.reduce<unknown>((here, step) => (here as Plain)[step], original);
  return { ...wish, path: path.slice(0, -1), value: wish.do === "remove" && !hasDate(item) ? (item as ConfigValue) : wish.value };
}

function hasDate(value: unknown): boolean {
  return value instanceof Date || (typeof value === "object" && value !== null && Object.values(value).some(hasDate));
}

type Plain = Record<string | number, unknown>;

/** The values a file may hold after a wish, by the plainest code there is; none where the wish cannot be. Integers are bigints. */
export function plainEdit(original: unknown, { do: verb, path, value, at }: Omit<Wish, "pick">): unknown[] {
  if (verb === "unset") return unset(original, path);
  const all = copyOf(original) as Plain;
  const key = path.at(-1) ?? "";
  const parent = parentOf(all, path, verb !== "remove");
  const wanted = integersOf(value);
  if (parent === null) return verb === "remove" ? [original] : [];
  const list = parent[key];
  if (verb === "set") return put(all, { parent, key }, wanted);
  if (list !== undefined && list !== null && !Array.isArray(list)) return [];
  const items = (list ?? []) as unknown[];
  if (verb === "add") return items.some((item) => same(item, wanted)) ? [original] : put(all, { parent, key }, at === "start" ? [wanted, ...items] : [...items, wanted]);
  const left = items.filter((item) => !same(item, wanted));
  if (left.length === items.length) return [original];
  put(all, { parent, key }, left);
  return left.length > 0 ? [all] : [all, ...unset(original, path)];
}

function parentOf(all: Plain, path: ConfigPath, isMade: boolean): Plain | null {
  let here: unknown = all;
  for (const [depth, step] of path.entries()) {
    if (typeof here !== "object" || here === null || Array.isArray(here) !== (typeof step === "number")) return null;
    if (depth === path.length - 1) return here as Plain;
    const parent = here as Plain;
    if ((parent[step] === undefined || parent[step] === null) && isMade && !Array.isArray(here)) parent[step] = {};
    here = parent[step];
  }
  return null;
}

function put(all: Plain, { parent, key }: { parent: Plain; key: string | number }, value: unknown): unknown[] {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
  return [all];
}

function unset(original: unknown, path: ConfigPath): unknown[] {
  const answers: unknown[] = [];
  for (let length = path.length; length > 0; length--) {
    const all = copyOf(original) as Plain;
    const chain = path.slice(0, -1).reduce<(Plain | undefined)[]>((parents, step) => [...parents, parents.at(-1)?.[step] as Plain | undefined], [all]);
    for (let depth = path.length; depth >= length; depth--) {
      const parent = chain[depth - 1];
      const step = path[depth - 1] ?? "";
      if (typeof parent !== "object" || parent === null || Array.isArray(parent) !== (typeof step === "number")) return [original];
      // Parents go only when nothing is left in them.
      if (depth < path.length && (typeof step === "number" || Object.keys((parent[step] ?? {}) as object).length > 0)) return answers;
      if (Array.isArray(parent)) parent.splice(Number(step), 1);
      else delete parent[step];
    }
    answers.push(all);
  }
  return answers;
}

function same(a: unknown, b: unknown): boolean {
  try {
    expect(a).toStrictEqual(b);
    return true;
  } catch {
    return false;
  }
}

function integersOf(value: unknown): unknown {
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  if (Array.isArray(value)) return value.map(integersOf);
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, integersOf(item)])) : value;
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)]));
}

/** Every path a value has, tables and lists included. */
export function pathsOf(value: unknown, path: ConfigPath = []): ConfigPath[] {
  if (typeof value !== "object" || value === null || value instanceof Date) return [];
  const steps: [string | number, unknown][] = Array.isArray(value) ? [...(value as unknown[]).entries()] : Object.entries(value);
  return steps.flatMap(([step, item]) => [[...path, step], ...pathsOf(item, [...path, step])]);
}

/** Between the edits the bytes are those of the original, one by one. */
export function expectUntouched(before: Buffer, after: Buffer, edits: readonly TextEdit[]): void {
  let from = 0;
  let to = 0;
  for (const { offset, length, content } of edits) {
    expect(offset).toBeGreaterThanOrEqual(from);
    expect(after.subarray(to, to + offset - from).equals(before.subarray(from, offset))).toBe(true);
    to += offset - from + Buffer.byteLength(content);
    from = offset + length;
  }
  expect(after.subarray(to).equals(before.subarray(from))).toBe(true);
}
