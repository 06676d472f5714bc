import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, linkSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { manifestOf } from "../../test/kill/manifest.ts";
import { makePlace, type Place } from "../../test/kill/place.ts";
import { chmodStep, chownStep, editStep, isRoot, me, removeStep, runStep, setAsideSteps } from "../../test/kill/world.ts";
import type { AppError } from "../machine/app-error.ts";
import { bindStep } from "./bind.ts";
import type { Step } from "./step.ts";
import { undoRun } from "./undo.ts";

let place: Place;
let config: string;
beforeEach(() => {
  place = makePlace();
  config = join(place.home, ".config/pip/pip.conf");
});
afterEach(() => place.remove());

const coded = (code: string) => expect.objectContaining({ code }) as AppError;
const bind = (step: Step) => bindStep(step, { uid: me });
const emptyHash = createHash("sha256").digest("hex");

describe("a configuration file", () => {
  const strangers: [string, () => void][] = [
    ["a FIFO", () => spawnSync("mkfifo", [config])],
    ["a directory", () => mkdirSync(config)],
    ["a sparse file of 10 GB", () => {
      writeFileSync(config, "");
      truncateSync(config, 10 * 2 ** 30);
    }],
    ["a link to a device", () => symlinkSync("/dev/zero", config)],
  ];
  for (const [what, make] of strangers) {
    it(`is not read and not edited when it is ${what}`, () => {
      rmSync(config);
      make();
      expect(() => bind({ ...editStep2(), of: emptyHash })).toThrowError(coded("E_REFUSED"));
    });
  }
  const editStep2 = (): Extract<Step, { kind: "edit-config" }> => ({
    kind: "edit-config", why: "because", actor: "user", path: config, of: null, edits: [{ offset: 0, length: 0, content: "x" }], diff: "+x",
  });

  it("is edited only while it has the bytes the edits were computed from", () => {
    const step = editStep(place.home);
    writeFileSync(config, "[global]\n");
    expect(() => bind(step)).toThrowError(coded("E_CHANGED"));
    expect(() => bind(editStep2())).toThrowError(coded("E_CHANGED"));
  });

  it("is edited where a link leads; the link stays", () => {
    const real = join(place.home, "dotfiles.conf");
    renameSync(config, real);
    symlinkSync("../../dotfiles.conf", config);
    const before = manifestOf(place.home);
    const { run } = place.apply([editStep(place.home)]);
    expect(lstatSync(config).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, "utf8")).toContain("= true");
    undoRun(run, { stateDir: place.stateDir });
    expect(manifestOf(place.home)).toEqual(before);
  });

  it("is not parted from its other names", () => {
    const step = editStep(place.home);
    linkSync(config, join(place.home, "second-name"));
    expect(() => bind(step)).toThrowError(coded("E_REFUSED"));
  });
});

describe("a tree to be given back (needs root)", () => {
  it.skipIf(!isRoot)("gives only what is foreign, and lists what it refuses (needs root)", async () => {
    const tree = join(place.home, "foreign");
    const outside = join(place.home, "outside");
    writeFileSync(outside, "precious");
    linkSync(outside, join(tree, "outside-too"));
    writeFileSync(join(tree, "inside"), "", { mode: 0o644 });
    linkSync(join(tree, "inside"), join(tree, "deep/inside-too"));
    chmodSync(tree, 0o755);
    chownSync(tree, 0, 0);
    chownSync(join(tree, "deep"), 0, 0);
    writeFileSync(join(tree, "setuid"), "");
    chmodSync(join(tree, "setuid"), 0o4755);
    spawnSync("mkfifo", [join(tree, "pipe")]);
    const server = createServer().listen(join(tree, "socket"));
    await new Promise((listening) => server.once("listening", listening));
    writeFileSync(join(tree, "already"), "");
    chownSync(join(tree, "already"), 23456, 1);
    const bound = bind(chownStep(place.home));
    server.close();
    expect(bound.refused.map(({ path }) => path.slice(tree.length + 1)).sort()).toEqual(["outside-too", "pipe", "setuid", "socket"]);
    const rels = bound.entries.map(({ rel }) => rel);
    expect(rels.filter((rel) => rel.includes("inside"))).toHaveLength(1);
    expect(rels).toEqual(expect.arrayContaining(["", "deep", "deep/file", "deep/link"]));
    expect(rels).not.toContain("already");
  });

  it.skipIf(!isRoot)("does not follow a user's link as root (needs root)", () => {
    symlinkSync("foreign", join(place.home, "led"));
    spawnSync("chown", ["-h", "12345", join(place.home, "led")]);
    const root = join(place.home, "led/deep");
    expect(() => bind({ ...chownStep(place.home), root, within: root } as Step)).toThrowError(coded("E_REFUSED"));
  });

  it.skipIf(!isRoot)("does not look into another mount (needs root)", () => {
    const mount = join(place.home, "foreign/deep/mounted");
    mkdirSync(mount);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "none", mount]).status === 0;
    try {
      if (mounted) writeFileSync(join(mount, "file"), "");
      const bound = bind(chownStep(place.home));
      expect(bound.entries.map(({ rel }) => rel)).not.toContain("deep/mounted/file");
      if (mounted) expect(bound.refused).toEqual([{ path: mount, why: "is on another mount" }]);
    } finally {
      if (mounted) spawnSync("umount", [mount]);
    }
  });

  it("never reaches outside the recognised root", () => {
    const within = join(place.home, "open/dir");
    expect(() => bind({ ...chmodStep(place.home), within } as Step)).toThrowError(coded("E_REFUSED"));
    expect(() => bind({ ...chmodStep(place.home), root: join(within, "../../foreign"), within } as Step)).toThrowError(coded("E_REFUSED"));
  });
});

describe("modes of a tree", () => {
  it("changes only what changes, and no link", () => {
    const bound = bind(chmodStep(place.home));
    expect(bound.entries.map(({ rel, toMode }) => [rel, toMode])).toEqual([["dir", 0o755], ["dir/file", 0o644]]);
  });

  it("closes directories from the inside", () => {
    const step = { ...chmodStep(place.home), dirs: { add: 0, remove: 0o700 } } as Step;
    const rels = bind(step).entries.map(({ rel }) => rel);
    expect(rels).toEqual(["dir/file", "dir", ""]);
    const before = manifestOf(place.home);
    const { run, status } = place.apply([step]);
    expect(status).toBe("applied");
    // As an ordinary user nothing below can be looked at before its directory is open again.
    expect(undoRun(run, { stateDir: place.stateDir }).left).toEqual([]);
    expect(manifestOf(place.home)).toEqual(before);
  });
});

describe("removing", () => {
  it("counts the bytes of a file with two names once, and only with its last name", () => {
    const allocated = lstatSync(join(place.home, ".cache/pip/http/old")).blocks * 512;
    expect(bind(removeStep(place.home)).frees).toBe(allocated);
    expect(bind(removeStep(place.home, ["http/old"])).frees).toBe(0);
  });

  it("takes what vanished as removed, and refuses directories and what is outside", () => {
    const step = removeStep(place.home, ["gone", "http", "../../open/dir/file"]);
    const bound = bind(step);
    expect(bound.entries).toEqual([]);
    expect(bound.refused.map(({ path }) => path)).toEqual([join(place.home, ".cache/pip/http"), join(place.home, "open/dir/file")]);
  });
});

describe("names", () => {
  it("are not taken over: a made directory, a rename's target and what a program makes must be free", () => {
    const [aside, make] = setAsideSteps(place.home) as [Step, Step];
    expect(() => bind(make)).toThrowError(coded("E_REFUSED"));
    mkdirSync(join(place.home, ".cache/pip.aside-20261121"));
    expect(() => bind(aside)).toThrowError(coded("E_REFUSED"));
    mkdirSync(join(place.home, "venv"));
    expect(() => bind(runStep(place.home))).toThrowError(coded("E_REFUSED"));
  });

  it("are set aside beside themselves only", () => {
    const [aside] = setAsideSteps(place.home) as [Extract<Step, { kind: "rename" }>];
    expect(() => bind({ ...aside, to: join(place.home, "pip.aside") })).toThrowError(coded("E_REFUSED"));
  });
});

describe("later steps of a plan", () => {
  it("are bound to the world as the earlier ones will leave it", () => {
    const plan = place.plan(setAsideSteps(place.home));
    const cache = join(place.home, ".cache/pip");
    const wheels = lstatSync(join(cache, "wheels"), { bigint: true });
    const moved = plan.steps[3];
    expect(moved?.entries[0]).toMatchObject({ rel: `${cache}.aside-20261121/wheels`, guard: { ino: String(wheels.ino) } });
    // The parent it leaves is the cache of today; the one it enters is only made by the plan and has no guard yet.
    expect(moved?.entries.map(({ rel }) => rel)).toEqual([`${cache}.aside-20261121/wheels`, `${cache}.aside-20261121`]);
  });

  it("see what was moved in, moved away and re-moded", () => {
    const cache = join(place.home, ".cache/pip");
    const within = cache;
    const tight: Step = { kind: "chmod", why: "because", actor: "user", root: cache, within, select: "tree", dirs: { add: 0, remove: 0o055 }, files: { add: 0, remove: 0o044 } };
    const plan = place.plan([...setAsideSteps(place.home), tight, { ...tight, files: { add: 0o040, remove: 0 } }]);
    const rels = plan.steps.at(-2)?.entries.map(({ rel }) => rel).sort();
    expect(rels).toEqual(["http-v2/0", "http-v2/0/body", "http-v2/body", "wheels", "wheels/xx", "wheels/xx/a.whl"]);
    expect(plan.steps.at(-1)?.entries.map(({ guard, toMode }) => [guard.mode, toMode])).toContainEqual([0o600, 0o640]);
  });

  it("refuse to edit a file twice from different bytes; the same edit is made once", () => {
    const edit = editStep(place.home);
    expect(place.plan([edit, edit]).steps).toHaveLength(1);
    expect(() => place.plan([edit, { ...edit, of: emptyHash }])).toThrowError(coded("E_REFUSED"));
  });
});

describe("a tree that is more than the tool's", () => {
  it("is changed only below the names the step is limited to", () => {
    const step = chmodStep(place.home) as Extract<Step, { kind: "chmod" }>;
    expect(bind(step).entries.map(({ rel }) => rel)).toContain("dir/file");
    expect(bind({ ...step, only: ["wheels"] }).entries.map(({ rel }) => rel).filter((rel) => rel !== "")).toEqual([]);
    expect(bind({ ...step, only: ["dir"] }).entries.map(({ rel }) => rel)).toContain("dir/file");
  });
});

describe("a program", () => {
  const run = (program: string, actor: "root" | "user"): Step => ({ kind: "run", why: "because", actor, argv: [program], makes: join(place.home, "made"), network: false });

  it.skipIf(!isRoot)(`is not run by root where others may put another in its place${isRoot ? "" : " (needs root)"}`, () => {
    const own = join(place.home, "python");
    writeFileSync(own, "#!/bin/sh\n", { mode: 0o755 });
    expect(bind(run("/bin/sh", "root")).refused).toEqual([]);
    expect(() => bind(run(own, "root"))).toThrowError(coded("E_REFUSED"));
    symlinkSync("/bin/sh", join(place.home, "sh"));
    expect(bind(run(join(place.home, "sh"), "root")).refused).toEqual([]);
  });
});
