import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AttackKind } from "./attack.ts";
import { bundleRace, runRace, whyNoRace } from "./run-race.ts";

const why = whyNoRace();
const note = why === null ? "" : ` (${why})`;

const attacks: [AttackKind, string][] = [
  ["links", "directories for symbolic links"],
  ["hard-links", "files for hard links to an outside file"],
  ["moved-links", "the place of a hard link to an outside file"],
  ["bind-mounts", "directories for mounts"],
];

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
  it.skipIf(why !== null).each(attacks)(`reaches nothing outside while %s: somebody swaps %s${note}`, async (kind) => {
    const report = await runRace(bundle().script, { kind, swaps: 20_000, rounds: 40 });
    expect(report.outsideChanged).toEqual([]);
    expect(report.swaps).toBeGreaterThanOrEqual(20_000);
    expect(report.givenBack).toBeGreaterThan(0);
  });
});

describe("giving back by path, however careful", () => {
  const bundle = withBundle("naive.ts");
  it.skipIf(why !== null).each(attacks)(`is caught by %s: somebody swaps %s${note}`, async (kind) => {
    const report = await runRace(bundle().script, { kind, swaps: 5_000_000, rounds: 0 });
    expect(report.outsideChanged).not.toEqual([]);
  });
});
