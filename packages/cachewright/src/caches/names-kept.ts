/**
 * What listings found out, kept from one look to the next in Cachewright's own state: a file for each cache. Losing it
 * costs nothing but time, so that no error comes out of here.
 */
import type { Machine } from "../machine/machine.ts";
import { readKept, writeKept, type KeptKind } from "../machine/kept-file.ts";
import type { KeptFindings } from "../tools/tool-cache.ts";
import type { ToolName } from "../tools/tool.ts";

/** Another one is not read: what an older Cachewright found may mean something else. */
const keptSchema = 2;

/** Of a cache with a million files; more is not worth reading. */
const kind: KeptKind = { directory: "names", limit: 512 << 20, most: 64 };

export interface NamesKept extends KeptFindings {
  /** Writes down what was found; what was neither asked for nor found this time is forgotten. False: it could not be written. */
  save(): boolean;
}

export interface KeptOf { readonly tool: ToolName; readonly root: string }

const keyOf = ({ tool, root }: KeptOf): string => `${tool}\0${root}`;

function readBefore(machine: Machine, of: KeptOf): ReadonlyMap<string, unknown> {
  const bytes = readKept(machine, kind, keyOf(of));
  try {
    const json = (bytes === undefined ? {} : JSON.parse(bytes.toString("utf8"))) as { schema?: unknown; root?: unknown; keys?: unknown; values?: unknown };
    const { keys, values } = json;
    const isOurs = json.schema === keptSchema && json.root === of.root && Array.isArray(keys) && Array.isArray(values) && keys.length === values.length;
    return isOurs ? new Map(keys.map((key, at) => [key as string, values[at]])) : new Map();
  } catch {
    return new Map();
  }
}

/** In two lists: an object of so many keys is dearer to make than to write. */
function asJson({ root }: KeptOf, found: ReadonlyMap<string, unknown>): string {
  return JSON.stringify({ schema: keptSchema, root, keys: [...found.keys()], values: [...found.values()] });
}

/** For one look at one cache: `list({ …, kept })`, then `save()`. */
export function namesKept(machine: Machine, of: KeptOf): NamesKept {
  const before = readBefore(machine, of);
  const [asked, now] = [new Set<string>(), new Map<string, unknown>()];
  return {
    get: (key) => {
      const value = before.get(key);
      if (value !== undefined) asked.add(key);
      return value;
    },
    set: (key, value) => {
      now.set(key, value);
    },
    save: () => {
      if (now.size === 0 && asked.size === before.size) return true;
      for (const key of asked) if (!now.has(key)) now.set(key, before.get(key));
      return writeKept(machine, kind, { key: keyOf(of), bytes: Buffer.from(asJson(of, now)) });
    },
  };
}
