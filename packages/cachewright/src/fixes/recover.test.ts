import { chmodSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { manifestOf, type Manifest } from "../../test/kill/manifest.ts";
import { makePlace, type Place } from "../../test/kill/place.ts";
import { chmodStep, createStep, editStep, runStep, setAsideSteps } from "../../test/kill/world.ts";
import { interruptedRuns, rollBackInterrupted } from "./recover.ts";
import { listRuns } from "./runs.ts";
import type { Step } from "./step.ts";

let place: Place;
let before: Manifest;
beforeEach(() => {
  place = makePlace();
  before = manifestOf(place.home);
});
afterEach(() => place.remove());

/** Stops right after the n-th intent, as a kill would: what the step does half is then done by hand. Answers with the run. */
function stopAtIntent(steps: readonly Step[], number: number): string {
  let seen = -1;
  const checkpoint = (name: string): void => {
    if (name === "intent") seen += 1;
    if (seen === number) throw new Error("killed");
  };
  expect(() => place.apply(steps, { checkpoint })).toThrowError("killed");
  const [run] = interruptedRuns(place.stateDir);
  expect(run?.status).toBe("interrupted");
  return run?.run as string;
}

const recover = () => rollBackInterrupted({ stateDir: place.stateDir }).rolledBack[0];

describe("a step that was killed between two system calls", () => {
  it("had made a directory, but not yet given it its mode", () => {
    stopAtIntent(setAsideSteps(place.home), 1);
    mkdirSync(join(place.home, ".cache/pip"), { mode: 0o711 });
    expect(recover()).toMatchObject({ left: [], asides: [] });
    expect(manifestOf(place.home)).toEqual(before);
  });

  it("had linked a file to its new name, but not yet unlinked the old one", () => {
    stopAtIntent(setAsideSteps(place.home), 5);
    linkSync(join(place.home, ".cache/pip.aside-20261121/http-v2/1/body"), join(place.home, ".cache/pip/http-v2/body"));
    expect(recover()).toMatchObject({ left: [], asides: [] });
    expect(manifestOf(place.home)).toEqual(before);
  });

  const config = () => join(place.home, ".config/pip/pip.conf");
  const edits: [string, (aside: string, temp: string) => void][] = [
    ["had written half of the new file", (_, temp) => writeFileSync(temp, "[glo")],
    ["had put the old file aside where links are refused: there is no file", (aside, temp) => {
      writeFileSync(temp, "# mine\n[global]\nno-cache-dir = true\n");
      renameSync(config(), aside);
    }],
    ["had linked the new file to its name, which still has the temporary one", (aside, temp) => {
      writeFileSync(temp, "# mine\n[global]\nno-cache-dir = true\n");
      renameSync(config(), aside);
      linkSync(temp, config());
    }],
  ];
  for (const [what, half] of edits) {
    it(`${what}`, () => {
      const run = stopAtIntent([chmodStep(place.home), editStep(place.home)], 1);
      const aside = `${config()}.cachewright-${run}`;
      half(aside, `${aside}.new`);
      expect(recover()).toMatchObject({ left: [], asides: [] });
      expect(manifestOf(place.home)).toEqual(before);
    });
  }

  it("had made directories for a new file, but not yet the file", () => {
    stopAtIntent([createStep(place.home)], 0);
    mkdirSync(join(place.home, "new"));
    expect(recover()).toMatchObject({ left: [], asides: [] });
    expect(manifestOf(place.home)).toEqual(before);
  });

  it("had changed half of a tree", () => {
    stopAtIntent([chmodStep(place.home)], 0);
    chmodSync(join(place.home, "open/dir"), 0o755);
    expect(recover()).toMatchObject({ left: [], asides: [] });
    expect(manifestOf(place.home)).toEqual(before);
  });

  it("had a program at work: what it made is put aside, for nobody can say any more whose it is", () => {
    const run = stopAtIntent([runStep(place.home)], 0);
    mkdirSync(join(place.home, "venv"));
    writeFileSync(join(place.home, "venv/half"), "");
    const to = join(place.home, `venv.cachewright-${run}`);
    expect(recover()).toMatchObject({ left: [], asides: [{ path: join(place.home, "venv"), to }] });
    expect(readdirSync(to)).toEqual(["half"]);
    expect(listRuns(place.stateDir).runs[0]).toMatchObject({ status: "rolled-back", asides: [to] });
  });
});

describe("what somebody else does after the kill", () => {
  it("stays: a file at the place of one that was never made", () => {
    stopAtIntent([createStep(place.home)], 0);
    mkdirSync(join(place.home, "new/deep"), { recursive: true });
    writeFileSync(join(place.home, "new/deep/uv.toml"), "mine");
    expect(recover()).toMatchObject({ left: [] });
    expect(readFileSync(join(place.home, "new/deep/uv.toml"), "utf8")).toBe("mine");
  });

  it("stays: a directory filled where one was made", () => {
    stopAtIntent(setAsideSteps(place.home), 2);
    writeFileSync(join(place.home, ".cache/pip/new"), "since");
    const outcome = recover();
    const [aside] = outcome?.asides ?? [];
    expect(readFileSync(join(aside?.to as string, "new"), "utf8")).toBe("since");
    expect(outcome?.left).toEqual([]);
    expect(existsSync(join(place.home, ".cache/pip/wheels"))).toBe(true);
  });
});
