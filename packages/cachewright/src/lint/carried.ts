/** Whether what a step leaves at a place is in an image that is shipped. */
import { covers } from "./paths.ts";
import type { Command, CopyFrom, Source, Step } from "./source.ts";

export function isCarried(source: Source, { stage }: Step, place: string | undefined): boolean {
  if (stage === undefined) return false;
  if (stage.shipped) return true;
  const copies = shippedCopies(source);
  return [String(stage.index), stage.name ?? ""].some((name) => (copies.get(name) ?? []).some(({ sources }) => sources.some(({ value }) => value === "/" || value === "/*" || (value !== undefined && place !== undefined && covers(value, place)))));
}

/** Asked for every step of a file. */
const known = new WeakMap<Source, ReadonlyMap<string, readonly CopyFrom[]>>();

/** What shipped stages copy from others, by the name that they give. */
function shippedCopies(source: Source): ReadonlyMap<string, readonly CopyFrom[]> {
  const before = known.get(source);
  if (before !== undefined) return before;
  const copies = new Map<string, CopyFrom[]>();
  for (const { shipped, copies: own } of source.stages) {
    if (shipped) for (const copy of own) if (copy.from !== undefined && copy.from !== "") copies.set(copy.from, [...(copies.get(copy.from) ?? []), copy]);
  }
  known.set(source, copies);
  return copies;
}

/** Nobody has so many steps in an image, or commands in a step; without an end a long file would take for ever. */
const far = 200;

/** Those of its step that come after it: the next ones, and the last ones, which mostly clean up. */
export function commandsAfter({ commands }: Step, command: Command): readonly Command[] {
  const after = commands.indexOf(command) + 1;
  return commands.length - after <= 2 * far ? commands.slice(after) : [...commands.slice(after, after + far), ...commands.slice(-far)];
}

/** The steps of its image that come after it: of its own stage and of those that continue it. */
export function stepsAfter({ steps }: Source, step: Step): readonly Step[] {
  const at = steps.indexOf(step);
  return steps.slice(at + 1, at + 1 + far).filter(({ stage }) => {
    for (let one = stage; one !== undefined; one = one.parent) if (one === step.stage) return true;
    return false;
  });
}
