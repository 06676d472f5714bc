import type { Hands } from "../machine/hands.ts";
import type { GuardField } from "../machine/pinned-guard.ts";
import type { Act } from "./act.ts";
import type { Aside, Refusal } from "./step.ts";

export interface Inverse {
  readonly acts: readonly Act[];
  readonly left: readonly Refusal[];
  /** What an undo that was killed had already put aside. */
  readonly asides?: readonly Aside[];
  /** What could not be looked at, perhaps only until the acts have opened its directory. */
  readonly unseen?: readonly Refusal[];
}

export interface InverseContext {
  readonly hands: Hands;
  readonly run: string;
  /** What the step said when it was done; undefined when it was killed before it could. */
  readonly saved: Readonly<Record<string, string>> | undefined;
  /** False for a step that failed or was killed on the way. */
  readonly wasDone: boolean;
  /** Device and mount numbers only mean something within one boot. */
  readonly sameBoot: boolean;
  /** Directories of the same run that are undone later and go away whole. */
  readonly madeAbove: (path: string) => boolean;
}

export const nothingToDo: Inverse = { acts: [], left: [] };

/** Fields that may differ when only "the same object" is asked. */
export const anyLook: readonly GuardField[] = ["uid", "gid", "mode", "nlink"];
