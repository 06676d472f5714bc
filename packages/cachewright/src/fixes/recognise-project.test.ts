import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, lchownSync, linkSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeSomebody, rootsPlace, uid, type Somebody } from "../../test/fixes/somebody.ts";

const isRoot = process.getuid?.() === 0;
const forRoot = isRoot ? "" : " (needs root)";
let somebody: Somebody;
let at: (name: string) => string;

/** A project of the account's below a base directory, as a checkout leaves it. */
function makeProject(base: string): void {
  somebody = makeSomebody(base);
  at = (name) => join(somebody.home, "project", name);
  somebody.users("project", "project/src");
  chownSync(somebody.roots("project/pyproject.toml"), uid, uid);
}

const given = (name: string, select: "top" | "tree" = "tree") => somebody.planned(somebody.give(at(name), select));
const built = ["build/lib/own/__init__.py", "build/bdist.linux-x86_64/x", "own.egg-info/PKG-INFO", "src/own.egg-info/top_level.txt", ".eggs/wheel-1-py3.egg/x.py"];

/** A group of this machine that nobody is in, such as "staff". */
function groupWithoutMembers(): number | undefined {
  const primary = new Set(readFileSync("/etc/passwd", "utf8").split("\n").map((line) => line.split(":")[3]));
  const gids = readFileSync("/etc/group", "utf8").split("\n").map((line) => line.split(":"));
  const empty = gids.find(([, , gid, names]) => names === "" && gid !== undefined && !primary.has(gid) && gids.filter(([, , other]) => other === gid).length === 1);
  return empty === undefined ? undefined : Number(empty[2]);
}
const hasAcls = spawnSync("setfacl", ["--version"]).status === 0;
const empty = isRoot ? groupWithoutMembers() : undefined;

describe.skipIf(!isRoot)(`root in a project of somebody's${forRoot}`, () => {
  beforeEach(() => makeProject(rootsPlace));
  afterEach(() => somebody.remove());

  it("gives back what a build by root left, whole or a part", () => {
    for (const name of built) somebody.roots(`project/${name}`);
    for (const whole of ["build", "own.egg-info", "src/own.egg-info", ".eggs"]) expect(given(whole)).toMatchObject({ given: expect.arrayContaining([""]), refused: [] });
    expect(given("build")).toMatchObject({ given: expect.arrayContaining(["", "lib/own/__init__.py"]) });
    expect(given("build/lib")).toMatchObject({ given: expect.arrayContaining(["", "own/__init__.py"]) });
    expect(given("own.egg-info/PKG-INFO", "top")).toMatchObject({ given: [""] });
  });

  it("gives back files that tools rewrite", () => {
    for (const name of ["poetry.lock", "uv.lock", "requirements-dev.txt", "Pipfile.lock"]) {
      somebody.roots(`project/${name}`);
      expect(given(name, "top")).toMatchObject({ given: [""] });
    }
  });

  it("leaves alone other files and directories of the project", () => {
    for (const name of ["src/own.py", ".env", "README", "dist/own.whl"]) {
      somebody.roots(`project/${name}`);
      expect(given(name, "top")).toBe("E_REFUSED");
    }
    expect(given("dist")).toBe("E_REFUSED");
  });

  it("gives nothing that is closed to the user: it may have been something else under another name", () => {
    somebody.roots("project/requirements.txt", 0o600);
    expect(given("requirements.txt", "top")).toBe("E_REFUSED");
    somebody.roots("project/build/lib/open");
    somebody.roots("project/build/lib/shadow", 0o600);
    somebody.roots("project/build/temp.x/keys/id");
    chmodSync(at("build/temp.x/keys"), 0o700);
    expect(given("build")).toEqual({
      given: expect.arrayContaining(["", "lib", "lib/open", "temp.x"]) as string[],
      refused: expect.arrayContaining(["project/build/lib/shadow", "project/build/temp.x/keys", "project/build/temp.x/keys/id"]) as string[],
    });
    chmodSync(at("build"), 0o700);
    expect(given("build")).toBe("E_REFUSED");
  });

  it("does not take a directory of root's that the user named `build` for one", () => {
    somebody.roots("project/backup/shadow");
    renameSync(at("backup"), at("build"));
    expect(given("build")).toBe("E_REFUSED");
    somebody.roots("project/conf/id_rsa.pub");
    renameSync(at("conf"), at("own.egg-info"));
    expect(given("own.egg-info")).toBe("E_REFUSED");
    expect(given("own.egg-info/id_rsa.pub", "top")).toBe("E_REFUSED");
  });

  it("gives nothing of a third person's", () => {
    somebody.roots("project/build/lib/theirs");
    chownSync(at("build/lib/theirs"), 999, 999);
    chownSync(somebody.roots("project/uv.lock"), 999, 999);
    expect(given("build")).toMatchObject({ refused: ["project/build/lib/theirs"] });
    expect(given("uv.lock", "top")).toBe("E_REFUSED");
  });

  it("gives no second name of a file elsewhere, no set-id program, and follows no link", () => {
    const victim = somebody.roots("../victim");
    somebody.roots("project/build/lib/x");
    linkSync(victim, at("build/lib/second"));
    somebody.roots("project/build/lib/program", 0o4755);
    symlinkSync("/etc", at("build/lib/etc"));
    const plan = given("build") as { given: string[]; refused: string[] };
    expect(plan.refused.sort()).toEqual(["project/build/lib/program", "project/build/lib/second"]);
    expect(plan.given).toContain("lib/etc");
    expect(plan.given.filter((rel) => rel.startsWith("lib/etc/"))).toEqual([]);
    linkSync(victim, at("uv.lock"));
    expect(given("uv.lock", "top")).toBe("E_REFUSED");
  });

  it("does not go through links of the user's, nor take one for a built directory", () => {
    symlinkSync("/etc", at("build"));
    expect(given("build")).toBe("E_REFUSED");
    rmSync(at("build"));
    symlinkSync(at("."), join(somebody.home, "other"));
    lchownSync(join(somebody.home, "other"), uid, uid);
    somebody.roots("project/build/lib/x");
    expect(somebody.planned(somebody.give(join(somebody.home, "other/build")))).toBe("E_REFUSED");
  });

  it("knows a project by its file, in a directory of that user's", () => {
    somebody.users("plain");
    somebody.roots("plain/build/lib/x");
    expect(somebody.planned(somebody.give(join(somebody.home, "plain/build")))).toBe("E_REFUSED");
    somebody.users("linked");
    somebody.roots("linked/build/lib/x");
    symlinkSync("/etc/passwd", join(somebody.home, "linked/setup.py"));
    expect(somebody.planned(somebody.give(join(somebody.home, "linked/build")))).toBe("E_REFUSED");
    somebody.roots("roots/setup.py");
    somebody.roots("roots/build/lib/x");
    expect(somebody.planned(somebody.give(join(somebody.home, "roots/build")))).toBe("E_REFUSED");
  });

  it("gives nothing where others can put things on the way", () => {
    somebody.roots("project/build/lib/x");
    chownSync(at(""), uid, 4_000_000);
    for (const [directory, mode] of [["", 0o777], ["", 0o1777], ["../..", 0o1777], ["", 0o775]] as const) {
      chmodSync(at(directory), mode);
      expect(given("build")).toBe("E_REFUSED");
      chmodSync(at(directory), 0o755);
    }
    expect(given("build")).toMatchObject({ refused: [] });
    somebody.roots("project/build/lib/deep/x");
    chownSync(at("build"), 999, 999);
    expect(given("build/lib")).toBe("E_REFUSED");
  });

  it.skipIf(empty === undefined)(`trusts a group that nobody is in${empty === undefined ? " (this machine has none)" : ""}`, () => {
    somebody.roots("project/build/lib/x");
    chownSync(at(""), uid, empty ?? 0);
    chmodSync(at(""), 0o2775);
    expect(given("build")).toMatchObject({ refused: [] });
  });

  it.skipIf(empty === undefined || !hasAcls)(`does not trust it with an access control list that lets others in${hasAcls ? "" : " (needs setfacl)"}`, () => {
    somebody.roots("project/build/lib/x");
    chownSync(at(""), uid, empty ?? 0);
    expect(spawnSync("setfacl", ["-m", "u:999:rwx", at("")]).status).toBe(0);
    expect(given("build")).toBe("E_REFUSED");
  });
});

describe.skipIf(!isRoot)(`root in a project in a world-writable directory${forRoot}`, () => {
  let base = "";
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), "cachewright-open-"));
    chmodSync(base, 0o1777);
    makeProject(base);
  });
  afterEach(() => rmSync(base, { recursive: true }));

  it("leaves everything as it is", () => {
    somebody.roots("project/build/lib/x");
    somebody.roots("project/uv.lock");
    expect(given("build")).toBe("E_REFUSED");
    expect(given("uv.lock", "top")).toBe("E_REFUSED");
  });
});
