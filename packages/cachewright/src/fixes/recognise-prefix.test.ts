import { chmodSync, chownSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeSomebody, rootsPlace, uid, type Somebody } from "../../test/fixes/somebody.ts";
import type { Step } from "./step.ts";

const isRoot = process.getuid?.() === 0;
const forRoot = isRoot ? "" : " (needs root)";
let somebody: Somebody;

/** A Python prefix of the account's below a base directory. */
function makePrefix(base: string): void {
  somebody = makeSomebody(base);
  somebody.users("python", "python/lib", "python/lib/python3.12", "python/bin", "python/share");
}

const at = (name: string): string => join(somebody.home, "python", name);
const given = (name: string, select: "top" | "tree" = "tree") => somebody.planned(somebody.give(at(name), select));

describe.skipIf(!isRoot)(`root in a Python prefix of somebody's${forRoot}`, () => {
  beforeEach(() => makePrefix(rootsPlace));
  afterEach(() => somebody.remove());

  it("gives back the programs and manual pages that it left, and `share` alone without what is in it", () => {
    somebody.roots("python/bin/tool", 0o755);
    chownSync(at("bin"), 0, 0);
    somebody.roots("python/share/man/man1/tool.1");
    expect(given("bin")).toEqual({ given: ["", "tool"], refused: [] });
    expect(given("share/man")).toMatchObject({ given: ["", "man1", "man1/tool.1"] });
    chownSync(at("share"), 0, 0);
    expect(given("share", "top")).toMatchObject({ given: [""] });
    expect(given("share")).toBe("E_REFUSED");
  });

  it("gives nothing that is closed to the user, and no set-id program", () => {
    somebody.roots("python/bin/secret", 0o600);
    somebody.roots("python/bin/program", 0o4755);
    chownSync(at("bin"), 0, 0);
    expect(given("bin")).toMatchObject({ given: [""], refused: expect.arrayContaining(["python/bin/secret", "python/bin/program"]) as string[] });
    chmodSync(at("bin"), 0o700);
    expect(given("bin")).toBe("E_REFUSED");
  });

  it("takes no directory for a prefix that is not the user's, or has no Python", () => {
    somebody.roots("python/bin/tool", 0o755);
    chownSync(at("bin"), 0, 0);
    chownSync(at("."), uid + 1, uid + 1);
    expect(given("bin")).toBe("E_REFUSED");
    chownSync(at("."), uid, uid);
    renameSync(at("lib/python3.12"), at("lib/other"));
    expect(given("bin")).toBe("E_REFUSED");
  });

  it("gives no directory of another name", () => {
    somebody.roots("python/etc/tool.conf");
    expect(given("etc")).toBe("E_REFUSED");
  });
});

describe.skipIf(!isRoot)(`root where everybody may put things${forRoot}`, () => {
  beforeEach(() => makePrefix(tmpdir()));
  afterEach(() => somebody.remove());

  it("gives back nothing outside the home's own places", () => {
    somebody.roots("python/share/man/man1/tool.1");
    expect(given("share/man")).toBe("E_REFUSED");
  });
});

describe.skipIf(!isRoot)(`root and the mode of shared temporary directories${forRoot}`, () => {
  beforeEach(() => makePrefix(rootsPlace));
  afterEach(() => somebody.remove());
  const mend = (root: string, change: Partial<Extract<Step, { kind: "chmod" }>> = {}): Step =>
    ({ kind: "chmod", why: "because", actor: "root", root, within: root, select: "top", dirs: { add: 0o1777, remove: 0 }, files: { add: 0, remove: 0 }, ...change });

  it("mends just /tmp and /var/tmp, to the very mode they have everywhere", () => {
    for (const root of ["/tmp", "/var/tmp"]) expect(somebody.planned(mend(root))).toMatchObject({ refused: [] });
    for (const root of ["/", "/etc", "/usr/tmp/..", somebody.home, at("lib")]) expect(somebody.planned(mend(root))).toBe("E_REFUSED");
    expect(somebody.planned(mend("/tmp", { select: "tree" }))).toBe("E_REFUSED");
    expect(somebody.planned(mend("/tmp", { dirs: { add: 0o777, remove: 0 } }))).toBe("E_REFUSED");
    expect(somebody.planned(mend("/tmp", { dirs: { add: 0o1777, remove: 0o1000 } }))).toBe("E_REFUSED");
  });
});
