/** The time line: bytes by the time of their last use, and how far that time can be trusted. */
import type { CachePicture, Disk } from "../../../caches/cache-picture.ts";
import { useHistogram, type UseBin, type UseHistogram } from "../../../caches/use-histogram.ts";
import { bytesText, countText, numberText } from "../../text/amounts.ts";
import { html, type Markup } from "../markup.ts";
import { bytesCell, shown } from "./page-words.ts";

const readingWords: Readonly<Record<Disk["reading"], string>> = {
  exact: "reading is written down each time: the times are exact",
  daily: "reading is written down once a day at most (relatime): a use may be up to a day later than it says",
  never: "reading is not written down (noatime or read-only): only when a file was written is known",
  unknown: "nothing tells how reading is written down: the times may be those of writing",
};

const stepWords = { day: "a day", week: "a week from Monday", month: "a month", year: "a year" } as const;

export function useSection(picture: CachePicture): Markup {
  const histogram = useHistogram(picture.entries, { now: picture.now, isReadingNoted: (root) => picture.disks.get(root)?.reading !== "never" });
  const { bins, step } = histogram;
  return html`<section id="use" aria-labelledby="use-title">
<h2 id="use-title">Last use</h2>
${bins.length === 0 ? html`<p>Nothing here has a time.</p>` : html`<p>Bytes by when they were last used; each column is ${stepWords[step]} (UTC). <span class="key"><i class="swatch used"></i> full: last use.</span> <span class="key"><i class="swatch written"></i> dotted: nothing tells of a use, so it stands where it was written.</span></p>
${columnsMarkup(bins)}
<details><summary>The same as numbers</summary><div class="wide"><table><thead><tr><th scope="col">From</th><th scope="col" class="number">Last used</th><th scope="col" class="number">Written, use unknown</th><th scope="col" class="number">Entries</th></tr></thead><tbody>${bins.map((bin) => html`<tr><th scope="row">${bin.name}</th>${bytesCell(bin.used)}${bytesCell(bin.written)}<td class="number">${numberText(bin.entries)}</td></tr>`)}</tbody></table></div></details>`}
<ul>${trust(picture)}${notes(histogram)}</ul>
</section>`;
}

function columnsMarkup(bins: readonly UseBin[]): Markup {
  const most = Math.max(1, ...bins.map(({ used, written }) => used + written));
  const height = (bytes: number): string => `${((100 * bytes) / most).toFixed(2)}%`;
  // Every second or third name where there are many.
  const every = Math.ceil(bins.length / 12);
  return html`<ol class="columns" style="--columns:${bins.length}">${bins.map((bin, i) => {
    const all = bin.used + bin.written;
    const told = `${bin.name}: ${bytesText(all)} in ${countText(bin.entries, "entry", "entries")}${bin.written === 0 ? "" : bin.used === 0 ? ", by when they were written" : `, of which ${bytesText(bin.written)} by when they were written`}`;
    return html`<li title="${told}"><span class="quiet">${told}</span><span class="amount" aria-hidden="true">${all === 0 ? "" : bytesText(all)}</span><span class="bar"><i class="written" style="height:${height(bin.written)}"></i><i class="used" style="height:${height(bin.used)}"></i></span><span class="when" aria-hidden="true">${(bins.length - 1 - i) % every === 0 ? bin.name : ""}</span></li>`;
  })}</ol>`;
}

/** One sentence for each way in which the caches' file systems note reading. */
function trust({ rows, disks }: CachePicture): Markup[] {
  const ways = new Map<Disk["reading"], string[]>();
  for (const { place, held } of rows) {
    const reading = disks.get(place.root)?.reading;
    if (held === undefined || reading === undefined) continue;
    ways.set(reading, [...(ways.get(reading) ?? []), place.path]);
  }
  return [...ways].map(([reading, paths]) => html`<li>${paths.map((path, i) => html`${i === 0 ? "" : ", "}<code>${shown(path)}</code>`)}: ${readingWords[reading]}.</li>`);
}

function notes({ isCut, bins, untold, ahead }: UseHistogram): Markup[] {
  return [
    ...(isCut ? [html`<li>What is older stands in the first column, ${bins[0]?.name}.</li>`] : []),
    ...(untold.entries > 0 ? [html`<li>${countText(untold.entries, "entry", "entries")} of ${bytesText(untold.bytes)} ${untold.entries === 1 ? "has" : "have"} no time at all, and ${untold.entries === 1 ? "is" : "are"} in no column.</li>`] : []),
    ...(ahead > 0 ? [html`<li>${countText(ahead, "entry has a time that has", "entries have a time that has")} not come yet: a clock was wrong. They stand in the last column.</li>`] : []),
  ];
}
