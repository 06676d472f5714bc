import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AttackKind } from "./attack.ts";
import { bundleRace, runRace, whyNoRace } from "./run-race.ts";

const why = whyNoRace();
const note = why === null ? "" : ` (${why})`;

const attacks: [AttackKind, string][] = [
  ["links", "directories are swapped for symbolic links"],
  ["hard-links", "files are swapped for hard links to an outside file"],
  ["moved-links", "a hard link to an outside file is moved about, to be counted twice"],
  ["bind-mounts", "directories are mounted over"],
];

/** Enough for each attack to catch whoever it can catch; a bound only so that a failure ends. */
const UNTIL_CAUGHT = { swaps: 3_000_000, rounds: 0 };

type Bundle = Awaited<ReturnType<typeof bundleRace>>;

function withBundle(defender: string): () => Bundle {
  let bundle: Bundle | undefined;
  beforeAll(async () => {
    if (why === null) bundle = await bundleRace(join(import.meta.dirname, "defenders", defender));
  });
  afterAll(() => bundle?.remove());
  return () => bundle as Bundle;
}

describe("giving back through held objects", () => {
  const bundle = withBundle("give-back.ts");
  it.skipIf(why !== null).each(attacks)(`reaches nothing outside (%s: %s)${note}`, async (kind) => {
    const report = await runRace(bundle().script, { kind, swaps: 20_000, rounds: 100 });
    expect(report.outsideChanged).toEqual([]);
    expect(report.swaps).toBeGreaterThanOrEqual(20_000);
    expect(report.givenBack).toBeGreaterThan(0);
  });
});

describe("giving back by path, however careful", () => {
  const bundle = withBundle("naive.ts");
  it.skipIf(why !== null).each(attacks)(`is caught (%s: %s)${note}`, async (kind) => {
    const report = await runRace(bundle().script, { kind, ...UNTIL_CAUGHT });
    expect(report.outsideChanged).not.toEqual([]);
  });
});

describe("giving back held objects by guard alone", () => {
  const bundle = withBundle("guards-only.ts");
  it.skipIf(why !== null)(`is caught by hard links that come and go${note}`, async () => {
    const report = await runRace(bundle().script, { kind: "hard-links", ...UNTIL_CAUGHT });
    expect(report.outsideChanged).not.toEqual([]);
  });
});
