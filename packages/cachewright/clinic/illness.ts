/** An illness as data: how it is made, what real pip says, what doctor and explain have to name, what cures it. */
import type { Patient, PatientOptions } from "./patient.ts";
import type { Output } from "./room.ts";

export type PipChoice =
  | "all"
  /** One old and the newest. */
  | "pair"
  | ((version: readonly [major: number, minor: number]) => boolean)
  /** One that is kept for a fault of its own. */
  | { readonly special: string };

export interface Illness {
  readonly problem: string;
  /** How it is made, as a phrase. */
  readonly variant: string;
  readonly pips: PipChoice;
  readonly patient?: Omit<PatientOptions, "pip" | "index">;
  /** Commands besides the usual ones: "sudo", "setfacl". */
  readonly needs?: readonly string[];
  make(patient: Patient): Promise<void>;
  /** What the patient does when it hurts. Default: installs the pure wheel into a fresh directory. */
  act?(patient: Patient): Promise<Output>;
  /** Throws when real pip's answer is not the complaint; `null`: this pip is silent, as the case's reason says. */
  readonly complaint: RegExp | { readonly silent: string; shows(output: Output, patient: Patient): Promise<void> };
  /** The path doctor and explain have to name. */
  path(patient: Patient): string;
  /** explain's path when pip prints another one; `null` when pip's output names none. */
  explainPath?(patient: Patient): string | null;
  readonly cure: Cure;
  /** What pip could cache while it was cured hides the illness after undo; then only an unused cure is followed by a complaint. */
  readonly hiddenByUse?: true;
  /** After the cure. Default: `act` does not complain, and a second one says "Using cached". */
  healthy?(patient: Patient, output: Output): Promise<void>;
  /** What undo must bring back; default: the home. */
  watch?(patient: Patient): readonly string[];
  /** "sudo": the patient asks with sudo, as they ran pip. */
  readonly doctorVia?: "sudo";
  /** Problems of which doctor names one, when several say the same truth; default: `problem`. */
  readonly doctorFinds?: readonly string[];
  /** What explain may put first; default: `problem`. */
  readonly explainsAs?: readonly string[];
  /** Replaces "pip is quiet and caches" where the cure makes something else to use. */
  cured?(patient: Patient): Promise<void>;
  /** Where root stands when it fixes for the patient; sudo keeps the directory. Default: `/`. */
  fixFrom?(patient: Patient): string;
  /** Arguments doctor needs for problems that are found only when asked. */
  readonly doctorArgs?: readonly string[];
}

export type Cure =
  | { readonly by: "patient" | "root for patient" | "root"; readonly choose?: string; readonly undo?: "equal" | "refused"; }
  /** Nothing to apply: the remedies named are shown with their commands, and fix changes nothing. */
  | { readonly by: "nobody"; readonly shows: RegExp };
