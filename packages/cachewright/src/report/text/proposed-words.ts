/** What a cure would do, from the facts alone: the plan of `fix` looks at the machine once more, and counts. */
import type { ConfigChange, ProposedStep } from "../../problems/problem.ts";
import { bytesText, countText } from "./amounts.ts";
import { stepWords } from "./step-words.ts";
import { visiblePath, visibleText } from "./visible.ts";

/** As the rest of a sentence, like `stepWords`. */
export function proposedWords(step: ProposedStep): string {
  switch (step.kind) {
    case "change-config": return changeWords(step);
    case "clear-cache": return step.atLeast === Number.MAX_SAFE_INTEGER ? `remove what is cached in ${visiblePath(step.cache)}` : `remove entries of ${visiblePath(step.cache)}, the least useful first, until ${bytesText(step.atLeast)} are free`;
    case "clear-leftovers": return `remove what interrupted and older versions left in ${visiblePath(step.within)}`;
    case "chown": return `give ${reach(step)} to uid ${step.to.uid}, gid ${step.to.gid}${step.select === "tree" ? ", where it is somebody else's" : ""}`;
    case "set-aside": return `set ${countText(step.paths.length, "entry", "entries")} of ${visiblePath(step.within)} aside, in ${visiblePath(step.to)}`;
    case "remove-trees": return `remove ${countText(step.paths.length, "entry", "entries")} of ${visiblePath(step.within)} for good${step.frees > 0 ? `, ${bytesText(step.frees)}` : ""}`;
    case "remove": return `remove ${countText(step.paths.length, "file")} below ${visiblePath(step.within)}`;
    case "chmod": case "chgrp": case "default-acl":
      return step.select === "tree" ? uncounted({ ...step, select: "top" }, step.root) : uncounted(step);
    default: return uncounted(step);
  }
}

/** Only what removes something cannot be taken back. */
export function canBeUndone(step: ProposedStep): boolean {
  return !["remove", "remove-trees", "clear-cache", "clear-leftovers"].includes(step.kind);
}

function reach(step: { root: string; select: "top" | "tree" }): string {
  return step.select === "top" ? visiblePath(step.root) : `everything at or below ${visiblePath(step.root)}`;
}

/** The words of a step that is bound to nothing yet; of a tree, with what lies in it. */
function uncounted(step: Exclude<ProposedStep, { kind: "change-config" | "clear-cache" | "clear-leftovers" }>, tree?: string): string {
  const words = stepWords({ step, entries: [], refused: [], undoable: true, frees: 0 });
  return tree === undefined ? words : words.replace(visiblePath(tree), () => `everything at or below ${visiblePath(tree)}`);
}

function changeWords({ path, change }: ConfigChange): string {
  const file = visiblePath(path);
  switch (change.do) {
    case "set": return `set ${change.key} = ${visibleText(change.value)} in [${change.section}] of ${file}`;
    case "remove": return `remove ${change.key} from [${change.section}] of ${file} (line ${change.line})`;
    case "add-line": return `add the line \`${visibleText(change.text)}\` to ${file}`;
    case "add-item": return `add ${visibleText(change.value)} at the ${change.at} of ${change.key} in ${file}`;
    case "set-list": return `set ${change.key} to ${change.values.map(visibleText).join(", ")} in ${file}`;
    case "replace-line": return `change line ${change.line} of ${file} to \`${visibleText(change.text)}\``;
    case "cure": return `mend line ${change.line} of ${file}`;
    case "value": return valueWords(change.edit, file);
  }
}

function valueWords(edit: Extract<ConfigChange["change"], { do: "value" }>["edit"], file: string): string {
  const key = visibleText(edit.path.join("."));
  if (edit.do === "unset") return `remove ${key} from ${file}`;
  const value = visibleText(typeof edit.value === "string" ? edit.value : JSON.stringify(edit.value));
  if (edit.do === "set") return `set ${key} to ${value} in ${file}`;
  return edit.do === "add" ? `add ${value} at the ${edit.at} of ${key} in ${file}` : `remove ${value} from ${key} in ${file}`;
}
