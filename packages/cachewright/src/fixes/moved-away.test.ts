import { chmodSync, chownSync, existsSync, linkSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { manifestOf } from "../../test/kill/manifest.ts";
import { awayStep, curesOf, isRoot, makeWorld, ownUser } from "../../test/kill/world.ts";
import { applyPlan, type RunOutcome } from "./apply.ts";
import { makePlan } from "./plan.ts";
import { rollBackInterrupted } from "./recover.ts";
import { forgetRun, showRun } from "./runs.ts";
import type { Step } from "./step.ts";
import { undoRun } from "./undo.ts";

let base: string;
let home: string;
let stateDir: string;
let store: string;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "away-")));
  home = join(base, "home");
  stateDir = join(base, "state");
  mkdirSync(home);
  mkdirSync(stateDir, { mode: 0o700 });
  makeWorld(home);
  store = join(home, ".cache/store");
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const plan = (...steps: readonly Step[]) => makePlan({ cures: curesOf(steps), user: ownUser });
const apply = (...steps: readonly Step[]): RunOutcome => applyPlan(plan(...steps), { stateDir, command: "cache rm" });
const aside = (): string => `${store}.aside-20261121`;

describe("entries set aside", () => {
  it("lie at the same places below a private directory, and nothing else has moved", () => {
    expect(apply(awayStep(home))).toMatchObject({ status: "applied", freed: 0 });
    expect(readdirSync(aside(), { recursive: true }).map(String).sort()).toEqual(["archive", "archive/a1", "archive/a1/deep", "archive/a1/deep/y.py", "archive/a1/x.py", "archive/b2", "archive/b2/z.py", "index", "index/pages", "index/pages/one.html"]);
    expect(readdirSync(store, { recursive: true }).map(String).sort()).toEqual(["archive", "archive/b2", "index", "index/pages"]);
    expect(lstatSync(aside()).mode & 0o777).toBe(0o700);
    expect(lstatSync(join(home, "environment/x.py")).nlink).toBe(2);
  });

  it("come back around what the tool has made anew, which stays", () => {
    const { run } = apply(awayStep(home));
    writeFileSync(join(store, "index/pages/one.html"), "a newer page");
    rmSync(join(store, "archive"), { recursive: true });
    expect(undoRun(run, { stateDir })).toMatchObject({ status: "left", left: [{ path: join(store, "index/pages/one.html"), why: expect.stringContaining("is there again") }] });
    expect(readFileSync(join(store, "index/pages/one.html"), "utf8")).toBe("a newer page");
    expect(readFileSync(join(store, "archive/a1/deep/y.py"), "utf8")).toBe("contents of a1/deep/y.py");
    expect(readdirSync(aside(), { recursive: true }).map(String)).toEqual(["index", "index/pages", "index/pages/one.html"]);
  });

  it("are given up with their run, and what is linked from elsewhere frees nothing", () => {
    const { run } = apply(awayStep(home));
    expect(showRun(stateDir, run)).toMatchObject({ asides: [aside()] });
    const linked = lstatSync(join(aside(), "archive/a1/x.py")).blocks * 512;
    const { freed, left } = forgetRun(run, { stateDir });
    expect(left).toEqual([]);
    expect(freed).toBeGreaterThanOrEqual(3 * linked);
    expect(existsSync(aside())).toBe(false);
    expect(readFileSync(join(home, "environment/x.py"), "utf8")).toBe("contents of a1/x.py");
  });

  it("may be linked to and unlinked by environments in the meantime", () => {
    const bound = plan(awayStep(home));
    linkSync(join(store, "archive/b2/z.py"), join(home, "environment/z.py"));
    expect(applyPlan(bound, { stateDir, command: "cache rm" })).toMatchObject({ status: "applied" });
  });

  it("may have gone by themselves: that is what was wanted", () => {
    const bound = plan(awayStep(home));
    rmSync(join(store, "index/pages/one.html"));
    const outcome = applyPlan(bound, { stateDir, command: "cache rm" });
    expect(outcome).toMatchObject({ status: "applied" });
    expect(undoRun(outcome.run, { stateDir })).toMatchObject({ left: [{ path: join(store, "index/pages/one.html") }] });
    expect(existsSync(join(store, "archive/a1/deep/y.py"))).toBe(true);
  });

  it("are not moved when another has come in their place", () => {
    const bound = plan(awayStep(home));
    renameSync(join(store, "archive/a1"), join(store, "archive/other"));
    mkdirSync(join(store, "archive/a1"));
    const before = manifestOf(home);
    expect(() => applyPlan(bound, { stateDir, command: "cache rm" })).toThrow(/has changed/);
    expect(manifestOf(home)).toEqual(before);
  });
});

describe("what is no entry of the cache", () => {
  const away = (...paths: readonly string[]): Step => ({ kind: "set-aside", why: "because", actor: "user", within: store, to: aside(), paths: [...paths] });

  it("is refused: the cache itself, what is outside, what a link leads to", () => {
    symlinkSync(join(home, "open"), join(store, "out"));
    expect(() => plan(away(store))).toThrow(/not inside/);
    expect(() => plan(away(join(home, "open/dir")))).toThrow(/not inside/);
    expect(() => plan(away(join(store, "out/dir")))).toThrow(/not inside/);
    expect(plan(away(join(store, "out"))).steps[0]?.entries[0]).toMatchObject({ rel: "out", guard: { type: "link" } });
  });

  it("leaves the plan when it is another account's (needs root to make)", { skip: !isRoot }, () => {
    chownSync(join(store, "archive/b2/z.py"), 12345, 12345);
    const [step] = plan(awayStep(home)).steps;
    expect(step?.refused).toEqual([{ path: join(store, "archive/b2/z.py"), why: "belongs to uid 12345" }]);
    expect(step?.entries.map(({ rel }) => rel)).toEqual(["archive/a1", "index/pages/one.html", join(store, "..")]);
  });

  it("is not set aside inside of the cache, nor over something", () => {
    expect(() => plan({ ...away(join(store, "archive/a1")), to: join(store, "aside") } as Step)).toThrow(/inside of the cache/);
    mkdirSync(aside());
    expect(() => plan(away(join(store, "archive/a1")))).toThrow(/already exists/);
  });
});

describe("entries removed for good", () => {
  it("are gone at once, with what held them for a moment", () => {
    expect(apply(awayStep(home, "remove-trees"))).toMatchObject({ status: "applied", freed: 8192 });
    expect(existsSync(aside())).toBe(false);
    expect(readdirSync(store, { recursive: true }).map(String).sort()).toEqual(["archive", "archive/b2", "index", "index/pages"]);
    expect(readFileSync(join(home, "environment/x.py"), "utf8")).toBe("contents of a1/x.py");
  });

  it("cannot be undone, and the plan said so", () => {
    const bound = plan(awayStep(home, "remove-trees"));
    expect(bound).toMatchObject({ undoable: "no", frees: 8192 });
    const { run } = applyPlan(bound, { stateDir, command: "cache rm" });
    expect(() => undoRun(run, { stateDir })).toThrow(/cannot come back/);
  });

  it("are still told of where another account's directory among them keeps the rest (needs root to make)", { skip: !isRoot }, () => {
    const bound = plan(awayStep(home, "remove-trees"));
    const { run } = applyPlan(bound, { stateDir, command: "cache rm" });
    // As an ordinary user's run leaves it: the private directory with what could not be deleted.
    mkdirSync(join(aside(), "kept"), { recursive: true, mode: 0o700 });
    chmodSync(aside(), 0o700);
    expect(showRun(stateDir, run)).toMatchObject({ asides: [aside()] });
    expect(forgetRun(run, { stateDir })).toMatchObject({ left: [] });
    expect(existsSync(aside())).toBe(false);
  });

  it("go although a directory among them lets nobody write", () => {
    chmodSync(join(store, "archive/a1/deep"), 0o500);
    expect(apply(awayStep(home, "remove-trees"))).toMatchObject({ status: "applied" });
    expect(existsSync(aside())).toBe(false);
  });
});

describe("directories that become empty by it", () => {
  const tidy = (kind: "set-aside" | "remove-trees", ...but: readonly string[]): Step => ({ ...awayStep(home, kind), tidy: { but: [...but] } } as Step);
  /** A directory that was made anew has another number, and nothing else is different. */
  const withoutNumbers = (): unknown => Object.fromEntries(Object.entries(manifestOf(home)).map(([name, line]) => [name, line.replace(/^d \d+/, "d")]));
  const left = (): string[] => readdirSync(store, { recursive: true }).map(String).sort();
  beforeEach(() => {
    for (const name of ["archive", "archive/b2", "index", "index/pages"]) chmodSync(join(store, name), 0o755);
  });

  it("go, and come back as they were: modes, times and all", () => {
    chmodSync(join(store, "index/pages"), 0o750);
    const before = withoutNumbers();
    const { run } = apply(tidy("set-aside"));
    expect(left()).toEqual([]);
    expect(undoRun(run, { stateDir })).toMatchObject({ status: "undone", left: [] });
    expect(withoutNumbers()).toEqual(before);
  });

  it("go with what is removed for good", () => {
    apply(tidy("remove-trees"));
    expect(left()).toEqual([]);
    expect(existsSync(store)).toBe(true);
  });

  it("stay where something else is in them, or they were empty before", () => {
    writeFileSync(join(store, "archive/mark"), "");
    mkdirSync(join(store, "index/empty"));
    const before = withoutNumbers();
    const { run } = apply(tidy("set-aside"));
    expect(left()).toEqual(["archive", "archive/mark", "index", "index/empty"]);
    undoRun(run, { stateDir });
    expect(withoutNumbers()).toEqual(before);
  });

  it("stay where the tool would miss them, and where others may write", () => {
    chmodSync(join(store, "archive/b2"), 0o2775);
    apply(tidy("remove-trees", "index"));
    expect(left()).toEqual(["archive", "archive/b2", "index"]);
  });

  it("stay when the tool fills them at that moment, and that is no failure", () => {
    const bound = plan(tidy("set-aside"));
    const fill = (name: string): void => {
      if (name === "act rename" && !existsSync(join(store, "index/pages/one.html"))) writeFileSync(join(store, "index/pages/two.html"), "new");
    };
    const { run, status } = applyPlan(bound, { stateDir, command: "cache rm", checkpoint: fill });
    expect(status).toBe("applied");
    expect(left()).toEqual(["index", "index/pages", "index/pages/two.html"]);
    expect(undoRun(run, { stateDir })).toMatchObject({ left: [] });
    expect(left()).toContain("index/pages/one.html");
    expect(left()).toContain("index/pages/two.html");
  });

  it.each([1, 2, 3, 4])("come back when the run was killed after %d of them", (number) => {
    const before = withoutNumbers();
    let seen = 0;
    const kill = (name: string): void => {
      if (name === "act prune-dir" && ++seen === number) throw new Error("killed");
    };
    expect(() => applyPlan(plan(tidy("set-aside")), { stateDir, command: "cache rm", checkpoint: kill })).toThrowError("killed");
    expect(rollBackInterrupted({ stateDir }).rolledBack).toMatchObject([{ left: [], asides: [] }]);
    expect(withoutNumbers()).toEqual(before);
  });

  it("come back beside what the tool has made anew meanwhile", () => {
    const { run } = apply(tidy("set-aside"));
    mkdirSync(join(store, "archive/b2"), { recursive: true, mode: 0o700 });
    writeFileSync(join(store, "archive/b2/new.py"), "");
    expect(undoRun(run, { stateDir })).toMatchObject({ left: [] });
    expect(left()).toEqual(["archive", "archive/a1", "archive/a1/deep", "archive/a1/deep/y.py", "archive/a1/x.py", "archive/b2", "archive/b2/new.py", "archive/b2/z.py", "index", "index/pages", "index/pages/one.html"]);
  });
});
