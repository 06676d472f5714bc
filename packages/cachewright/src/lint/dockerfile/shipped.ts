/** Which stages' layers are in the image that is built: the last one's, and those it continues. */
import type { StageState } from "./stage-state.ts";

/**
 * A stage that others only copy from is thrown away. So is one that nobody uses: it is built only where somebody asks for
 * it (`--target`), mostly for tests. Fills in the stages that steps already point to.
 */
export function markShipped(stages: readonly StageState[]): void {
  for (const { stage, start, end, shell } of stages) {
    stage.range = { start, end: Math.max(start, end) };
    stage.shell = shell;
  }
  for (let one = stages.at(-1); one !== undefined; one = one.parent) one.stage.shipped = true;
}
