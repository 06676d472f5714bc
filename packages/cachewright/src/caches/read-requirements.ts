/** Requirements files as pip reads them (pip 26.2 req/req_file.py): names, pins and digests; everything else is passed over. */
import { dirname, resolve } from "node:path";
import { AppError } from "../machine/app-error.ts";
import type { Looker } from "../machine/machine.ts";
import { normalizedName } from "../tools/python/core-metadata.ts";
import { distributionFile } from "../tools/python/distribution-file.ts";
import type { WantedProject } from "./wanted-projects.ts";

const deepest = 16;

/** Markers are not weighed: what this machine does not need another one may. Constraints pin what they name, and want nothing. */
export function readRequirements(looker: Pick<Looker, "readFile">, path: string): WantedProject[] {
  const found: WantedProject[] = [];
  const pins: WantedProject[] = [];
  readInto(looker, path, { found, pins, above: [] });
  const pinOf = ({ project, version, sha256 }: WantedProject): WantedProject | undefined => (version === null && sha256.length === 0 ? pins.find((pin) => pin.project === project) : undefined);
  return found.map((one) => pinOf(one) ?? one);
}

interface Reading {
  readonly found: WantedProject[];
  readonly pins: WantedProject[];
  readonly above: readonly string[];
}

function readInto(looker: Pick<Looker, "readFile">, path: string, { found, pins, above }: Reading): void {
  if (above.includes(path) || above.length > deepest) return;
  const file = looker.readFile(path, 16 << 20);
  if (!file.ok) throw new AppError("E_INPUT", `cannot read ${path} (${file.errno})`);
  for (const line of logicalLines(decoded(file.value))) {
    const [, option, other] = /^(-r|--requirement|-c|--constraint)(?:\s+|=|(?<=-[rc]))(\S+)/.exec(line) ?? [];
    if (option !== undefined && other !== undefined) {
      // What lies on a server is not fetched: nothing here uses the network.
      if (/^[a-z][a-z+]*:\/\//i.test(other)) continue;
      const isConstraint = option === "-c" || option === "--constraint";
      readInto(looker, resolve(dirname(path), other), { found: isConstraint ? pins : found, pins, above: [...above, path] });
      continue;
    }
    const wanted = requirementOf(line, path);
    if (wanted !== undefined) found.push(wanted);
  }
}

/** Files of Windows begin with a byte order mark, and may be UTF-16. */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString("utf16le", 2);
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}

/** A backslash at the end joins lines; " #" begins a comment. */
function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let open = "";
  for (const raw of text.split(/\r?\n/)) {
    const isOpen = raw.endsWith("\\") && !/^\s*#/.test(raw);
    const part = isOpen ? raw.slice(0, -1) : raw;
    open = `${open}${part} `;
    if (isOpen) continue;
    lines.push(open);
    open = "";
  }
  return [...lines, open].map((line) => line.replace(/(?:^|\s)#.*$/, "").trim()).filter((line) => line !== "");
}

export function requirementOf(line: string, from: string): WantedProject | undefined {
  if (line.startsWith("-")) return undefined;
  const sha256 = [...line.matchAll(/--hash[=\s]sha256:([0-9a-fA-F]{64})\b/g)].map(([, digest = ""]) => digest.toLowerCase());
  const [, name, rest = ""] = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(.*)$/.exec(line) ?? [];
  const file = distributionFile(line.split(/[\s#?]/)[0]?.split("/").at(-1) ?? "");
  // A path or address of a file: its name says what it is.
  if (file !== undefined && /^(?:\.{0,2}\/|[a-z+]+:\/\/)|\.whl\b/i.test(line)) return { project: normalizedName(file.project), version: file.version, sha256, from };
  if (name === undefined || !/^(?:$|[[;@(=<>!~,]|--)/.test(rest)) return undefined;
  return { project: normalizedName(name), version: pinned(rest), sha256, from };
}

/** `[extra]==1.0 ; marker --hash=…`: only what pins one version, or a series of them. */
function pinned(rest: string): string | null {
  const specifiers = (rest.replace(/^\[[^\]]*\]/, "").split(/;|\s--/, 1)[0] ?? "").replace(/[()\s]/g, "");
  const pin = specifiers.split(",").map((one) => /^={2,3}([^=].*)$/.exec(one)?.[1]).find((version) => version !== undefined);
  return pin ?? null;
}
