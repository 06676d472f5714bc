/** Whether what a step leaves at a place is in an image that is shipped. */
import { covers } from "./paths.ts";
import type { Source, Step } from "./source.ts";

export function isCarried({ stages }: Source, { stage }: Step, place: string | undefined): boolean {
  if (stage === undefined) return false;
  if (stage.shipped) return true;
  const names = new Set([String(stage.index), stage.name]);
  return stages.some(({ shipped, copies }) => shipped && copies.some(({ from, sources }) => from !== undefined && names.has(from)
    && sources.some(({ value }) => value === "/" || value === "/*" || (value !== undefined && place !== undefined && covers(value, place)))));
}

/** The steps of its image that come after it: of its own stage and of those that continue it. */
export function stepsAfter({ steps }: Source, step: Step): readonly Step[] {
  const at = steps.indexOf(step);
  return steps.slice(at + 1).filter(({ stage }) => {
    for (let one = stage; one !== undefined; one = one.parent) if (one === step.stage) return true;
    return false;
  });
}
