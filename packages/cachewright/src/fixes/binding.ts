import type { Hands } from "../machine/hands.ts";
import type { View } from "./view.ts";

/** The account root acts for, as the system's own files have it. */
export interface Beneficiary {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  /** Every group of the account, as the system has it. */
  readonly groups?: readonly number[] | undefined;
}

export interface Binding {
  readonly hands: Hands;
  /** The world as the earlier steps will leave it. */
  readonly view: View;
  /** The user the plan is for. */
  readonly uid: number;
  /** Whom root acts for; undefined where everybody acts for themselves. */
  readonly account?: Beneficiary | undefined;
  /** A path without links on the way, as far as the step's actor may follow them. */
  resolve(path: string, options?: { last?: boolean }): string;
}

export interface BindOptions {
  readonly hands: Hands;
  readonly view: View;
  readonly uid: number;
  readonly account?: Beneficiary | undefined;
}
