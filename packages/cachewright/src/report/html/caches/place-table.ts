/** Each cache on one line: what it holds, where it lies, what is not known of it. */
import type { CachePicture } from "../../../caches/cache-picture.ts";
import type { CacheRow } from "../../../caches/overview.ts";
import { momentText } from "../../text/ages.ts";
import { bytesText, countText, numberText } from "../../text/amounts.ts";
import { nameOf, stateWords } from "../../text/caches.ts";
import { html, type Markup } from "../markup.ts";
import { dateText, shown } from "./page-words.ts";

export function placesSection(picture: CachePicture): Markup {
  const { rows } = picture;
  if (rows.length === 0) return html`<section id="caches"><h2>Caches</h2><p>None of the tools is installed here, or none has been used.</p></section>`;
  return html`<section id="caches" aria-labelledby="caches-title">
<h2 id="caches-title">Caches</h2>
<div class="wide" role="region" aria-labelledby="caches-title" tabindex="0"><table>
<thead><tr><th scope="col">Cache</th><th scope="col" class="number">Size</th><th scope="col" class="number">Frees</th><th scope="col" class="number">Entries</th><th scope="col">Used</th><th scope="col" class="number">Disk</th><th scope="col">File system</th><th scope="col">State</th><th scope="col">Place</th></tr></thead>
<tbody>${rows.map((row) => placeRow(row, picture))}</tbody>
</table></div>
${notes(picture)}
</section>`;
}

function placeRow({ place, held, share }: CacheRow, { disks }: CachePicture): Markup {
  const disk = disks.get(place.root);
  const name = html`<th scope="row">${nameOf(place)}</th>`;
  const lies = html`<td>${disk?.type === null || disk === undefined ? "unknown" : html`${shown(disk.type)} at <code>${shown(disk.point ?? "")}</code>`}</td>`;
  const at = html`<td><code>${shown(place.path)}</code>${place.root === place.path ? "" : html`, really <code>${shown(place.root)}</code>`}</td>`;
  if (held === undefined) {
    const nothing = html`<td class="number">${isNothing(place.state) ? "none" : "unknown"}</td>`;
    return html`<tr>${name}${nothing}${nothing}${nothing}<td>-</td><td class="number">-</td>${lies}<td>${stateOf(place)}</td>${at}</tr>`;
  }
  const least = held.unread > 0 ? "at least " : "";
  return html`<tr>${name}<td class="number" title="${held.bytes} bytes">${least}${bytesText(held.bytes)}</td><td class="number" title="${held.reclaimable} bytes">${held.isAtMost ? "at most " : ""}${bytesText(held.reclaimable)}</td><td class="number">${least}${numberText(held.entries)}</td><td>${dateText(held.usedMs) ?? "unknown"}</td><td class="number">${share === null ? "-" : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`}</td>${lies}<td>${held.unread > 0 ? html`<span class="warning">partly unknown</span>` : "read whole"}</td>${at}</tr>`;
}

function isNothing(state: CacheRow["place"]["state"]): boolean {
  return state === "absent" || state === "empty";
}

function stateOf({ state, errno }: CacheRow["place"]): Markup {
  const words = `${state === "present" ? "not weighed" : stateWords[state]}${errno === undefined ? "" : ` (${errno})`}`;
  return state === "absent" || state === "empty" ? html`${words}` : html`<span class="warning">${words}</span>`;
}

const mostUnread = 50;

function notes({ rows, unread }: CachePicture): Markup {
  const held = rows.flatMap(({ place, held: known }) => (known === undefined ? [] : [{ place, ...known }]));
  const asOf = Math.min(...held.map((one) => one.asOf ?? Number.POSITIVE_INFINITY));
  const lines = [
    ...held.filter(({ leftovers }) => leftovers > 0).map(({ place, leftovers }) => html`<li>${nameOf(place)}: ${bytesText(leftovers)} are leftovers or broken; <code>cachewright cache prune ${place.tool}</code> takes them out.</li>`),
    ...held.filter(({ isAtMost }) => isAtMost).map(({ place }) => html`<li>${nameOf(place)}: files may share blocks with others on this file system; what comes free is at most that.</li>`),
    ...(Number.isFinite(asOf) ? [html`<li>Sizes, and what comes free, are as of ${momentText(asOf)} where nothing has changed since; <code>--exact</code> weighs again.</li>`] : []),
  ];
  return html`${lines.length === 0 ? "" : html`<ul>${lines}</ul>`}${unread.length === 0 ? "" : html`<h3 class="warning">${countText(unread.length, "directory", "directories")} could not be read</h3><p>What they hold is unknown; it is in none of the numbers.</p><ul>${unread.slice(0, mostUnread).map(({ tool, path, errno }) => html`<li>${tool}: <code>${shown(path)}</code> (${errno})</li>`)}</ul>${unread.length > mostUnread ? html`<p>And ${numberText(unread.length - mostUnread)} more.</p>` : ""}`}`;
}
