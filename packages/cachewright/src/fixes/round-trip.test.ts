import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { manifestOf } from "../../test/kill/manifest.ts";
import {
  aclStep, awayStep, chmodStep, chownStep, createStep, curesOf, editStep, everySteps, hasAcl, isRoot, makeWorld, ownUser, removeStep, runStep, setAsideSteps, shareSteps,
} from "../../test/kill/world.ts";
import { applyPlan } from "./apply.ts";
import { makePlan } from "./plan.ts";
import type { Step } from "./step.ts";
import { undoRun } from "./undo.ts";

let base: string;
let home: string;
let stateDir: string;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "fixes-")));
  home = join(base, "home");
  stateDir = join(base, "state");
  mkdirSync(home);
  mkdirSync(stateDir, { mode: 0o700 });
  makeWorld(home);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const planOf = (steps: readonly Step[]) => makePlan({ cures: curesOf(steps), user: ownUser });
const apply = (steps: readonly Step[]) => applyPlan(planOf(steps), { stateDir, command: "fix" });

const kinds: [string, () => Step[], boolean][] = [
  ["setting a cache aside and moving the sound entries back", () => setAsideSteps(home), false],
  ["entries of a cache set aside", () => [awayStep(home)], false],
  ["an edited configuration file", () => [editStep(home)], false],
  ["a configuration file made anew, with its directories", () => [createStep(home)], false],
  ["modes of a tree", () => [chmodStep(home)], false],
  ["what a program made", () => [runStep(home)], false],
  ["an access control list (needs setfacl)", () => [aclStep(home)], !hasAcl],
  ["a tree opened to a group: modes, and with setfacl and root also lists and groups", () => shareSteps(home), false],
  ["owners of a tree (needs root)", () => [chownStep(home)], !isRoot],
  ["every kind of step in one plan", () => everySteps(home), false],
];

describe("apply and undo", () => {
  for (const [what, steps, skipped] of kinds) {
    it.skipIf(skipped)(`changes, and brings back to the nanosecond: ${what}`, () => {
      const before = manifestOf(home);
      const outcome = apply(steps());
      expect(outcome).toMatchObject({ status: "applied", left: [] });
      expect(manifestOf(home)).not.toEqual(before);
      expect(undoRun(outcome.run, { stateDir })).toMatchObject({ status: "undone", left: [], asides: [] });
      expect(manifestOf(home)).toEqual(before);
    });
  }

  it("takes a link that a program made away again, and the one before it comes back", () => {
    const path = join(home, ".cache/python");
    const actor = isRoot ? "root" : "user";
    symlinkSync("/nowhere/python", path);
    const before = manifestOf(home);
    const outcome = apply([
      { kind: "rename", why: "because", actor, from: path, to: `${path}.aside-20261121`, aside: true },
      { kind: "run", why: "because", actor, argv: ["/bin/ln", "-s", "/usr/bin/env", path], makes: path, network: false },
    ]);
    expect(readlinkSync(path)).toBe("/usr/bin/env");
    expect(undoRun(outcome.run, { stateDir })).toMatchObject({ status: "undone", left: [], asides: [] });
    expect(manifestOf(home)).toEqual(before);
  });

  it("leaves the cache as the plan says", () => {
    apply(setAsideSteps(home));
    const cache = join(home, ".cache/pip");
    expect(readdirSync(cache).sort()).toEqual(["http-v2", "wheels"]);
    expect(readdirSync(join(cache, "http-v2")).sort()).toEqual(["0", "body"]);
    expect(lstatSync(cache).mode & 0o7777).toBe(0o700);
    expect(readdirSync(`${cache}.aside-20261121/http-v2`).sort()).toEqual(["1", "a"]);
  });

  it("edits bytes, keeps mode and owner, and keeps the old file beside", () => {
    const { run } = apply([editStep(home)]);
    const file = join(home, ".config/pip/pip.conf");
    expect(readFileSync(file, "utf8")).toBe("# mine\n[global]\nno-cache-dir = true\n");
    expect(lstatSync(file).mode & 0o7777).toBe(0o640);
    expect(readFileSync(`${file}.cachewright-${run}`, "utf8")).toContain("no-cache-dir = false");
  });

  it("removes for good, and undo refuses with the reason", () => {
    const plan = planOf([removeStep(home)]);
    expect(plan).toMatchObject({ undoable: "no", frees: lstatSync(join(home, ".cache/pip/http/old")).blocks * 512 });
    const { run, freed } = applyPlan(plan, { stateDir, command: "fix" });
    expect(freed).toBe(plan.frees);
    expect(existsSync(join(home, ".cache/pip/http/old"))).toBe(false);
    expect(() => undoRun(run, { stateDir })).toThrowError(expect.objectContaining({ code: "E_NOT_UNDOABLE" }));
  });

  it("undoes what can be undone of a plan that also removed", () => {
    const plan = planOf([removeStep(home, ["http/old"]), chmodStep(home)]);
    expect(plan).toMatchObject({ undoable: "partly", frees: 0 });
    const { run } = applyPlan(plan, { stateDir, command: "fix" });
    expect(undoRun(run, { stateDir })).toMatchObject({ status: "undone", left: [] });
    expect(lstatSync(join(home, "open/dir")).mode & 0o7777).toBe(0o777);
    expect(existsSync(join(home, ".cache/pip/http/old"))).toBe(false);
  });

  it("says that a run is undone already", () => {
    const { run } = apply([chmodStep(home)]);
    undoRun(run, { stateDir });
    expect(() => undoRun(run, { stateDir })).toThrowError(/already undone/);
  });
});

describe("a world that changed after the run", () => {
  it("puts a made directory aside when it has been filled, and names it", () => {
    const before = manifestOf(home);
    const { run } = apply(setAsideSteps(home));
    mkdirSync(join(home, ".cache/pip/http-v2/7"));
    writeFileSync(join(home, ".cache/pip/http-v2/7/body"), "written since");
    const outcome = undoRun(run, { stateDir });
    const aside = `${join(home, ".cache/pip")}.cachewright-${run}`;
    expect(outcome).toMatchObject({ status: "undone", left: [], asides: [{ path: join(home, ".cache/pip"), to: aside }] });
    expect(readFileSync(join(aside, "http-v2/7/body"), "utf8")).toBe("written since");
    rmSync(aside, { recursive: true });
    expect(Object.keys(manifestOf(home))).toEqual(Object.keys(before));
  });

  it("leaves an edited file alone when it was edited again, and says where the old one is", () => {
    const { run } = apply([editStep(home)]);
    const file = join(home, ".config/pip/pip.conf");
    writeFileSync(file, "[global]\nmine = now\n");
    const { status, left } = undoRun(run, { stateDir });
    expect(status).toBe("left");
    expect(left).toEqual([{ path: file, why: expect.stringContaining(`${file}.cachewright-${run}`) as string }]);
    expect(readFileSync(file, "utf8")).toBe("[global]\nmine = now\n");
  });

  it("puts back every entry but those that changed, and can be asked again", () => {
    const { run } = apply([chmodStep(home)]);
    rmSync(join(home, "open/dir/file"));
    const { left } = undoRun(run, { stateDir });
    expect(left).toEqual([{ path: join(home, "open/dir/file"), why: "is gone" }]);
    expect(lstatSync(join(home, "open/dir")).mode & 0o7777).toBe(0o777);
    expect(undoRun(run, { stateDir }).left).toHaveLength(1);
  });

  it("does not put a thing back over another one that took its place", () => {
    const { run } = apply([setAsideSteps(home)[0] as Step]);
    mkdirSync(join(home, ".cache/pip"));
    expect(undoRun(run, { stateDir }).left).toEqual([{ path: join(home, ".cache/pip.aside-20261121"), why: expect.stringContaining("is taken") as string }]);
  });

  it("sets aside what a program made when it is in use since", () => {
    const { run } = apply([runStep(home)]);
    writeFileSync(join(home, "venv/more"), "");
    expect(undoRun(run, { stateDir }).asides).toEqual([{ path: join(home, "venv"), to: join(home, `venv.cachewright-${run}`) }]);
  });

  it("keeps the time of a directory that somebody else changed meanwhile", () => {
    const { run } = apply([editStep(home)]);
    writeFileSync(join(home, ".config/pip/other"), "");
    const now = lstatSync(join(home, ".config/pip")).mtimeMs;
    undoRun(run, { stateDir });
    expect(lstatSync(join(home, ".config/pip")).mtimeMs).toBeGreaterThanOrEqual(now);
  });
});
