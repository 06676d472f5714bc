import { join } from "node:path";
import { bindStepIn } from "../../src/fixes/bind.ts";
import { viewAfter } from "../../src/fixes/view.ts";
import { openHands } from "../../src/machine/open-hands.ts";
import { uid, type Somebody } from "./somebody.ts";

/** What of the closed a chown is bound to when the object is exchanged at the n-th look at it, and back when all is done. */
export function boundWhileExchanged(somebody: Somebody, name: string, { select, when, swap }: { select: "top" | "tree"; when: number; swap: () => void }): string[] {
  const hands = openHands();
  const object = join(somebody.home, name);
  let looks = 0;
  const count = (path: string): void => {
    looks += path === object ? 1 : 0;
    if (looks === when && path === object) swap();
  };
  const watched = { ...hands, look: (path: string) => (count(path), hands.look(path)), names: (path: string, meant?: { dev: string; ino: string }) => (count(path), hands.names(path, meant)) };
  try {
    const account = { uid, gid: uid, home: somebody.home };
    const { entries } = bindStepIn(somebody.give(object, select), { hands: watched, view: viewAfter(watched, []), uid, account });
    return entries.filter(({ guard }) => (guard.mode & 0o004) === 0).map(({ rel }) => rel);
  } catch {
    return [];
  } finally {
    if (looks >= when) swap();
    hands.close();
  }
}
