/** How what lies in an environment leads to what was unpacked in a cache: by links, by hard links, or not at all. */
import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import type { Use } from "../tool-cache.ts";

/** Looking at this many files tells; the first that is linked ends it. */
const mostLooks = 20_000;

interface Looking { readonly looker: Looker; readonly unpacked: string; left: number; isHard: boolean }

/** Whether a link, or one of those it leads over, points into the directory, be it there or not. */
export function leadsInto(looker: Looker, link: string, directory: string): boolean {
  const real = looker.realpath(link);
  if (real.ok && (real.value === directory || real.value.startsWith(`${directory}/`))) return true;
  const to = looker.readlink(link);
  return to.ok && (to.value === directory || to.value.startsWith(`${directory}/`));
}

/** True as soon as a soft link is found; hard links are noted on the way. */
function compare(looking: Looking, rel: string, site: string): boolean {
  const { looker, unpacked } = looking;
  const listed = looker.list(join(unpacked, rel));
  for (const { name } of listed.ok ? listed.value : []) {
    if ((looking.left -= 1) < 0) return false;
    const below = rel === "" ? name : `${rel}/${name}`;
    const there = looker.lstat(join(site, below));
    if (!there.ok) continue;
    if (there.value.type === "link" && leadsInto(looker, join(site, below), unpacked)) return true;
    if (there.value.type === "dir" && compare(looking, below, site)) return true;
    if (there.value.type !== "file" || there.value.nlink < 2 || looking.isHard) continue;
    const here = looker.lstat(join(unpacked, below));
    looking.isHard = here.ok && here.value.ino === there.value.ino && here.value.dev === there.value.dev;
  }
  return false;
}

/** `unpacked`: links resolved. Which files an environment has is told by what the cache has. */
export function linkedFrom(looker: Looker, unpacked: string, site: string): Use["how"] | undefined {
  const looking: Looking = { looker, unpacked, left: mostLooks, isHard: false };
  if (compare(looking, "", site)) return "soft-link";
  return looking.isHard ? "hard-link" : undefined;
}
