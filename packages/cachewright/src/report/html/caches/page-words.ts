/** Words that the parts of the page about caches have in common. */
import { bytesText, countText } from "../../text/amounts.ts";
import { visibleText } from "../../text/visible.ts";
import { html, type Markup } from "../markup.ts";

/** For what the script takes from data and attributes: `html` does the same to what it is given. */
export function shown(text: string): string {
  return visibleText(text);
}

/** "2026-11-21", in UTC; undefined where nothing tells. */
export function dateText(ms: number | null): string | undefined {
  return ms === null || ms <= 0 || ms > 8.64e15 ? undefined : new Date(ms).toISOString().slice(0, 10);
}

/** How much of it comes free, in words. */
export function freesText({ bytes, reclaimable }: { readonly bytes: number; readonly reclaimable: number }): string {
  if (bytes === 0) return "frees nothing";
  return reclaimable >= bytes ? "all of it comes free" : reclaimable === 0 ? "nothing of it comes free" : `of which ${bytesText(reclaimable)} comes free`;
}

/** One thing of the map or of the time line, whole, for whoever reads rather than sees. */
export function toldText({ name, bytes, reclaimable, entries, isLeftover = false }: { readonly name: string; readonly bytes: number; readonly reclaimable: number; readonly entries: number; readonly isLeftover?: boolean }): string {
  return `${name}: ${bytesText(bytes)}, ${freesText({ bytes, reclaimable })}, ${countText(entries, "entry", "entries")}${isLeftover ? ", leftovers or broken" : ""}`;
}

export function bytesCell(bytes: number): Markup {
  return html`<td class="number" title="${bytes} bytes">${bytesText(bytes)}</td>`;
}
