import { movedEntries } from "../../fixes/moved-away.ts";
import type { BoundStep, Step, StepKind, StepOf } from "../../fixes/step.ts";
import { bytesText, countText } from "./amounts.ts";
import { shellWord, visiblePath } from "./visible.ts";

type Words = { [K in StepKind]: (step: StepOf<K>, bound: BoundStep) => string };

function reach(step: { root: string; select: "top" | "tree" }, bound: BoundStep): string {
  const root = visiblePath(step.root);
  return step.select === "top" ? root : `${countText(bound.entries.length, "entry", "entries")} at or below ${root}`;
}

function bits(change: { add: number; remove: number }, what: string): string[] {
  const part = (sign: string, mode: number): string => (mode === 0 ? "" : `${sign}${mode.toString(8).padStart(3, "0")}`);
  const text = [part("+", change.add), part("-", change.remove)].filter((one) => one !== "").join(" ");
  return text === "" ? [] : [`${text} for ${what}`];
}

const words: Words = {
  chown: (step, bound) => `give ${reach(step, bound)} to uid ${step.to.uid}, gid ${step.to.gid}`,
  chmod: (step, bound) => `change the mode of ${reach(step, bound)}: ${[...bits(step.dirs, "directories"), ...bits(step.files, "files")].join(", ")}`,
  chgrp: (step, bound) => `give ${reach(step, bound)} to the group with gid ${step.gid}`,
  "default-acl": (step, bound) => `let the group write whatever is made in ${reach(step, bound)} from now on (a default access control list)`,
  acl: (step) => `remove the entry ${step.remove} from the access control list of ${visiblePath(step.path)}`,
  "make-dir": (step) => `make the directory ${visiblePath(step.path)} (mode ${step.mode.toString(8).padStart(4, "0")})`,
  rename: (step) => `${step.aside ? "set aside" : "rename"} ${visiblePath(step.from)} as ${visiblePath(step.to)}`,
  remove: (step, bound) => `remove ${countText(step.paths.length, "file")} below ${visiblePath(step.within)}, ${bytesText(bound.frees)}`,
  "set-aside": (step, bound) => `set ${countText(movedEntries(bound).length, "entry", "entries")} of ${visiblePath(step.within)} aside, in ${visiblePath(step.to)}`,
  "remove-trees": (step, bound) => `remove ${countText(movedEntries(bound).length, "entry", "entries")} of ${visiblePath(step.within)} for good, ${bytesText(bound.frees)}`,
  "edit-config": (step) => `${step.of === null ? "make" : "edit"} ${visiblePath(step.path)}`,
  run: (step) => `run ${step.argv.map(shellWord).join(" ")}${step.network ? " (this may fetch from the network)" : ""}`,
};

/** What a step does, as the rest of a sentence. */
export function stepWords(bound: BoundStep): string {
  const describe = words[bound.step.kind] as (step: Step, bound: BoundStep) => string;
  return describe(bound.step, bound);
}
