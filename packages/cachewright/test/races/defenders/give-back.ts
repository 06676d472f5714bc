/** Gives back as a cure must: everything is bound first, with guards, and then acted on through held objects, checked by guard and by name. */
import type { Guard } from "../../../src/fixes/step.ts";
import { AppError } from "../../../src/machine/app-error.ts";
import { withPinned, withPlace } from "../../../src/machine/pinned.ts";
import { chownPinned } from "../../../src/machine/pinned-attributes.ts";
import { classifyForGiveBack, linkCounter } from "../../../src/machine/pinned-give-back.ts";
import { withChecked } from "../../../src/machine/pinned-guard.ts";
import { walkPinned } from "../../../src/machine/pinned-tree.ts";
import type { Defender } from "../race-apply.ts";

export interface Bound {
  readonly path: string;
  readonly guard: Guard;
}

export function bind(root: string, uid: number): Bound[] {
  const links = linkCounter(0);
  const seen: Bound[] = [];
  withPinned(root, (held) =>
    walkPinned(held, (entry) => {
      links.see(entry);
      seen.push({ path: entry.pinned.path, guard: entry.guard });
      return true;
    }),
  );
  const mount = seen[0]?.guard.mount ?? null;
  return seen.filter(({ guard }) => guard.uid !== uid && classifyForGiveBack(guard, links.inside(guard), mount) === null);
}

export const defend: Defender = (root, owner) => {
  const patience = { leftMs: 100 };
  for (const { path, guard } of bind(root, owner.uid)) {
    try {
      withPlace(path, (place) => withChecked(place, { guard, patience }, (held) => chownPinned(held, owner.uid, owner.gid)));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
};
