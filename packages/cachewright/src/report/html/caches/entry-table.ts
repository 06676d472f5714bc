/** The table of entries, in the order that was asked for: the first of them as HTML, all of them as data for the script. */
import type { CachePicture } from "../../../caches/cache-picture.ts";
import type { HeldEntry } from "../../../caches/inventory.ts";
import { bytesText, countText, numberText } from "../../text/amounts.ts";
import { html, jsonFor, type Markup } from "../markup.ts";
import { mostRows, pageData } from "./page-data.ts";
import { bytesCell, dateText, freesText, shown } from "./page-words.ts";

/** A browser takes its time for more. */
export const mostHtmlRows = 300;

const heads = [["tool", "Tool"], ["project", "Project"], ["version", "Version"], ["kind", "Kind"], ["bytes", "Size"], ["frees", "Frees"], ["used", "Last use"], ["written", "Written"], ["what", "What"]] as const;
const orderWords = { size: "largest first", reclaimable: "what frees most first", used: "longest unused first", written: "oldest first", name: "by name" } as const;

export function entriesSection({ entries, order, command }: CachePicture): Markup {
  const sum = (of: "bytes" | "reclaimable"): number => entries.reduce((total, { size }) => total + size[of], 0);
  const size = { bytes: sum("bytes"), reclaimable: sum("reclaimable") };
  const listed = entries.slice(0, mostHtmlRows);
  const data = pageData(entries);
  return html`<section id="entries" aria-labelledby="entries-title">
<h2 id="entries-title">Entries</h2>
<form class="screen filters" id="filters" hidden></form>
<p id="counted" aria-live="polite">${countText(entries.length, "entry", "entries")}, ${bytesText(size.bytes)}, ${freesText(size)} one by one; ${orderWords[order]}.</p>
${entries.length > listed.length ? html`<p id="cut">The table shows the first ${numberText(listed.length)}. ${entries.length > mostRows ? `With scripts on it finds the ${numberText(mostRows)} largest` : "With scripts on it finds all of them"}; <code>${shown(command.replace(/ --html(?: \S+)?/, ""))} --csv</code> prints all.</p>` : undefined}
<div class="wide" id="rows" role="region" aria-labelledby="entries-title" tabindex="0"><table>
<thead><tr>${heads.map(([id, title]) => html`<th scope="col" data-by="${id}"${id === "bytes" || id === "frees" ? html` class="number"` : ""}>${title}</th>`)}</tr></thead>
<tbody id="entry-rows">${listed.map(entryRow)}</tbody>
</table></div>
<p class="screen" id="more" hidden></p>
<script type="application/json" id="data">${jsonFor(data)}</script>
</section>`;
}

function entryRow(entry: HeldEntry): Markup {
  const { place, project, version, kind, size, usedMs, writtenMs, detail, id } = entry;
  const frees = size.reclaimable >= size.bytes ? html`<td class="number" title="${size.reclaimable} bytes">all</td>` : size.reclaimable === 0 ? html`<td class="number">nothing</td>` : bytesCell(size.reclaimable);
  return html`<tr><td>${place.tool}</td><td>${project === null ? "-" : shown(project)}</td><td>${version === null ? "-" : shown(version)}</td><td>${kind}</td>${bytesCell(size.bytes)}${frees}<td>${dateText(usedMs) ?? "unknown"}</td><td>${dateText(writtenMs) ?? "unknown"}</td><td>${detail === null ? "" : html`${shown(detail)} `}<span class="dim path">${shown(id)}</span></td></tr>`;
}
