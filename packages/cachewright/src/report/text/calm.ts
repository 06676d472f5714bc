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
function calmLine({ facts, asked, ignored, tool }: DoctorText, look: Look): string {
  const good = look.paint("green", look.symbols.good);
  if (asked.length > 0) return `${good} Not found here: ${asked.join(", ")}.`;
  if (ignored.length > 0) return `${good} Nothing found that is not ignored.`;
  const pips = [...new Set(facts.installs.flatMap((install) => (install.pip.ok ? [install.pip.value.version] : [])))];
  const conda = facts.conda === undefined || tool === "pip" ? [] : [`conda ${facts.conda.version}`];
  if (tool === "conda" || (pips.length === 0 && conda.length > 0)) return conda.length === 0 ? `${good} Nothing found; there is no conda here either.` : `${good} All well: ${conda.join("")} can write and cache.`;
  if (pips.length === 0) return `${good} Nothing found; there is no pip here either.`;
  const off = facts.pip.uses.find((use) => use.cacheOff !== null)?.cacheOff;
  if (!off) return `${good} All well: ${[`pip ${pips.join(", ")}`, ...conda].join(" and ")} can write and cache.`;
  const place = off.from.env ?? `${off.from.path ?? ""}:${off.from.line ?? ""}`;
  return `${good} All well: pip ${pips.join(", ")} can write; the cache is switched off on purpose (${visibleText(place)}).`;
}

function ignoredLines({ ignored }: DoctorText, look: Look): string[] {
  return ignored.map((one) => look.paint("dim", `ignored: ${one.problem} ${visiblePath(one.subject)} (${visibleText(one.why)}; ${visiblePath(one.from)})`));
}

function unknownLines(facts: Facts, look: Look): string[] {
  return facts.unknown.map((one) => look.paint("dim", visibleText(`not looked at: ${one.what} (${one.why})`)));
}
