import type { Looker } from "../../machine/machine.ts";
import type { ConfigFile } from "../tool.ts";
import { readCondarc, type CondarcFault } from "./condarc.ts";
import type { CondaPlace } from "./home.ts";
import type { CondarcRead } from "./matches.ts";
import { findCondarcs, type CondarcFound } from "./search-path.ts";
import { condaAtLeast } from "./version.ts";

export interface CondarcsRead {
  /** All that conda reads or passes over, for `configFiles`. */
  readonly files: readonly ConfigFile[];
  /** What it takes in, for `condaSettings`. */
  readonly read: readonly CondarcRead[];
}

type Looked = Pick<Looker, "stat" | "list" | "access" | "realpath" | "readFile">;

export function readCondarcs(looker: Looked, place: CondaPlace): CondarcsRead {
  const each = findCondarcs(looker, place).map((found) => readOne(looker, place, found));
  return { files: each.map(({ file }) => file), read: each.flatMap(({ read }) => (read === null ? [] : [read])) };
}

function readOne(looker: Looked, { version }: CondaPlace, found: CondarcFound): { readonly file: ConfigFile; readonly read: CondarcRead | null } {
  const file: ConfigFile = { ...found, format: "yaml" };
  if (!found.exists || found.ignored !== null || found.error !== undefined) return { file, read: null };
  const bytes = looker.readFile(found.path);
  if (!bytes.ok) return { file: { ...file, readable: bytes.errno }, read: null };
  const condarc = readCondarc(bytes.value);
  if (condarc.fault === null) return { file, read: { path: found.path, condarc } };
  const { kind, line } = condarc.fault;
  // From 23.7 a file that the scanner refuses is passed over with a warning.
  if (kind === "scan" && condaAtLeast(version, "23.7")) return { file: { ...file, ignored: "malformed", line }, read: null };
  return { file: { ...file, error: complaint(found.path, condarc.fault), line }, read: { path: found.path, condarc } };
}

function complaint(path: string, { kind, text }: CondarcFault): string {
  return kind === "scan" ? `ConfigurationLoadError: Unable to load configuration file.\n  path: ${path}\n  reason: ${text}` : text;
}
