/** What root binds to while somebody lets another object take the place of the one that is judged, and puts it back. */
import { spawnSync } from "node:child_process";
import { renameSync } from "node:fs";
import { join } from "node:path";
import { openHands } from "../../src/machine/open-hands.ts";
import { bindStepIn } from "../../src/fixes/bind.ts";
import { viewAfter } from "../../src/fixes/view.ts";
import { uid, type Somebody } from "./somebody.ts";

export interface Exchange {
  /** Pairs of looks at which the two change places, and back: around each moment when something is bound. */
  moments(): number[][];
  /** The texts of the files that would be given when they change places at these looks; none when it is refused. */
  textsGiven(when: readonly number[]): string[];
}

interface Tried {
  readonly select: "top" | "tree";
  /** Below the home, as `name` is. */
  readonly decoy: string;
}

export function exchanged(somebody: Somebody, name: string, { select, decoy }: Tried): Exchange {
  const at = (path: string): string => join(somebody.home, path);
  const held = `${decoy}.held`;
  const given = (moments: readonly number[], kinds: string[]): string[] => {
    const hands = openHands();
    let isSwapped = false;
    const swap = (): void => {
      isSwapped = !isSwapped;
      renameSync(at(name), at(held));
      renameSync(at(decoy), at(name));
      renameSync(at(held), at(decoy));
    };
    const count = (path: string, kind = "look"): void => {
      if (path !== at(name) && !path.startsWith(`${at(name)}/`)) return;
      kinds.push(kind);
      if (moments.includes(kinds.length)) swap();
    };
    const watched: typeof hands = {
      ...hands, look: (path) => (count(path), hands.look(path)), names: (path, meant) => (count(path), hands.names(path, meant)),
      read: (path, limit, meant) => (count(path), hands.read(path, limit, meant)), walk: (path) => (count(path, "walk"), hands.walk(path)),
    };
    try {
      const account = { uid, gid: uid, home: somebody.home };
      const { entries } = bindStepIn(somebody.give(at(name), select), { hands: watched, view: viewAfter(watched, []), uid, account });
      return entries.flatMap(({ guard }) => textOf(guard, [at(name), at(decoy)]));
    } catch {
      return [];
    } finally {
      if (isSwapped) swap();
      hands.close();
    }
  };
  return {
    textsGiven: (when) => given(when, []),
    moments: () => {
      const kinds: string[] = [];
      given([], kinds);
      const walks = kinds.flatMap((kind, i) => (kind === "walk" ? [i + 1] : []));
      // Without a walk the look that counts may be any; recognising follows it closely.
      const [firsts, within] = walks.length > 0 ? [walks, kinds.length] : [kinds.map((_, i) => i + 1), 5];
      return firsts.flatMap((first) => kinds.map((_, i) => [first, i + 1]).filter(([from = 0, to = 0]) => to > from && to - from <= within));
    },
  };
}

/** The text of the file that is bound, wherever it is by now. */
function textOf({ ino, type }: { ino: string; type: string }, places: readonly string[]): string[] {
  if (type !== "file") return [];
  return [spawnSync("find", [...places, "-inum", ino, "-type", "f", "-exec", "cat", "{}", ";"]).stdout.toString()];
}
