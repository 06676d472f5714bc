import { chmodSync, chownSync, linkSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeSomebody, rootsPlace, uid, type Somebody } from "../../test/fixes/somebody.ts";
import type { StepOf } from "./step.ts";

const isRoot = process.getuid?.() === 0;
let somebody: Somebody;
let site: string;

type Chmod = StepOf<"chmod">;
const open = (name: string, change: Partial<Chmod> = {}): Chmod => {
  const root = join(site, name);
  return { kind: "chmod", why: "because", actor: "root", root, within: root, select: "tree", dirs: { add: 0o055, remove: 0 }, files: { add: 0o044, remove: 0 }, ...change };
};
const opened = (name: string, change: Partial<Chmod> = {}) => somebody.planned(open(name, change));

/** A file of root's in its site-packages, closed as an umask of 077 leaves it. */
function closed(name: string, text = "x"): string {
  const made = somebody.roots(`../lib/python3.12/site-packages/${name}`, 0o600, text);
  for (let at = dirname(made); at !== site; at = dirname(at)) chmodSync(at, 0o700);
  return made;
}

const record = (...names: string[]): string => closed("six-1.0.dist-info/RECORD", names.map((name) => `${name},sha256=x,1\n`).join(""));

describe.skipIf(!isRoot)(`root in a site-packages of its own${isRoot ? "" : " (needs root)"}`, () => {
  beforeEach(() => {
    somebody = makeSomebody(rootsPlace);
    site = join(somebody.home, "../lib/python3.12/site-packages");
    closed("six.py");
    closed("pkg/data/a,b.txt");
    record("six.py", '"pkg/data/a,b.txt"', "six-1.0.dist-info/RECORD");
  });
  afterEach(() => somebody.remove());

  it("opens what a package's RECORD lists, and the directories on the way", () => {
    expect(opened("six.py", { select: "top" })).toEqual({ given: [""], refused: [] });
    expect(opened("pkg")).toEqual({ given: ["", "data", "data/a,b.txt"], refused: [] });
    expect(opened("six-1.0.dist-info")).toEqual({ given: ["", "RECORD"], refused: [] });
  });

  it("leaves closed what none lists", () => {
    closed("pkg/secret.cfg");
    closed("pkg/other/x");
    closed("credentials.py");
    expect(opened("pkg")).toMatchObject({ given: ["", "data", "data/a,b.txt"] });
    expect((opened("pkg") as { refused: string[] }).refused).toHaveLength(3);
    expect(opened("credentials.py")).toBe("E_REFUSED");
  });

  it("only adds reading and entering", () => {
    for (const add of [0o666, 0o022, 0o4044, 0o100]) expect(opened("six.py", { files: { add, remove: 0 } })).toBe("E_REFUSED");
    expect(opened("pkg", { dirs: { add: 0o077, remove: 0 } })).toBe("E_REFUSED");
    expect(opened("six.py", { files: { add: 0o044, remove: 0o400 } })).toBe("E_REFUSED");
  });

  it("opens nothing outside, whatever a RECORD names", () => {
    const victim = somebody.roots("../shadow", 0o600);
    record("six.py", "../../../shadow", "pkg/../../../../shadow", victim, "/etc/shadow", "../../../../../etc/shadow", "link/shadow", "link");
    symlinkSync(dirname(victim), join(site, "link"));
    for (const root of [victim, "/etc/shadow", "/etc", join(site, "../../../shadow"), join(site, "link/shadow")]) {
      expect(somebody.planned({ ...open("x"), root, within: root })).toBe("E_REFUSED");
    }
    expect(opened("link")).toEqual({ given: [], refused: [] });
  });

  it("opens no second name of a file elsewhere, and no set-id program", () => {
    const victim = somebody.roots("../shadow", 0o600);
    linkSync(victim, join(site, "pkg/data/second"));
    chmodSync(closed("pkg/data/program"), 0o4700);
    record("pkg/data/second", "pkg/data/program", '"pkg/data/a,b.txt"');
    expect(opened("pkg")).toMatchObject({ given: ["", "data", "data/a,b.txt"] });
  });

  it("takes no RECORD that others than root can write", () => {
    const own = "own-1.0.dist-info/RECORD";
    closed("keys.py");
    const planted = closed(own, "keys.py,,\n");
    chmodSync(dirname(planted), 0o755);
    expect(opened("keys.py")).toMatchObject({ given: [""] });
    for (const [path, of, mode] of [[planted, uid, 0o644], [planted, 0, 0o666], [dirname(planted), uid, 0o755], [dirname(planted), 0, 0o777]] as const) {
      const before = path === planted ? 0o600 : 0o755;
      chownSync(path, of, of);
      chmodSync(path, mode);
      expect(opened("keys.py")).toBe("E_REFUSED");
      chownSync(path, 0, 0);
      chmodSync(path, before);
    }
    const elsewhere = somebody.roots("record", 0o644, "keys.py,,\n");
    renameSync(planted, `${planted}.old`);
    symlinkSync(elsewhere, planted);
    expect(opened("keys.py")).toBe("E_REFUSED");
  });

  it("opens nothing that lies where the user can change names", () => {
    chownSync(join(site, "pkg/data"), uid, uid);
    expect(opened("pkg")).toMatchObject({ given: [""], refused: [expect.stringContaining("data"), expect.stringContaining("a,b.txt")] });
  });

  it("does so in no directory of packages that others than root can change, nor in one of the user's", () => {
    chmodSync(join(site, ".."), 0o777);
    expect(opened("six.py")).toBe("E_REFUSED");
    chmodSync(join(site, ".."), 0o755);
    chownSync(site, uid, uid);
    expect(opened("six.py")).toBe("E_REFUSED");
    chownSync(site, 0, 0);
    expect(opened("six.py")).toMatchObject({ given: [""] });
    somebody.users("site-packages");
    writeFileSync(join(somebody.home, "site-packages/keys"), "x", { mode: 0o600 });
    somebody.roots("site-packages/own-1.0.dist-info/RECORD", 0o644, "keys,,\n");
    const root = join(somebody.home, "site-packages/keys");
    expect(somebody.planned({ ...open("x"), root, within: root })).toBe("E_REFUSED");
  });
});
