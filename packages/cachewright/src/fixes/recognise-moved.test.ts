/** What somebody can move, rename or exchange in directories of their own, to have root give it to them. */
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { boundWhileExchanged } from "../../test/fixes/bound-while-exchanged.ts";
import { makeSomebody, rootsPlace, uid, type Somebody } from "../../test/fixes/somebody.ts";
import { openHands } from "../machine/open-hands.ts";
import { bindStepIn } from "./bind.ts";
import type { Step } from "./step.ts";
import { viewAfter } from "./view.ts";

const isRoot = process.getuid?.() === 0;
let somebody: Somebody;
const at = (name: string): string => join(somebody.home, name);
const given = (name: string, select: "top" | "tree" = "tree") => somebody.planned(somebody.give(at(name), select));
const share = (name: string): Step[] => {
  const tree = { why: "because", actor: "root", root: at(name), within: at(name), select: "tree" } as const;
  return [{ kind: "chgrp", ...tree, gid: uid }, { kind: "chmod", ...tree, dirs: { add: 0o2070, remove: 0o002 }, files: { add: 0o060, remove: 0o002 } }];
};
const http = ["http", "http/a", "http/a/b", "http/a/b/c", "http/a/b/c/d", "http/a/b/c/d/e"];
const entry = "http/a/b/c/d/e/abcde0123";

/** A cache of the account's that the group of its own may write. */
function shareOf(...names: string[]): void {
  somebody.users("share", ...names.map((name) => `share/${name}`));
  chmodSync(at("share"), 0o2770);
}

/** Whether this process may mount: root in a container may not. */
function mounts(): boolean {
  if (!isRoot) return false;
  const directory = mkdtempSync(join(tmpdir(), "cachewright-mount-"));
  const done = spawnSync("mount", ["--bind", directory, directory]).status === 0;
  if (done) spawnSync("umount", [directory]);
  rmSync(directory, { recursive: true });
  return done;
}
const canMount = mounts();

describe.skipIf(!isRoot)(`root among what somebody moved${isRoot ? "" : " (needs root)"}`, () => {
  beforeEach(() => {
    somebody = makeSomebody(rootsPlace);
  });
  afterEach(() => somebody.remove());

  it("does not give away a closed file that was moved to the name of an environment's settings", () => {
    somebody.users("env/bin", "env/lib", "env");
    for (const text of ["root:$6$salt$hash:1::::::\n", "password=secret\n", "home = /usr/bin\ntoken: abc\n", ""]) {
      somebody.roots("env/pyvenv.cfg", 0o600, text);
      expect(given("env/pyvenv.cfg", "top")).toBe("E_REFUSED");
    }
  });

  it("does not give away a closed file that was moved into an environment or the user site, asked for alone", () => {
    somebody.users("env", "env/lib", ".local", ".local/lib", ".local/lib/python3.12");
    somebody.roots("env/pyvenv.cfg");
    for (const name of ["env/lib/secret", ".local/lib/python3.12/secret"]) {
      somebody.roots(name, 0o600);
      expect(given(name, "top")).toBe("E_REFUSED");
    }
  });

  it("does not give away a closed directory that was renamed where it is", () => {
    somebody.users("env", ".local", ".local/lib");
    somebody.roots("env/pyvenv.cfg");
    for (const name of ["env/lib", "env/bin", ".pip", ".local/lib/python3.12", ".config", ".cache/pip/http/a"]) {
      somebody.roots(`${name}/secret`, 0o644);
      chmodSync(at(name), 0o700);
      if (name.startsWith(".cache")) expect(somebody.planned(somebody.give(at(".cache/pip")))).toMatchObject({ refused: expect.arrayContaining([name, `${name}/secret`]) as string[] });
      else expect(given(name, name === ".config" ? "top" : "tree")).toBe("E_REFUSED");
    }
  });

  it("does not give away a closed directory of something else that was named as pip's cache is", () => {
    somebody.users(".cache");
    somebody.roots(".cache/pip/secret");
    chmodSync(at(".cache/pip"), 0o700);
    for (const select of ["top", "tree"] as const) expect(given(".cache/pip", select)).toBe("E_REFUSED");
    somebody.roots(".cache/pip/http/a/");
    expect(given(".cache/pip")).toMatchObject({ given: expect.arrayContaining(["", "http"]) as string[], refused: [".cache/pip/secret"] });
  });

  it("gives back a closed directory of root's that holds what a tool's do", () => {
    somebody.users(".local", ".local/lib");
    somebody.roots(".local/lib/python3.12/site-packages/six.py");
    for (const name of [".local/lib/python3.12/site-packages", ".local/lib/python3.12"]) chmodSync(at(name), 0o700);
    expect(given(".local/lib/python3.12")).toMatchObject({ given: ["", "site-packages", "site-packages/six.py"], refused: [] });
  });

  it("opens to a group of somebody's no file that is open to another group only", () => {
    shareOf(...http);
    somebody.roots(`share/${entry}`, 0o640);
    expect(somebody.planned(...share("share"))).not.toMatchObject({ given: expect.arrayContaining([entry]) as string[] });
    chmodSync(at(`share/${entry}`), 0o644);
    expect(somebody.planned(...share("share"))).toMatchObject({ given: expect.arrayContaining([entry]) as string[] });
  });

  it("opens no directory that was given the name of one wheels are built in", () => {
    const hashes = ["wheels", "wheels/aa", "wheels/aa/bb", "wheels/aa/bb/cc", "wheels/aa/bb/cc/0123"];
    shareOf(...hashes);
    const secret = `${hashes.at(-1)}/tmpabcdefgh`;
    somebody.roots(`share/${secret}/key`, 0o600);
    chmodSync(at(`share/${secret}`), 0o700);
    expect(somebody.planned(...share("share"))).toMatchObject({ refused: expect.arrayContaining([`share/${secret}`, `share/${secret}/key`]) as string[] });
    renameSync(at("share"), at("cache"));
    expect(given("cache")).toBe("E_REFUSED");
  });

  it.skipIf(!canMount)(`does not give away what is mounted${canMount ? "" : " (needs the right to mount)"}`, () => {
    somebody.users("python", "python/lib", "python/lib/python3.12", "python/bin", "project", "project/build");
    chownSync(somebody.roots("project/pyproject.toml"), uid, uid);
    somebody.users("mnt");
    somebody.roots("system/lib/x");
    somebody.roots("system/usr/bin/python3");
    somebody.roots("system/usr/lib/python3.12/os.py");
    expect(given("system/usr")).toMatchObject({ given: expect.arrayContaining(["", "lib/python3.12/os.py"]) as string[] });
    for (const [name, root] of [["python/bin", ""], ["project/build", ""], ["mnt", "/usr"]] as const) {
      expect(spawnSync("mount", ["--bind", at("system"), at(name)]).status).toBe(0);
      try {
        expect(given(`${name}${root}`)).toBe("E_REFUSED");
      } finally {
        spawnSync("umount", [at(name)]);
      }
    }
  });

  it("recognises the very object that it would give, however often another one takes its place", () => {
    somebody.users("project", "env");
    chownSync(somebody.roots("project/pyproject.toml"), uid, uid);
    mkdirSync(at("decoys"));
    for (const [name, decoy] of [["project/build", "decoys/build"], ["env/pyvenv.cfg", "decoys/pyvenv.cfg"]] as const) {
      const isDir = name.endsWith("build");
      somebody.roots(isDir ? `${name}/secret` : name, 0o600);
      chmodSync(at(name), isDir ? 0o700 : 0o600);
      somebody.roots(isDir ? `${decoy}/` : decoy, isDir ? 0o755 : 0o644, "home = /usr/bin\n");
      const swap = (): void => {
        renameSync(at(name), at("decoys/held"));
        renameSync(at(decoy), at(name));
        renameSync(at("decoys/held"), at(decoy));
      };
      // Exchanged at the n-th look: whatever root saw by then was the closed one.
      for (let when = 1; when < 14; when += 1) expect(boundWhileExchanged(somebody, name, { select: isDir ? "tree" : "top", when, swap })).toEqual([]);
    }
  });
});

describe.skipIf(!isRoot)(`root asked to look through what is not recognised${isRoot ? "" : " (needs root)"}`, () => {
  it("walks nothing of it", () => {
    somebody = makeSomebody(rootsPlace);
    const hands = openHands();
    const watched = { ...hands, walk: () => { throw new Error("walked"); } };
    const tree = { why: "because", actor: "root", root: "/usr", within: "/usr", select: "tree" } as const;
    const steps: Step[] = [somebody.give("/usr"), { kind: "chgrp", ...tree, gid: uid }, { kind: "default-acl", ...tree }, { kind: "chmod", ...tree, dirs: { add: 0o2070, remove: 0 }, files: { add: 0o060, remove: 0 } }];
    try {
      const account = { uid, gid: uid, home: somebody.home };
      for (const step of steps) expect(() => bindStepIn(step, { hands: watched, view: viewAfter(watched, []), uid, account })).toThrow("is not recognised");
    } finally {
      hands.close();
      somebody.remove();
    }
  });
});
