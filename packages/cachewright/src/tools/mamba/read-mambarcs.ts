import { Buffer } from "node:buffer";
import type { Looker } from "../../machine/machine.ts";
import { readAnyCondarc } from "../conda/condarc-reader.ts";
import type { CondaPlace } from "../conda/home.ts";
import type { CondarcsRead } from "../conda/read-condarcs.ts";
import type { CondarcRead } from "../conda/matches.ts";
import type { ConfigFile } from "../tool.ts";
import { findMambarcs, type MambarcFound } from "./search-path.ts";

type Looked = Pick<Looker, "stat" | "list" | "access" | "readFile">;

/** mamba puts variables in before it reads the YAML, and passes over with an error in its log what it cannot read as such. */
export function readMambarcs(looker: Looked, place: CondaPlace): CondarcsRead {
  const each = findMambarcs(looker, place).map((found) => readOne(looker, place, found));
  return { files: each.map(({ file }) => file), read: each.flatMap(({ read }) => (read === null ? [] : [read])), unread: each.flatMap(({ file, isUnread }) => (isUnread === true ? [file.path] : [])) };
}

function readOne(looker: Looked, place: CondaPlace, found: MambarcFound): { readonly file: ConfigFile; readonly read: CondarcRead | null; readonly isUnread?: true } {
  const file: ConfigFile = { ...found, format: "yaml" };
  if (!found.exists || found.ignored !== null || found.error !== undefined) return { file, read: null };
  const bytes = looker.readFile(found.path);
  if (!bytes.ok) return { file: { ...file, readable: bytes.errno, ignored: "unreadable" }, read: null };
  const condarc = readAnyCondarc(Buffer.from(withVariables(place, bytes.value.toString("utf8"))));
  if (condarc === undefined) return { file, read: null, isUnread: true };
  // Of equal keys yaml-cpp takes the first; what is no table is passed over.
  const isRefused = condarc.fault !== null && ["scan", "parse", "not-a-map"].includes(condarc.fault.kind);
  return isRefused ? { file: { ...file, ignored: "malformed", line: condarc.fault?.line ?? 1 }, read: null } : { file, read: { path: found.path, condarc } };
}

/** `$NAME` and `${NAME}` on every platform; what comes in is looked through again, which here happens once (core/util.cpp `expandvars`). */
function withVariables({ env }: CondaPlace, text: string): string {
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, plain?: string) => env[braced ?? plain ?? ""] ?? whole);
}
