/** What uv once learnt of a Python by starting it (uv-python interpreter.rs): `[timestamp, answers]` as MessagePack. */
import type { Buffer } from "node:buffer";
import { isPackedMap, readMsgpack, type Packed } from "../python/msgpack.ts";

export interface InterpreterRecord {
  readonly executable: string | undefined;
  /** "3.12.1" */
  readonly version: string | undefined;
  /** "cpython" */
  readonly implementation: string | undefined;
}

export const largestRecord = 4 << 20;

/** undefined for what is cut off, or goes on after its end. */
export function readInterpreterRecord(bytes: Buffer): InterpreterRecord | undefined {
  const packed = readMsgpack(bytes);
  if (packed === undefined || packed.end !== bytes.length || !Array.isArray(packed.value) || packed.value.length !== 2) return undefined;
  const [, answers] = packed.value as readonly Packed[];
  const markers = find(answers, (value) => (isPackedMap(value) && typeof value["python_full_version"] === "string" ? value : undefined));
  const told = (key: string): string | undefined => (typeof markers?.[key] === "string" ? markers[key] : undefined);
  return { executable: find(answers, executableIn), version: told("python_full_version"), implementation: told("implementation_name") };
}

/** The first thing found, depth first. */
function find<T>(value: Packed | undefined, wanted: (value: Packed) => T | undefined): T | undefined {
  if (value === undefined) return undefined;
  const found = wanted(value);
  if (found !== undefined || !Array.isArray(value)) return found;
  for (const item of value as readonly Packed[]) {
    const below = find(item, wanted);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** Fields come and go, but `sys_executable` has always stood right before the list that is `sys_path`. */
function executableIn(value: Packed): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const fields = value as readonly Packed[];
  const at = fields.findIndex((field, i) => Array.isArray(field) && typeof fields[i - 1] === "string" && typeof fields[i - 2] === "string" && /^(?:\/|[A-Za-z]:[\\/])/.test(fields[i - 1] as string));
  return at < 0 ? undefined : (fields[at - 1] as string);
}
