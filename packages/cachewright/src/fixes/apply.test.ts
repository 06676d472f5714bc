import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { manifestOf } from "../../test/kill/manifest.ts";
import { makePlace, type Place } from "../../test/kill/place.ts";
import { chmodStep, chownStep, createStep, editStep, isRoot, me, removeStep, runStep, setAsideSteps } from "../../test/kill/world.ts";
import type { AppError } from "../machine/app-error.ts";
import { openHands } from "../machine/open-hands.ts";
import { takeRunLock } from "../machine/run-lock.ts";
import { performActs } from "./act.ts";
import { applyPlan } from "./apply.ts";
import { listRuns } from "./runs.ts";
import type { Plan } from "./step.ts";
import { undoRun } from "./undo.ts";

let place: Place;
beforeEach(() => {
  place = makePlace();
});
afterEach(() => place.remove());

const coded = (code: string) => expect.objectContaining({ code }) as AppError;
const applyIt = (plan: Plan, options = {}) => applyPlan(plan, { stateDir: place.stateDir, command: "fix", ...options });

describe("a world that changed since the plan was made", () => {
  const changes: [string, () => void][] = [
    ["an entry has another mode", () => chmodSync(join(place.home, "open/dir/file"), 0o600)],
    ["an entry is gone", () => rmSync(join(place.home, "open/dir/file"))],
    ["an entry is another file", () => {
      rmSync(join(place.home, "open/dir/file"));
      writeFileSync(join(place.home, "open/dir/file"), "", { mode: 0o666 });
    }],
    ["a directory is a link by now", () => {
      renameSync(join(place.home, "open/dir"), join(place.home, "elsewhere"));
      symlinkSync("../elsewhere", join(place.home, "open/dir"));
    }],
  ];
  for (const [what, change] of changes) {
    it(`is left as it is, and nothing is journalled: ${what}`, () => {
      const plan = place.plan([...setAsideSteps(place.home), chmodStep(place.home)]);
      change();
      const before = manifestOf(place.home);
      expect(() => applyIt(plan)).toThrowError(coded("E_CHANGED"));
      expect(manifestOf(place.home)).toEqual(before);
      expect(listRuns(place.stateDir).runs).toEqual([]);
    });
  }

  it("lists what changed", () => {
    const plan = place.plan([chmodStep(place.home)]);
    chmodSync(join(place.home, "open/dir/file"), 0o600);
    expect(() => applyIt(plan)).toThrowError(`${join(place.home, "open/dir/file")}: mode was 0666, is 0600`);
  });

  it("refuses a place that has been taken, and a file that was edited", () => {
    const aside = place.plan(setAsideSteps(place.home));
    const edit = place.plan([editStep(place.home)]);
    const create = place.plan([createStep(place.home)]);
    mkdirSync(join(place.home, ".cache/pip.aside-20261121"));
    mkdirSync(join(place.home, "new/deep"), { recursive: true });
    writeFileSync(join(place.home, "new/deep/uv.toml"), "mine");
    writeFileSync(join(place.home, ".config/pip/pip.conf"), "[global]\n");
    const before = manifestOf(place.home);
    for (const plan of [aside, edit, create]) expect(() => applyIt(plan)).toThrowError(coded("E_CHANGED"));
    expect(manifestOf(place.home)).toEqual(before);
  });

  it("takes what is to be removed and is gone as removed", () => {
    const plan = place.plan([removeStep(place.home)]);
    rmSync(join(place.home, ".cache/pip/http/old"));
    expect(applyIt(plan).status).toBe("applied");
    expect(existsSync(join(place.home, ".cache/pip/http/old-too"))).toBe(false);
  });
});

describe("a world that changes during the run", () => {
  it("stops the run at the first changed guard and takes back what was done", () => {
    const before = manifestOf(place.home);
    const plan = place.plan([editStep(place.home), ...setAsideSteps(place.home), chmodStep(place.home)]);
    let done = 0;
    const checkpoint = (name: string): void => {
      if (name === "done") done += 1;
      if (done === 4 && name === "done") chmodSync(join(place.home, "open/dir/file"), 0o600);
    };
    const outcome = applyIt(plan, { checkpoint });
    expect(outcome).toMatchObject({ status: "rolled-back", failure: { step: 7, code: "E_CHANGED" }, left: [] });
    chmodSync(join(place.home, "open/dir/file"), 0o666);
    expect(manifestOf(place.home)).toEqual(before);
    expect(() => undoRun(outcome.run, { stateDir: place.stateDir })).toThrowError(coded("E_NOT_UNDOABLE"));
  });

  it("takes back what a failing program made", () => {
    const before = manifestOf(place.home);
    const failing = { ...runStep(place.home), argv: ["/bin/sh", "-c", 'mkdir "$0"; echo reason >&2; exit 3', join(place.home, "venv")] };
    const outcome = place.apply([editStep(place.home), failing]);
    expect(outcome).toMatchObject({ status: "rolled-back", left: [], asides: [], failure: { code: "E_STEP", why: expect.stringContaining("reason") as string } });
    expect(manifestOf(place.home)).toEqual(before);
  });
});

describe("who may apply", () => {
  it("one at a time: the second says who is at it", () => {
    const plan = place.plan([editStep(place.home)]);
    const lock = takeRunLock(place.stateDir);
    expect(() => applyIt(plan)).toThrowError(coded("E_LOCKED"));
    expect(() => undoRun("20261121-091530-0000", { stateDir: place.stateDir })).toThrowError(new RegExp(`process ${process.pid}`));
    lock.release();
    expect(applyIt(plan).status).toBe("applied");
  });

  it.skipIf(isRoot)("only root what needs root (needs an ordinary user)", () => {
    const plan = place.plan([{ ...chownStep(place.home), actor: "root" }]);
    expect(() => applyIt(plan)).toThrowError(coded("E_PRIVILEGE"));
    expect(listRuns(place.stateDir).runs).toEqual([]);
  });

  it.skipIf(!isRoot)("root leaves the user's steps to the user (needs root)", () => {
    const plan = { ...place.plan([editStep(place.home), chownStep(place.home)]), user: { uid: 12345, name: "somebody" } };
    expect(() => applyIt(plan)).toThrowError(coded("E_PRIVILEGE"));
    const asked: string[] = [];
    const outcome = applyIt(plan, {
      performAsUser: (acts: Parameters<typeof performActs>[0], keepGoing: boolean, user: { name: string }) => {
        asked.push(...acts.map((act) => `${act.do} for ${user.name}`));
        const hands = openHands();
        try {
          return performActs(acts, { hands, keepGoing });
        } finally {
          hands.close();
        }
      },
    });
    expect(outcome.status).toBe("applied");
    expect(asked).toEqual(["edit-file for somebody"]);
    expect(statSync(join(place.home, "foreign/deep/file")).uid).toBe(23456);
  });

  it("nobody a plan that was made for somebody else", () => {
    const plan = { ...place.plan([editStep(place.home)]), user: { uid: me + 1, name: "other" } };
    expect(() => applyIt(plan)).toThrowError(coded("E_PRIVILEGE"));
  });
});

describe("secrets", () => {
  it("are in the file and not in the journal", () => {
    const { run } = place.apply([editStep(place.home, "https://me:hunter2@example.org/")]);
    expect(readFileSync(join(place.home, ".config/pip/pip.conf"), "utf8")).toContain("hunter2");
    const journal = readFileSync(join(place.stateDir, "runs", run, "journal.jsonl"), "utf8");
    expect(journal).toContain("example.org");
    expect(journal).not.toContain("hunter2");
  });
});
