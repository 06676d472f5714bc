/** Tiles of a part of the map: made from the entries, laid out as the page's own are (squarified: Bruls, Huizing and van Wijk 2000). */
import { labelWidths } from "./map-fit.ts";
import { mapShape } from "./map-tiles.ts";
import { toolHues } from "./tool-hue.ts";

export const scriptTiles = `
const widths = ${JSON.stringify(labelWidths)};
const hues = ${JSON.stringify(toolHues)};
const SHAPE = ${JSON.stringify(mapShape)};
${String.raw`
const levels = ["tool", "project", "version"];
const branch = (name) => ({ name, bytes: 0, frees: 0, entries: 0, below: new Map() });
const addTo = (node, row, count = 1) => { node.bytes += row.bytes; node.frees += row.frees; node.entries += count; return node; };
const under = (node, name) => { let next = node.below.get(name); if (next === undefined) node.below.set(name, next = branch(name)); return next; };
let grown;
const whole = () => {
  if (grown !== undefined) return grown;
  grown = branch("All");
  for (const row of rows) {
    let node = addTo(grown, row);
    const version = row.project === "" ? row.what || row.id : row.version || "(" + row.kind + ")";
    for (const name of [row.tool, row.node, version]) node = addTo(under(node, name), row);
    addTo(under(node, row.what && row.what !== version ? row.what + " " + row.id : row.id), row);
  }
  for (const [tool, entries, bytes, frees] of data.rest) for (const node of [grown, under(grown, data.tools[tool]), under(under(grown, data.tools[tool]), "smaller entries")]) addTo(node, { bytes, frees }, entries);
  return grown;
};
const childrenOf = (node) => node.sorted ??= [...node.below.values()].sort((a, b) => b.bytes - a.bytes);

/** Each with the part of the box that is its own. */
const squarified = (items, box) => {
  const out = [];
  let [rest, left, at] = [{ ...box }, items.reduce((sum, { bytes }) => sum + bytes, 0), 0];
  while (at < items.length && left > 0) {
    const isWide = rest.width >= rest.height;
    const side = isWide ? rest.height : rest.width;
    const scale = (rest.width * rest.height) / left;
    const worst = (sum, most, least) => { const square = (sum * scale) ** 2; const edge = side ** 2 * scale; return Math.max((edge * most) / square, square / (edge * least)); };
    let [end, sum, score] = [at, 0, Infinity];
    for (; end < items.length; end += 1) {
      const next = worst(sum + items[end].bytes, items[at].bytes, items[end].bytes);
      if (end > at && next > score) break;
      [sum, score] = [sum + items[end].bytes, next];
    }
    const depth = (sum * scale) / side;
    let along = isWide ? rest.top : rest.left;
    for (; at < end; at += 1) {
      const length = (items[at].bytes / sum) * side;
      out.push([items[at], isWide ? { left: rest.left, top: along, width: depth, height: length } : { left: along, top: rest.top, width: length, height: depth }]);
      along += length;
    }
    rest = isWide ? { ...rest, left: rest.left + depth, width: rest.width - depth } : { ...rest, top: rest.top + depth, height: rest.height - depth };
    left -= sum;
  }
  return out;
};

/** What is too small is one item. */
const folded = (nodes, least) => {
  const large = nodes.filter(({ bytes }) => bytes > 0 && bytes >= least);
  const small = nodes.filter(({ bytes }) => bytes > 0 && bytes < least);
  if (small.length === 0) return large;
  const rest = { ...branch(countText(small.length, "more", "more")), rest: least };
  for (const node of small) addTo(rest, node, node.entries);
  return [...large, rest].sort((a, b) => b.bytes - a.bytes);
};
const fit = (text) => "w" + (widths.find((width) => width >= text.length) ?? widths.at(-1));
const placed = (box) => "left:" + box.left / SHAPE.width * 100 + "%;top:" + box.top / SHAPE.height * 100 + "%;width:" + box.width / SHAPE.width * 100 + "%;height:" + box.height / SHAPE.height * 100 + "%";
const tileOf = (node, box, path, from) => {
  const names = [...path, ...(node.rest === undefined ? [] : [node.name])];
  const told = (names.length > 1 ? names[0] + ": " + names.slice(1).join(", ") : names.join("")) + ": " + bytesText(node.bytes) + ", " + freesText(node.bytes, node.frees) + ", " + countText(node.entries, "entry", "entries");
  // What the way to here says already is not said on each tile.
  const lines = [...names.slice(Math.min(from, names.length - 1)), bytesText(node.bytes)];
  const longest = (texts) => texts.reduce((most, text) => text.length > most.length ? text : most, "");
  const tile = made("div", { className: "tile", style: placed(box) + ";--hue:" + (hues[path[0]] ?? 230), title: told }, [
    ...(node.frees > 0 ? [made("i", { className: "frees", style: "height:" + Math.min(100, 100 * node.frees / node.bytes) + "%" })] : []),
    made("span", { className: "label", "aria-hidden": "true" }, lines.map((line, i) => made(i === 0 ? "b" : "span", { className: fit(longest(lines.slice(0, i + 1))), textContent: line }))),
  ]);
  levels.forEach((level, i) => { if (path[i] !== undefined) tile.dataset[level] = path[i]; });
  if (node.rest !== undefined) tile.dataset.rest = node.rest;
  return tile;
};

/** Tiles and lines of these nodes, two levels deep. */
const tilesOf = (nodes, path) => {
  const least = nodes.reduce((sum, { bytes }) => sum + bytes, 0) / 800;
  const out = [];
  const draw = (items, box, above, depth) => {
    for (const [node, part] of squarified(items, box)) {
      const own = node.rest === undefined ? [...above, node.name] : above;
      const below = depth > 1 && node.rest === undefined ? folded(childrenOf(node), least) : [];
      if (below.filter((one) => one.rest === undefined).length < 2) out.push(tileOf(node, part, own, path.length));
      else {
        draw(below, part, own, depth - 1);
        out.push(made("i", { className: "frame project", style: placed(part) }));
      }
    }
  };
  draw(folded(nodes, least), { left: 0, top: 0, width: SHAPE.width, height: SHAPE.height }, path, 2);
  return out;
};
`}`;
