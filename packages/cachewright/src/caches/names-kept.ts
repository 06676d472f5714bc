/**
 * What listings found out, kept from one look to the next in Cachewright's own state: a file for each cache. Losing it
 * costs nothing but time, so that no error comes out of here.
 */
import type { Machine } from "../machine/machine.ts";
import { readKept, writeKept, type KeptKind } from "../machine/kept-file.ts";
import type { KeptFindings } from "../tools/tool-cache.ts";
import type { ToolName } from "../tools/tool.ts";

/** Another one is not read: what an older Cachewright found may mean something else. */
export const keptSchema = 1;

/** Of a cache with a million files; more is not worth reading. */
const kind: KeptKind = { directory: "names", limit: 512 << 20, most: 64 };

export interface NamesKept extends KeptFindings {
  /** Writes down what was found; what was neither asked for nor found this time is forgotten. False: it could not be written. */
  save(): boolean;
}

export interface KeptOf { readonly tool: ToolName; readonly root: string }

const keyOf = ({ tool, root }: KeptOf): string => `${tool}\0${root}`;

function readBefore(machine: Machine, of: KeptOf): Readonly<Record<string, unknown>> {
  const bytes = readKept(machine, kind, keyOf(of));
  try {
    const json = (bytes === undefined ? {} : JSON.parse(bytes.toString("utf8"))) as { schema?: unknown; root?: unknown; found?: unknown };
    const isOurs = json.schema === keptSchema && json.root === of.root && typeof json.found === "object" && json.found !== null;
    return isOurs ? (json.found as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** For one look at one cache: `list({ …, kept })`, then `save()`. */
export function namesKept(machine: Machine, of: KeptOf): NamesKept {
  const before = new Map(Object.entries(readBefore(machine, of)));
  const now = new Map<string, unknown>();
  let isNews = false;
  return {
    get: (key) => {
      const value = before.get(key);
      if (value !== undefined) now.set(key, value);
      return value;
    },
    set: (key, value) => {
      isNews = true;
      now.set(key, value);
    },
    save: () => {
      if (!isNews && now.size === before.size) return true;
      return writeKept(machine, kind, { key: keyOf(of), bytes: Buffer.from(JSON.stringify({ schema: keptSchema, root: of.root, found: Object.fromEntries(now) })) });
    },
  };
}
