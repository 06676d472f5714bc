import type { CachePicture } from "../../../caches/cache-picture.ts";
import { entryTree } from "../../../caches/cache-tree.ts";
import { momentText } from "../../text/ages.ts";
import { bytesText, countText, numberText } from "../../text/amounts.ts";
import { html, type Markup } from "../markup.ts";
import { htmlPage } from "../page.ts";
import { cachePageScript } from "./cache-page-script.ts";
import { cachePageStyle } from "./cache-page-style.ts";
import { entriesSection } from "./entry-table.ts";
import { mapSection } from "./map-markup.ts";
import { shown } from "./page-words.ts";
import { placesSection } from "./place-table.ts";
import { useSection } from "./use-section.ts";

/** Caches as one page: what they hold, what comes free, when it was used. It reads whole without a script. */
export function cachePage(picture: CachePicture): string {
  const { tool, entries, by } = picture;
  const title = tool === undefined ? "Caches" : `The cache of ${tool}`;
  return htmlPage({
    title: `${title} - Cachewright`,
    header: html`<nav class="screen" aria-label="Parts of this page"><a href="#caches">Caches</a> <a href="#map">Map</a> <a href="#use">Last use</a> <a href="#entries">Entries</a></nav>`,
    main: html`<h1>${title}</h1>
<p class="dim">Looked at on ${momentText(picture.now)} by <code>${shown(picture.command)}</code>.</p>
${figures(picture)}
${placesSection(picture)}
${mapSection(entryTree(entries))}
${useSection(picture)}
${entriesSection(picture)}`,
    footer: html`<footer class="dim"><p>Sizes are bytes on the disk, powers of ten. A cache counts each file once; where entries share a file, their sums are larger. Nothing in this page asks the network for anything. ${by}.</p></footer>`,
    style: cachePageStyle(), script: cachePageScript,
  });
}

function figures({ rows, entries, all }: CachePicture): Markup {
  const held = rows.flatMap((row) => row.held ?? []);
  const sum = (of: "bytes" | "reclaimable" | "leftovers"): number => held.reduce((total, one) => total + one[of], 0);
  const isPartly = held.some(({ unread }) => unread > 0) || rows.some(({ place: { state } }) => state === "unreadable");
  const least = isPartly ? "at least " : "";
  const figure = (value: string, words: string): Markup => html`<li><b>${value}</b> ${words}</li>`;
  return html`<ul class="figures">${figure(`${least}${bytesText(sum("bytes"))}`, `in ${countText(held.length, "cache")}`)}${figure(`${held.some(({ isAtMost }) => isAtMost) ? "at most " : ""}${bytesText(sum("reclaimable"))}`, "would come free")}${figure(`${least}${numberText(all)}`, all === 1 ? "entry" : "entries")}${sum("leftovers") > 0 ? figure(bytesText(sum("leftovers")), "leftovers or broken") : undefined}</ul>
${isPartly ? html`<p class="warning">Not everything could be read: what is missing is unknown, and below.</p>` : ""}
${entries.length < all ? html`<p>Map, last use and entries show the ${numberText(entries.length)} of ${numberText(all)} entries that the command chooses.</p>` : ""}`;
}
