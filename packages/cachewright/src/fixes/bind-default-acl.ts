import { formatAcl, parseAcl, withGroupDefault } from "./acl-text.ts";
import type { Binding } from "./binding.ts";
import { placedTree } from "./bind-ownership.ts";
import { readDefaultAcls } from "./default-acl.ts";
import { joinRel } from "./step-path.ts";
import type { BoundStep, Refusal, StepOf } from "./step.ts";
import { strayInShare } from "./stray-in-share.ts";

/** Every directory whose default list would change, with the list before and after: undo sets the first again. */
export function bindDefaultAcl(asked: StepOf<"default-acl">, binding: Binding): BoundStep {
  const { step, tree } = placedTree(asked, binding);
  const stray = strayInShare(step, tree.entries, binding);
  const refused: Refusal[] = [...tree.refused];
  const directories = tree.entries.filter(({ guard }) => guard.type === "dir").flatMap((entry) => {
    const path = joinRel(step.root, entry.rel);
    const why = stray(entry) ?? (step.actor === "user" && entry.guard.uid !== binding.uid ? `belongs to uid ${entry.guard.uid}` : undefined);
    if (why !== undefined) refused.push({ path, why });
    const origin = binding.view.origin(path);
    return why !== undefined || typeof origin === "string" ? [] : [{ entry, today: origin.today }];
  });
  const lists = readDefaultAcls(binding.hands, directories.map(({ entry, today }) => ({ path: today, guard: entry.guard, ignore: ["uid", "gid", "mode"] })));
  const entries = directories.flatMap(({ entry: { rel, guard, born } }, at) => {
    const before = lists[at] ?? "";
    const after = formatAcl(withGroupDefault(parseAcl(before.replaceAll(",", "\n")), guard.mode));
    return before === after ? [] : [{ rel, guard, born, acl: { before, after } }];
  });
  return { step, entries, refused, undoable: true, frees: 0 };
}
