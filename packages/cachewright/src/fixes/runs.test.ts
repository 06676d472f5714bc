import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { manifestOf } from "../../test/kill/manifest.ts";
import { makePlace, type Place } from "../../test/kill/place.ts";
import { editStep, isRoot, removeStep, setAsideSteps } from "../../test/kill/world.ts";
import type { AppError } from "../machine/app-error.ts";
import { openHands } from "../machine/open-hands.ts";
import { takeRunLock } from "../machine/run-lock.ts";
import { endRun, forgetRun, listRuns, rootCommand, showRun } from "./runs.ts";
import { weigh } from "./set-asides.ts";
import type { Guard } from "./step.ts";
import { undoRun } from "./undo.ts";

let place: Place;
let stateDir: string;
beforeEach(() => {
  place = makePlace();
  stateDir = place.stateDir;
});
afterEach(() => place.remove());

const coded = (code: string) => expect.objectContaining({ code }) as AppError;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const asideOf = (name: string) => join(place.home, ".cache/pip", name);
const asidePath = () => join(place.home, ".cache/pip.aside-20261121");

describe("the list of runs", () => {
  it("is newest first, says how each stands and what it has put aside", () => {
    const first = place.apply([editStep(place.home)]).run;
    const second = place.apply(setAsideSteps(place.home)).run;
    const third = place.apply([]).run;
    endRun(first, { stateDir, status: "cured", results: [{ problem: "p", subject: "s", status: "gone" }] });
    undoRun(third, { stateDir });
    const { runs } = listRuns(stateDir);
    expect(runs.map(({ run, status }) => [run, status])).toEqual([[third, "undone"], [second, "applied"], [first, "cured"]]);
    expect(runs.map(({ asides }) => asides)).toEqual([[], [asidePath()], [`${join(place.home, ".config/pip/pip.conf")}.cachewright-${first}`]]);
    expect(showRun(stateDir, first)).toMatchObject({ verified: [{ status: "gone" }], failure: undefined, plan: { undoable: "fully" } });
    expect(showRun(stateDir, second).asideBytes).toBeGreaterThan(10_000);
  });

  it("offers to forget what is older than thirty days and has something to give back", () => {
    place.apply(setAsideSteps(place.home));
    place.apply([]);
    expect(listRuns(stateDir).runs.map(({ offered }) => offered)).toEqual([false, false]);
    expect(listRuns(stateDir, { now: inDays(31) }).runs.map(({ offered }) => offered)).toEqual([false, true]);
  });

  it("tells a run that is just going on from one that was killed", () => {
    const { run } = place.apply([editStep(place.home)]);
    const file = join(stateDir, "runs", run, "journal.jsonl");
    writeFileSync(file, readFileSync(file, "utf8").split("\n").slice(0, 2).join("\n") + "\n");
    expect(listRuns(stateDir).runs[0]?.status).toBe("interrupted");
    const lock = takeRunLock(stateDir);
    expect(listRuns(stateDir).runs[0]?.status).toBe("running");
    lock.release();
  });

  it("is empty where nothing ever ran", () => {
    expect(listRuns(join(place.base, "nowhere"))).toEqual({ runs: [], unreadable: [] });
  });
});

describe("probing a cure before the end of its run", () => {
  it("does not keep undo from bringing a directory's time back", () => {
    const before = manifestOf(place.home);
    const { run } = place.apply(setAsideSteps(place.home));
    const probe = join(place.home, ".cache/probe");
    writeFileSync(probe, "");
    spawnSync("rm", [probe]);
    endRun(run, { stateDir, status: "cured", results: [] });
    undoRun(run, { stateDir });
    expect(manifestOf(place.home)).toEqual(before);
  });
});

describe("forgetting a run", () => {
  it("deletes what it had set aside, says the bytes, and can not be undone or done again", () => {
    const { run } = place.apply(setAsideSteps(place.home));
    const bytes = showRun(stateDir, run).asideBytes;
    expect(forgetRun(run, { stateDir })).toEqual({ run, freed: bytes, left: [] });
    expect(existsSync(asidePath())).toBe(false);
    expect(existsSync(join(place.home, ".cache/pip/wheels/xx/a.whl"))).toBe(true);
    expect(listRuns(stateDir).runs[0]).toMatchObject({ status: "forgotten", asides: [] });
    expect(() => undoRun(run, { stateDir })).toThrowError(coded("E_NOT_UNDOABLE"));
    expect(() => forgetRun(run, { stateDir })).toThrowError(coded("E_REFUSED"));
  });

  it("deletes the old file of an edit", () => {
    const { run } = place.apply([editStep(place.home)]);
    const old = `${join(place.home, ".config/pip/pip.conf")}.cachewright-${run}`;
    expect(forgetRun(run, { stateDir }).freed).toBeGreaterThan(0);
    expect(existsSync(old)).toBe(false);
  });

  it("deletes what undo had put aside", () => {
    const { run } = place.apply(setAsideSteps(place.home));
    writeFileSync(join(place.home, ".cache/pip/new"), "since");
    const [aside] = undoRun(run, { stateDir }).asides;
    expect(forgetRun(run, { stateDir }).left).toEqual([]);
    expect(existsSync(aside?.to as string)).toBe(false);
    expect(existsSync(join(place.home, ".cache/pip/wheels/xx/a.whl"))).toBe(true);
  });

  it("does not touch what took the place of an aside", () => {
    const { run } = place.apply(setAsideSteps(place.home));
    spawnSync("rm", ["-r", asidePath()]);
    mkdirSync(asidePath());
    writeFileSync(join(asidePath(), "mine"), "");
    expect(forgetRun(run, { stateDir })).toMatchObject({ freed: 0, left: [] });
    expect(existsSync(join(asidePath(), "mine"))).toBe(true);
  });

  it("waits until a run that was cut short is undone", () => {
    const { run } = place.apply(setAsideSteps(place.home));
    const file = join(stateDir, "runs", run, "journal.jsonl");
    writeFileSync(file, readFileSync(file, "utf8").split("\n").slice(0, 4).join("\n") + "\n");
    expect(() => forgetRun(run, { stateDir })).toThrowError(coded("E_REFUSED"));
    expect(existsSync(asidePath())).toBe(true);
  });

  it.skipIf(!isRoot)("knows which directories only root could empty for a user (needs root to make one)", () => {
    chownSync(asideOf("wheels"), 12345, 12345);
    const hands = openHands();
    const guard = hands.look(join(place.home, ".cache/pip"))?.guard as Guard;
    const foreignTo = (uid: number) => weigh(hands, { path: join(place.home, ".cache/pip"), was: "", guard }, uid).foreign;
    expect(foreignTo(0)).toEqual([]);
    expect(foreignTo(12345)).toContain(join(place.home, ".cache/pip"));
    expect(foreignTo(12345)).not.toContain(asideOf("wheels"));
    hands.close();
  });

  it("says the exact command for what only root can delete", () => {
    expect(rootCommand("/home/me/.cache/pip.aside")).toBe("sudo rm -rf -- /home/me/.cache/pip.aside");
    expect(rootCommand("/home/it's me/a b")).toBe("sudo rm -rf -- '/home/it'\\''s me/a b'");
  });

  it("has nothing to give back of what was removed", () => {
    const { run } = place.apply([removeStep(place.home)]);
    expect(forgetRun(run, { stateDir })).toEqual({ run, freed: 0, left: [] });
  });
});
