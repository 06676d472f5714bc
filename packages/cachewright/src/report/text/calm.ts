import type { Facts } from "../../facts/facts.ts";
import type { Diagnosed } from "../../problems/diagnose.ts";
import type { Look } from "./look.ts";
import type { Reader } from "./reader.ts";
import { visiblePath, visibleText } from "./visible.ts";

export interface DoctorText {
  readonly found: readonly Diagnosed[];
  readonly ignored: readonly { readonly problem: string; readonly subject: string; readonly why: string; readonly from: string }[];
  readonly facts: Facts;
  readonly reader: Reader;
  /** The problems that were asked for; all when empty. */
  readonly asked: readonly string[];
  /** The one tool that was looked at. */
  readonly tool?: string | undefined;
}

/** The report where nothing was found: most runs see only this, so it loads no page's words. */
export function calmText(report: DoctorText, look: Look): string {
  return joined([calmLine(report, look)], report, look);
}

/** With what was left out of the report below it. */
export function joined(parts: readonly string[], report: DoctorText, look: Look): string {
  const asides = [...ignoredLines(report, look), ...unknownLines(report.facts, look)];
  return `${[...parts, ...(asides.length > 0 ? [asides.join("\n")] : [])].join("\n\n")}\n`;
}

/** Claims no more than was looked for. */
export function calmLine({ facts, asked, ignored, tool }: DoctorText, look: Look): string {
  const good = look.paint("green", look.symbols.good);
  if (asked.length > 0) return `${good} Not found here: ${asked.join(", ")}.`;
  if (ignored.length > 0) return `${good} Nothing found that is not ignored.`;
  const { pip, others } = toolsHere(facts, tool);
  if (pip === undefined && others.length === 0) return `${good} Nothing found; there is no ${tool ?? "pip"} here either.`;
  const off = pip === undefined ? undefined : facts.pip.uses.find((use) => use.cacheOff !== null)?.cacheOff;
  if (!off) return `${good} All well: ${listed([...(pip === undefined ? [] : [pip]), ...others])} can write and cache.`;
  const place = off.from.env ?? `${off.from.path ?? ""}:${off.from.line ?? ""}`;
  return `${good} All well: ${pip} can write; the cache is switched off on purpose (${visibleText(place)})${others.length === 0 ? "" : `; ${listed(others)} can write and cache`}.`;
}

/** Each with its versions: pip, which has a cache that may be off, and the others that can be started. */
function toolsHere(facts: Facts, tool: string | undefined): { readonly pip: string | undefined; readonly others: readonly string[] } {
  const versions = new Map<string, Set<string>>();
  const add = (name: string, version: string | null): void => {
    if (tool === undefined || tool === name) versions.set(name, new Set([...(versions.get(name) ?? []), ...(version === null ? [] : [version])]));
  };
  for (const { pip } of facts.installs) if (pip.ok) add("pip", pip.value.version);
  if (facts.conda !== undefined) add("conda", facts.conda.version);
  for (const one of facts.tools ?? []) if (one.program !== null) add(one.tool, one.version);
  const words = (name: string): string => [name, [...(versions.get(name) ?? [])].join(", ")].join(" ").trim();
  return { pip: versions.has("pip") ? words("pip") : undefined, others: [...versions.keys()].filter((name) => name !== "pip").map((name) => visibleText(words(name))) };
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join("; ")} and ${names.at(-1)}`;
}

function ignoredLines({ ignored }: DoctorText, look: Look): string[] {
  return ignored.map((one) => look.paint("dim", `ignored: ${one.problem} ${visiblePath(one.subject)} (${visibleText(one.why)}; ${visiblePath(one.from)})`));
}

function unknownLines(facts: Facts, look: Look): string[] {
  return facts.unknown.map((one) => look.paint("dim", visibleText(`not looked at: ${one.what} (${one.why})`)));
}
