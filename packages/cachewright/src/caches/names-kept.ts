/**
 * What listings found out, kept from one look to the next in Cachewright's own state: a file for each cache. Losing it
 * costs nothing but time, so that no error comes out of here.
 */
import type { Machine } from "../machine/machine.ts";
import { readKept, writeKept, type KeptKind } from "../machine/kept-file.ts";
import type { KeptFindings } from "../tools/tool-cache.ts";
import type { ToolName } from "../tools/tool.ts";

/** Another one is not read: what an older Cachewright found may mean something else. */
const keptSchema = 1;

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

/** Piece by piece: an object of so many keys is dearer to make than to write. */
function asJson({ root }: KeptOf, found: ReadonlyMap<string, unknown>): string {
  const pieces: string[] = [];
  for (const [key, value] of found) pieces.push(`${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{"schema":${keptSchema},"root":${JSON.stringify(root)},"found":{${pieces.join(",\n")}}}`;
}

/** For one look at one cache: `list({ …, kept })`, then `save()`. */
export function namesKept(machine: Machine, of: KeptOf): NamesKept {
  const before = readBefore(machine, of);
  const [asked, now, isEmpty] = [new Set<string>(), new Map<string, unknown>(), Object.keys(before).length === 0];
  return {
    get: (key) => {
      if (isEmpty || !Object.hasOwn(before, key)) return undefined;
      asked.add(key);
      return before[key];
    },
    set: (key, value) => {
      now.set(key, value);
    },
    save: () => {
      if (now.size === 0 && asked.size === Object.keys(before).length) return true;
      for (const key of asked) if (!now.has(key)) now.set(key, before[key]);
      return writeKept(machine, kind, { key: keyOf(of), bytes: Buffer.from(asJson(of, now)) });
    },
  };
}
