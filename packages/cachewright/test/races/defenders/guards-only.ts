/**
 * Held objects and guards, but no proof of names: between open and fstat an outside file can lose its second name, and
 * then says it has only the one. The race with hard links must catch it.
 */
import { AppError } from "../../../src/machine/app-error.ts";
import { withPinned } from "../../../src/machine/pinned.ts";
import { chownPinned } from "../../../src/machine/pinned-attributes.ts";
import { checkGuard } from "../../../src/machine/pinned-guard.ts";
import type { Defender } from "../race-apply.ts";
import { bind } from "./give-back.ts";

export const defend: Defender = (root, { uid, gid }) => {
  for (const { path, guard } of bind(root, uid)) {
    try {
      withPinned(path, (held) => {
        checkGuard(held, guard);
        chownPinned(held, uid, gid);
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
};
