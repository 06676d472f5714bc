import { appendFileSync, chmodSync, chownSync, linkSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { manifestOf, type Manifest } from "../../test/kill/manifest.ts";
import { makePlace, type Place } from "../../test/kill/place.ts";
import { editStep, isRoot, setAsideSteps } from "../../test/kill/world.ts";
import type { AppError } from "../machine/app-error.ts";
import { newRunId } from "./journal.ts";
import { interruptedRuns, rollBackInterrupted } from "./recover.ts";
import { listRuns } from "./runs.ts";
import { undoRun } from "./undo.ts";

let place: Place;
let before: Manifest;
let run: string;
let file: string;
beforeEach(() => {
  place = makePlace();
  before = manifestOf(place.home);
  run = place.apply([editStep(place.home), ...setAsideSteps(place.home)]).run;
  file = join(place.stateDir, "runs", run, "journal.jsonl");
});
afterEach(() => place.remove());

const coded = (code: string) => expect.objectContaining({ code }) as AppError;
const undo = () => undoRun(run, { stateDir: place.stateDir });

describe("the journal", () => {
  it("is one JSON record a line, intent before done, for nobody else to read", () => {
    const records = readFileSync(file, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line) as { t: string; step?: number });
    expect(records.slice(0, 5).map(({ t, step }) => [t, step])).toEqual([["begin", undefined], ["intent", 0], ["done", 0], ["intent", 1], ["done", 1]]);
    expect(readdirSync(place.stateDir)).toEqual(["runs"]);
  });

  it("names a broken line and its file; nothing is changed or lost", () => {
    const lines = readFileSync(file, "utf8").split("\n");
    lines[2] = "{ broken";
    writeFileSync(file, lines.join("\n"));
    const standing = manifestOf(place.home);
    expect(undo).toThrowError(coded("E_JOURNAL"));
    expect(undo).toThrowError(`${file}, line 3`);
    expect(manifestOf(place.home)).toEqual(standing);
    expect(listRuns(place.stateDir)).toMatchObject({ runs: [], unreadable: [{ code: "E_JOURNAL" }] });
    expect(readFileSync(file, "utf8")).toBe(lines.join("\n"));
  });

  it("names a line that is JSON but no record, and one of a newer schema", () => {
    const text = readFileSync(file, "utf8");
    writeFileSync(file, `${text}{"t":"levitated"}\n`);
    expect(undo).toThrowError(new RegExp(`line ${text.split("\n").length}`));
    writeFileSync(file, text.replace('"schema":1', '"schema":99'));
    expect(undo).toThrowError(/newer cachewright/);
  });

  it("hides no other run behind a broken one", () => {
    writeFileSync(file, "broken\n");
    const second = place.plan([]);
    expect(second.steps).toEqual([]);
    const other = place.apply([]);
    expect(listRuns(place.stateDir)).toMatchObject({ runs: [{ run: other.run }], unreadable: [expect.anything()] });
  });

  it("may end in a line torn by a kill: what that line announced was never begun", () => {
    const lines = readFileSync(file, "utf8").split("\n");
    // Killed while the last `done` was being written.
    writeFileSync(file, `${lines.slice(0, -2).join("\n")}\n${lines.at(-2)?.slice(0, 20)}`);
    expect(interruptedRuns(place.stateDir)).toMatchObject([{ run, status: "interrupted" }]);
    expect(rollBackInterrupted({ stateDir: place.stateDir }).rolledBack).toMatchObject([{ run, left: [] }]);
    expect(manifestOf(place.home)).toEqual(before);
    expect(listRuns(place.stateDir)).toMatchObject({ runs: [{ status: "rolled-back" }], unreadable: [] });
  });

  it("of which not even the beginning was written belongs to a run that never was", () => {
    writeFileSync(file, "");
    expect(interruptedRuns(place.stateDir)).toEqual([]);
    rollBackInterrupted({ stateDir: place.stateDir });
    expect(readdirSync(join(place.stateDir, "runs"))).toEqual([]);
  });
});

describe("a journal that may be somebody else's", () => {
  const ills: [string, () => void][] = [
    ["others may write it", () => chmodSync(file, 0o620)],
    ["others may write its directory", () => chmodSync(join(place.stateDir, "runs", run), 0o770)],
    ["it has a second name", () => linkSync(file, join(place.base, "second"))],
    ["it is a link", () => {
      renameSync(file, join(place.base, "real"));
      symlinkSync(join(place.base, "real"), file);
    }],
    ["others may write the directory of runs", () => chmodSync(join(place.stateDir, "runs"), 0o777)],
  ];
  for (const [what, make] of ills) {
    it(`is not followed: ${what}`, () => {
      const standing = manifestOf(place.home);
      make();
      expect(undo).toThrowError(coded("E_FOREIGN_RUN"));
      expect(manifestOf(place.home)).toEqual(standing);
      expect(rollBackInterrupted({ stateDir: place.stateDir })).toMatchObject({ rolledBack: [], unreadable: [{ code: "E_FOREIGN_RUN" }] });
    });
  }

  it.skipIf(!isRoot)("is not followed by root when a user owns it (needs root)", () => {
    chownSync(file, 12345, 12345);
    expect(undo).toThrowError(coded("E_FOREIGN_RUN"));
  });

  it("is not followed when it says that another uid made it", () => {
    writeFileSync(file, readFileSync(file, "utf8").replace(/"by":\d+/, '"by":54321'));
    expect(undo).toThrowError(coded("E_FOREIGN_RUN"));
  });
});

describe("a run's name", () => {
  it("tells its time and sorts after every earlier one of the same second", () => {
    const at = new Date("2026-11-21T09:15:30.500Z");
    expect(newRunId(at, [], 0xb2)).toBe("20261121-091530-00b2");
    expect(newRunId(at, ["20261121-091530-00b2"], 0)).toBe("20261121-091530-00b3");
  });

  it("is never taken for a path", () => {
    for (const name of ["../../etc", "", "20261121-091530-zzzz"]) expect(() => undoRun(name, { stateDir: place.stateDir })).toThrowError(coded("E_UNKNOWN_ID"));
    rmSync(join(place.stateDir, "runs"), { recursive: true });
    expect(undo).toThrowError(coded("E_UNKNOWN_ID"));
    appendFileSync(join(place.stateDir, "unrelated"), "");
  });
});
