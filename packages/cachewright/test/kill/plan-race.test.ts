import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AttackKind } from "../races/attack.ts";
import { bundleRace, runRace, whyNoRace } from "../races/run-race.ts";

const why = whyNoRace();
const attacks: AttackKind[] = ["links", "hard-links", "moved-links", "bind-mounts"];

describe("a whole cure as root, against somebody who swaps what it is about", () => {
  let bundle: Awaited<ReturnType<typeof bundleRace>> | undefined;
  beforeAll(async () => {
    if (why === null) bundle = await bundleRace(join(import.meta.dirname, "defend-by-plan.ts"));
  });
  afterAll(() => bundle?.remove());

  it.skipIf(why !== null).each(attacks)(`reaches nothing outside, there and back: %s${why === null ? "" : ` (${why})`}`, async (kind) => {
    const report = await runRace((bundle as { script: string }).script, { kind, swaps: 20_000, rounds: 100 });
    expect(report.outsideChanged).toEqual([]);
    expect(report.givenBack).toBeGreaterThan(0);
    expect(report.swaps).toBeGreaterThanOrEqual(20_000);
  });
});
