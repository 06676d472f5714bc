import type { Hands } from "../machine/hands.ts";
import type { Beneficiary } from "./recognise.ts";
import type { View } from "./view.ts";

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
