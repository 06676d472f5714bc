/** What a settings file says, apart from how: the values an edit is proven with. */

/** Keys of tables as strings, places in lists as numbers from 0. */
export type ConfigPath = readonly (string | number)[];

/** A whole number is an integer of the format; integers beyond 2^53 are bigints. */
export type ConfigValue = string | number | bigint | boolean | null | readonly ConfigValue[] | { readonly [key: string]: ConfigValue };

export interface Setting {
  readonly path: ConfigPath;
  readonly value: ConfigValue;
}

export interface ItemAddition extends Setting {
  /** Default: at the end. */
  readonly at?: "start" | "end";
}

export interface FoundSetting {
  readonly value: ConfigValue;
  /** Counted from 1; where the value begins. */
  readonly line: number;
  readonly column: number;
}

/** Maps, because a key may be called "__proto__"; integers are bigints, so that 1 and 1.0 differ. */
export type Data = Map<string, Data> | readonly Data[] | string | number | bigint | boolean | null | Opaque;

/** A value we never write: a date. */
interface Opaque { readonly opaque: string }

export function dataOf(value: ConfigValue): Data {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((item) => dataOf(item));
  return new Map(Object.keys(value).map((key) => [key, dataOf(value[key] ?? null)]));
}

export function valueOf(data: Data): ConfigValue {
  if (typeof data === "bigint") return Number.isSafeInteger(Number(data)) ? Number(data) : data;
  if (typeof data !== "object" || data === null) return data;
  if (isList(data)) return data.map((item) => valueOf(item));
  if (!(data instanceof Map)) return data.opaque;
  const plain: Record<string, ConfigValue> = {};
  for (const [key, item] of data) Object.defineProperty(plain, key, { value: valueOf(item), enumerable: true, configurable: true, writable: true });
  return plain;
}

function isList<T>(value: unknown): value is readonly T[] {
  return Array.isArray(value);
}

export function isSame(a: Data, b: Data): boolean {
  return canonical(a) === canonical(b);
}

/** Equal for equal data; the order of keys does not count. */
function canonical(data: Data): string {
  if (typeof data === "number") return `n${Object.is(data, -0) ? "-0" : data}`;
  if (typeof data === "bigint") return `i${data}`;
  if (typeof data !== "object" || data === null) return JSON.stringify(data);
  if (isList<Data>(data)) return `[${data.map(canonical).join(",")}]`;
  if (!(data instanceof Map)) return `d${data.opaque}`;
  return `{${[...data].map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).sort().join(",")}}`;
}

export function at(data: Data, path: ConfigPath): Data | undefined {
  let here: Data | undefined = data;
  for (const step of path) {
    if (typeof step === "string") here = here instanceof Map ? here.get(step) : undefined;
    else here = isList<Data>(here) ? here[step] : undefined;
  }
  return here;
}

/** The data with another value at a path, tables made on the way; undefined where something else is in the way. */
export function withValue(data: Data | undefined, path: ConfigPath, value: Data): Data | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === "number") {
    if (!isList<Data>(data) || step >= data.length || step < 0) return undefined;
    const item = withValue(data[step], rest, value);
    return item === undefined ? undefined : data.with(step, item);
  }
  if (data !== undefined && data !== null && !(data instanceof Map)) return undefined;
  const item = withValue(data?.get(step), rest, value);
  return item === undefined ? undefined : new Map([...(data ?? []), [step, item]]);
}

/**
 * The data without what is at a path. Tables and lists that become empty may stay or go, as the file's way of writing
 * wants it, so there are several right answers.
 */
export function withoutValue(data: Data, path: ConfigPath): readonly Data[] {
  const all: Data[] = [];
  let rest = path;
  let left = without(data, rest);
  all.push(left);
  while (rest.length > 1) {
    rest = rest.slice(0, -1);
    const parent = at(left, rest);
    if (!isEmpty(parent) || typeof rest.at(-1) === "number") break;
    left = without(left, rest);
    all.push(left);
  }
  return all;
}

function isEmpty(data: Data | undefined): boolean {
  return data instanceof Map ? data.size === 0 : isList<Data>(data) && data.length === 0;
}

function without(data: Data, path: ConfigPath): Data {
  const [step, ...rest] = path;
  if (typeof step === "number" && isList<Data>(data)) {
    const item = data[step];
    if (item === undefined) return data;
    return rest.length === 0 ? data.toSpliced(step, 1) : data.with(step, without(item, rest));
  }
  if (typeof step !== "string" || !(data instanceof Map)) return data;
  const item = data.get(step);
  const left = new Map(data);
  if (item === undefined || rest.length === 0) left.delete(step);
  else left.set(step, without(item, rest));
  return left;
}

/** How one list becomes another by taking items out and adding some around those that stay. */
export interface ListSteps {
  /** Places of what goes, the last one first. */
  readonly gone: readonly number[];
  /** How many of the new items come before those that stay. */
  readonly before: number;
  readonly kept: number;
}

/** Null where the items that stay are not together and in the same order in the new list. */
export function listSteps(present: readonly Data[], wanted: readonly Data[]): ListSteps | null {
  const isWanted = present.map((item) => wanted.some((other) => isSame(item, other)));
  const left = present.filter((_item, i) => isWanted[i]);
  const before = left.length === 0 ? 0 : wanted.findIndex((_item, i) => left.every((item, j) => isSame(item, wanted[i + j] ?? null)));
  return before < 0 ? null : { gone: present.flatMap((_item, i) => (isWanted[i] === true ? [] : [i])).reverse(), before, kept: left.length };
}
