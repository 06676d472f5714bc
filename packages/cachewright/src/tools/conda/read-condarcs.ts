import type { Looker } from "../../machine/machine.ts";
import type { ConfigFile } from "../tool.ts";
import type { Condarc, CondarcFault } from "./condarc-parts.ts";
import type { CondaPlace } from "./home.ts";
import type { CondarcRead } from "./matches.ts";
import { findCondarcs, type CondarcFound } from "./search-path.ts";
import { condaAtLeast } from "./version.ts";

export interface CondarcsRead {
  /** All that conda reads or passes over, for `configFiles`. */
  readonly files: readonly ConfigFile[];
  /** What it takes in, for `condaSettings`. */
  readonly read: readonly CondarcRead[];
  /** What the reader declined (`plainCondarc`): nothing is known of it. */
  readonly unread: readonly string[];
}

/** `readCondarc`, or, where its YAML reader is not loaded, `plainCondarc`. */
export type CondarcReader = (bytes: Buffer) => Condarc | undefined;

type Looked = Pick<Looker, "stat" | "list" | "access" | "realpath" | "readFile">;

export function readCondarcs(looker: Looked, place: CondaPlace, reader: CondarcReader): CondarcsRead {
  const each = findCondarcs(looker, place).map((found) => readOne(looker, { place, reader }, found));
  return { files: each.map(({ file }) => file), read: each.flatMap(({ read }) => (read === null ? [] : [read])), unread: each.flatMap(({ file, isUnread }) => (isUnread === true ? [file.path] : [])) };
}

interface One { readonly file: ConfigFile; readonly read: CondarcRead | null; readonly isUnread?: true }

function readOne(looker: Looked, { place: { version }, reader }: { readonly place: CondaPlace; readonly reader: CondarcReader }, found: CondarcFound): One {
  const file: ConfigFile = { ...found, format: "yaml" };
  if (!found.exists || found.ignored !== null || found.error !== undefined) return { file, read: null };
  const bytes = looker.readFile(found.path);
  if (!bytes.ok) return { file: { ...file, readable: bytes.errno }, read: null };
  const condarc = reader(bytes.value);
  if (condarc === undefined) return { file, read: null, isUnread: true };
  if (condarc.fault === null) return { file, read: { path: found.path, condarc } };
  const { kind, line } = condarc.fault;
  // From 23.7 a file that the scanner refuses is passed over with a warning.
  if (kind === "scan" && condaAtLeast(version, "23.7")) return { file: { ...file, ignored: "malformed", line }, read: null };
  return { file: { ...file, error: complaint(found.path, condarc.fault), line }, read: { path: found.path, condarc } };
}

function complaint(path: string, { kind, text }: CondarcFault): string {
  return kind === "scan" ? `ConfigurationLoadError: Unable to load configuration file.\n  path: ${path}\n  reason: ${text}` : text;
}
