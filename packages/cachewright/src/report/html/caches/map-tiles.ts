/** Where the tiles of the map lie: area is bytes, exactly; what would be too small to be seen is folded into one. Pure. */
import { hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import type { CacheNode } from "../../../caches/cache-tree.ts";

export interface Tile {
  /** "rest": what was too small by itself. */
  readonly level: CacheNode["level"] | "rest";
  readonly name: string;
  readonly bytes: number;
  readonly reclaimable: number;
  readonly entries: number;
  /** All of it are leftovers or broken. */
  readonly isLeftover: boolean;
  /** For a rest: so many nodes. */
  readonly count?: number;
  /** For a rest: each of them has fewer bytes. */
  readonly below?: number;
  /** Empty: drawn as one. */
  readonly children: readonly Tile[];
  /** Percent of the whole map; undefined where nothing is to be drawn. */
  readonly box?: Box;
}

export interface Box { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

/** Width to height of the map. */
export const mapShape = { width: 1000, height: 600 } as const;
/** What is smaller than this part of the whole is folded: some 25 by 35 points on a wide screen. */
const leastShare = 1 / 800;

export function mapTiles(nodes: readonly CacheNode[]): Tile[] {
  const whole = nodes.reduce((sum, { bytes }) => sum + bytes, 0);
  return placed(folded(nodes, whole * leastShare));
}

function folded(nodes: readonly CacheNode[], least: number): Tile[] {
  const isLarge = ({ bytes }: CacheNode): boolean => bytes > 0 && bytes >= least;
  const [large, small] = [nodes.filter(isLarge), nodes.filter((node) => !isLarge(node))];
  const tiles = large.map((node): Tile => {
    const children = folded(node.children, least);
    return { ...told(node), children: children.every(({ level }) => level === "rest") ? [] : children };
  });
  if (small.length === 0) return tiles;
  const sum = (of: "bytes" | "reclaimable"): number => small.reduce((total, node) => total + node[of], 0);
  return [...tiles, {
    level: "rest", name: "", count: small.length, below: least, bytes: sum("bytes"), reclaimable: sum("reclaimable"), children: [],
    entries: small.reduce((total, { entries }) => total + entries.length, 0), isLeftover: small.every((node) => isLeftover(node)),
  }];
}

function told(node: CacheNode): Omit<Tile, "children"> {
  const { level, name, bytes, reclaimable, entries } = node;
  return { level, name, bytes, reclaimable, entries: entries.length, isLeftover: isLeftover(node) };
}

function isLeftover({ entries }: CacheNode): boolean {
  return entries.every(({ kind }) => kind === "leftover" || kind === "damaged");
}

/** No gaps between tiles: they would make the same bytes larger here and smaller there. */
function placed(tiles: readonly Tile[]): Tile[] {
  const root = { children: tiles, bytes: 0 } as const;
  const { width, height } = mapShape;
  const laid = treemap<typeof root | Tile>().tile(treemapSquarify).size([width, height])(
    hierarchy<typeof root | Tile>(root).sum(({ children, bytes }) => (children.length === 0 ? bytes : 0)).sort((a, b) => (b.value ?? 0) - (a.value ?? 0)),
  );
  const boxes = new Map(laid.descendants().map((node) => [node.data, node]));
  const withBox = (tile: Tile): Tile => {
    const at = boxes.get(tile);
    const children = tile.children.map(withBox);
    if (at === undefined || tile.bytes === 0) return { ...tile, children };
    return { ...tile, children, box: { left: (100 * at.x0) / width, top: (100 * at.y0) / height, width: (100 * (at.x1 - at.x0)) / width, height: (100 * (at.y1 - at.y0)) / height } };
  };
  return tiles.map(withBox);
}
