/** The map: nested lists that read as such, with a tile for each leaf. */
import type { CacheNode } from "../../../caches/cache-tree.ts";
import { bytesText, countText } from "../../text/amounts.ts";
import { html, type Markup } from "../markup.ts";
import { fitClass } from "./map-fit.ts";
import { mapTiles, type Tile } from "./map-tiles.ts";
import { freesText, shown, toldText } from "./page-words.ts";
import { toolHue } from "./tool-hue.ts";

export function mapSection(nodes: readonly CacheNode[]): Markup {
  const tiles = mapTiles(nodes);
  const isDrawn = tiles.some(({ box }) => box !== undefined);
  return html`<section id="map" aria-labelledby="map-title">
<h2 id="map-title">Map</h2>
<p>Area is size: tool, project, version. <span class="key"><i class="swatch frees"></i> striped: comes free when it goes.</span> <span class="key"><i class="swatch"></i> plain: stays on the disk, because the file has other names elsewhere (environments link to it).</span></p>
<ul class="tools">${nodes.map(({ name, bytes, reclaimable }) => html`<li><i class="swatch" style="--hue:${toolHue(name)}"></i> <b>${shown(name)}</b> ${bytesText(bytes)}, ${freesText({ bytes, reclaimable })}</li>`)}</ul>
<div class="screen" id="map-ways" hidden></div>
${isDrawn ? html`<div class="map" id="map-plan"><ul>${tiles.map((tile) => branch(tile, []))}</ul>${tiles.map(frames)}</div>` : html`<p>Nothing here takes any space.</p>`}
<p class="screen dim" id="map-told" aria-live="polite"></p>
</section>`;
}

function branch(tile: Tile, above: readonly Tile[]): Markup {
  const path = [...above, tile];
  if (tile.children.length === 0) return html`<li>${leaf(tile, above)}</li>`;
  return html`<li><span class="quiet">${toldText({ ...tile, name: tileName(path) })}</span><ul>${tile.children.map((child) => branch(child, path))}</ul></li>`;
}

/** From the tool down; what was folded is told by its number. */
function tileNames(path: readonly Tile[]): string[] {
  return path.map((tile) => (tile.level === "rest" ? restName(tile, path) : shown(tile.name)));
}

/** "torch 2.1" below a tool. */
function tileName(path: readonly Tile[]): string {
  const [tool, ...rest] = tileNames(path);
  return rest.length === 0 ? tool ?? "" : rest.join(" ");
}

function restName({ count = 0 }: Tile, path: readonly Tile[]): string {
  const what = [["tool"], ["project"], ["version"]][path.length - 1]?.[0] ?? "entry";
  return `${countText(count, `more ${what}`, `more ${what}s`)}`;
}

/** Percent of the map. */
const leastNameWidth = 9;

function leaf(tile: Tile, above: readonly Tile[]): Markup {
  const [tool] = [...above, tile];
  const name = tileName([...above, tile]);
  const told = toldText({ ...tile, name: above.length === 0 ? name : `${shown(above[0]?.name ?? "")}: ${name}` });
  if (tile.box === undefined) return html`<span class="quiet">${told}</span>`;
  return html`<div class="tile" style="${boxStyle(tile)};--hue:${toolHue(tool?.name ?? "")}"${zoomData([...above, tile])} title="${told}">${stripes(tile)}<span class="quiet">${told}</span>${label(tile, above)}</div>`;
}

/** Project, version and size on lines of their own: most tiles are narrow. None stands without those before it. */
function label(tile: Tile, above: readonly Tile[]): Markup {
  const [tool = tile] = above;
  const head = tool !== tile && bearsName(tile, tool) ? `${shown(tool.name)} ${bytesText(tool.bytes)}` : undefined;
  const names = tileNames([...above, tile]);
  const lines = [...(names.length > 1 ? names.slice(1) : names), bytesText(tile.bytes), ...(tile.isLeftover ? ["leftover"] : [])];
  return html`<span class="label" aria-hidden="true">${head === undefined ? undefined : html`<b class="tool ${fitClass(`${head}  `)}">${head}</b>`}${lines.map((line, i) => {
    const fit = fitClass(lines.slice(0, i + 1).reduce((longest, one) => (one.length > longest.length ? one : longest), ""));
    return i === 0 ? html`<b class="${fit}">${line}</b>` : html`<span class="${fit}">${line}</span>`;
  })}</span>`;
}

/** What the script shows larger: the tile's own node, or the one above of what was folded. */
function zoomData(path: readonly Tile[]): Markup {
  const names = path.filter(({ level }) => level !== "rest").map(({ name }) => shown(name));
  return html`${["tool", "project", "version"].map((level, i) => (names[i] === undefined ? undefined : html` data-${level}="${names[i]}"`))}${path.at(-1)?.level === "rest" ? html` data-rest="${path.at(-1)?.below ?? 0}"` : ""}`;
}

/** The tool's name stands in its upper left corner, or in its largest tile where that one is too narrow. */
function bearsName(tile: Tile, tool: Tile): boolean {
  const leaves = tool.children.flatMap((child) => (child.children.length === 0 ? [child] : child.children)).filter(({ box }) => box !== undefined);
  const at = ({ box }: Tile): number => (box === undefined ? Number.POSITIVE_INFINITY : box.left + box.top);
  const corner = leaves.reduce((best, one) => (at(one) < at(best) ? one : best), tile);
  const largest = leaves.reduce((best, one) => (one.bytes > best.bytes ? one : best), tile);
  return tile === ((corner.box?.width ?? 0) >= leastNameWidth ? corner : largest);
}

/** What comes free stands at the bottom, as high as its part is. */
function stripes({ bytes, reclaimable }: Tile): Markup | undefined {
  return reclaimable === 0 ? undefined : html`<i class="frees" style="height:${((100 * Math.min(reclaimable, bytes)) / bytes).toFixed(2)}%"></i>`;
}

function boxStyle({ box }: Tile): string {
  return box === undefined ? "" : `left:${box.left.toFixed(4)}%;top:${box.top.toFixed(4)}%;width:${box.width.toFixed(4)}%;height:${box.height.toFixed(4)}%`;
}

/** Lines around tools and projects. */
function frames(tool: Tile): Markup {
  const frame = (tile: Tile, kind: string): Markup | undefined => (tile.box === undefined || tile.children.length === 0 ? undefined : html`<i class="frame ${kind}" style="${boxStyle(tile)}"></i>`);
  return html`${tool.children.map((project) => frame(project, "project"))}${tool.box === undefined ? undefined : html`<i class="frame tool" style="${boxStyle(tool)}"></i>`}`;
}
