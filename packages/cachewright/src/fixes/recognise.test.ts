import { chmodSync, chownSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { devs, makeSomebody, uid, type Somebody } from "../../test/fixes/somebody.ts";
import type { Step } from "./step.ts";

const isRoot = process.getuid?.() === 0;
let home = "";
let somebody: Somebody;
beforeEach(() => {
  somebody = makeSomebody(tmpdir());
  ({ home } = somebody);
});
afterEach(() => somebody.remove());

const roots: Somebody["roots"] = (...made) => somebody.roots(...made);
const users: Somebody["users"] = (...names) => somebody.users(...names);
const give: Somebody["give"] = (...what) => somebody.give(...what);
const planned: Somebody["planned"] = (...steps) => somebody.planned(...steps);

const entry = "http/a/b/c/d/e/abcde0123";

describe.skipIf(!isRoot)(`root acting for somebody${isRoot ? "" : " (needs root)"}`, () => {
  it("gives back a cache that sudo left, wherever below the home it is", () => {
    roots(`.cache/pip/${entry}`, 0o600);
    expect(planned(give(join(home, ".cache/pip")))).toMatchObject({ given: expect.arrayContaining(["", entry]), refused: [] });
    roots(`elsewhere/${entry}`, 0o600);
    expect(planned(give(join(home, "elsewhere")))).toMatchObject({ given: expect.arrayContaining([entry]) });
  });

  it("gives back the settings of an environment by themselves", () => {
    users("env/bin");
    roots("env/pyvenv.cfg", 0o600, "home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.12.1\n");
    roots("env/other.cfg", 0o600);
    expect(planned(give(join(home, "env/pyvenv.cfg"), "top"))).toMatchObject({ given: [""] });
    expect(planned(give(join(home, "env/other.cfg"), "top"))).toBe("E_REFUSED");
  });

  it("gives back environments, the user site, directories on the way to them and empty ones", () => {
    roots("project/.venv/pyvenv.cfg");
    roots("project/.venv/lib/python3.12/site-packages/six.py");
    expect(planned(give(join(home, "project/.venv")))).toMatchObject({ refused: [] });
    expect(planned(give(join(home, "project/.venv/lib/python3.12/site-packages")))).toMatchObject({ given: ["", "six.py"] });
    roots(".local/lib/python3.12/site-packages/http/x.py");
    roots(".local/bin/http", 0o755);
    for (const own of [".local/lib/python3.12", ".local/bin"]) expect(planned(give(join(home, own)))).toMatchObject({ refused: [] });
    expect(planned(give(join(home, ".local"), "top"))).toMatchObject({ given: [""] });
    expect(planned(give(roots("new/"), "top"))).toMatchObject({ given: [""] });
  });

  it("leaves alone what only a setting calls a cache", () => {
    roots("backup/shadow", 0o600);
    roots(".cache/other/file");
    expect(planned(give(join(home, "backup")))).toBe("E_REFUSED");
    expect(planned(give(join(home, "backup"), "top"))).toBe("E_REFUSED");
    expect(planned(give(join(home, ".cache")))).toBe("E_REFUSED");
    for (const outside of ["/etc", "/usr/lib", "/etc/shadow", dirname(home)]) expect(planned(give(outside, "top"))).toBe("E_REFUSED");
  });

  it("gives nothing to anybody else", () => {
    roots(`.cache/pip/${entry}`);
    expect(planned(give(join(home, ".cache/pip"), "tree", 999))).toBe("E_REFUSED");
  });

  it("leaves alone what lies in a cache but not where pip lays anything", () => {
    roots(`.cache/pip/${entry}`, 0o600);
    roots(".cache/pip/http/keys/id", 0o600);
    roots(".cache/pip/notes", 0o600);
    expect(planned(give(join(home, ".cache/pip")))).toMatchObject({ refused: expect.arrayContaining([".cache/pip/http/keys", ".cache/pip/http/keys/id", ".cache/pip/notes"]) });
  });

  it("does not take a directory that the user named like a part of a cache for one", () => {
    roots("http/id", 0o600);
    expect(planned(give(join(home, "http")))).toBe("E_REFUSED");
    expect(planned(give(join(home, "http"), "top"))).toBe("E_REFUSED");
  });

  it("does not open to the user a closed file that the user may have moved there", () => {
    users(".cache", ".cache/pip", ...["http", "http/a", "http/a/b", "http/a/b/c", "http/a/b/c/d", "http/a/b/c/d/e"].map((name) => `.cache/pip/${name}`));
    roots(`.cache/pip/${entry}`, 0o600);
    expect(planned(give(join(home, ".cache/pip/http")))).toBe("E_REFUSED");
    roots(".cache/pip/http/0/");
    expect(planned(give(join(home, ".cache/pip/http")))).toEqual({ given: ["0"], refused: [`.cache/pip/${entry}`] });
  });

  it("gives back a settings file only when it is pip's by its words", () => {
    expect(planned(give(roots(".config/pip/pip.conf", 0o600, "[global]\ntimeout = 9\n"), "top"))).toMatchObject({ given: [""] });
    expect(planned(give(roots(".config/pip/pip.conf", 0o600, "[default]\naws_secret = 1\n"), "top"))).toBe("E_REFUSED");
    expect(planned(give(roots(".config/pip/pip.conf", 0o600, "root:$6$salt$hash:1::::::\n"), "top"))).toBe("E_REFUSED");
    expect(planned(give(roots("keys", 0o600, "[global]\n"), "top"))).toBe("E_REFUSED");
  });

  it("makes the system's temporary directory everybody's, and no other", () => {
    const share = (root: string, change: Partial<Extract<Step, { kind: "chmod" }>> = {}): Step => (
      { kind: "chmod", why: "because", actor: "root", root, within: root, select: "top", dirs: { add: 0o1777, remove: 0 }, files: { add: 0, remove: 0 }, ...change });
    expect(planned(share("/tmp"))).toMatchObject({ refused: [] });
    for (const other of ["/var/lib", "/", home, roots(".cache/pip/")]) expect(planned(share(other))).toBe("E_REFUSED");
    expect(planned(share("/tmp", { dirs: { add: 0o777, remove: 0 } }))).toBe("E_REFUSED");
    expect(planned(share("/var/tmp", { select: "tree" }))).toBe("E_REFUSED");
    expect(planned(share("/tmp", { files: { add: 0o666, remove: 0 } }))).toBe("E_REFUSED");
  });

  it("removes entries of caches, no other files, and does nothing else as root", () => {
    const wheel = roots("srv/wheels/mine-1-py3-none-any.whl");
    const kept = roots(`srv/${entry}`);
    const remove = (...paths: string[]): Step => ({ kind: "remove", why: "because", actor: "root", within: join(home, "srv"), paths });
    expect(planned(remove(kept))).toMatchObject({ given: [entry] });
    expect(planned(remove(kept, wheel))).toBe("E_REFUSED");
    expect(planned({ kind: "rename", why: "because", actor: "root", from: wheel, to: `${wheel}.aside`, aside: true })).toBe("E_REFUSED");
    expect(planned({ kind: "make-dir", why: "because", actor: "root", path: join(home, ".ssh"), mode: 0o700, owner: { uid, gid: uid } })).toBe("E_REFUSED");
  });
});

/** A directory of root's that a group may write, and in it what another member made under umask 022. */
function shareWith(mode: number, ...names: string[]): string {
  const share = join(dirname(home), "share");
  mkdirSync(share, { recursive: true });
  for (const name of names) {
    const path = join(share, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "x", { mode: 0o600 });
    for (let at = path; at !== share; at = dirname(at)) chownSync(at, 54321, devs);
  }
  chownSync(share, 0, devs);
  chmodSync(share, mode);
  return share;
}

const opening = (root: string, change: Partial<Extract<Step, { kind: "chmod" }>> = {}): Step => ({
  kind: "chmod", why: "because", actor: "root", root, within: root, select: "tree", dirs: { add: 0o2070, remove: 0o002 }, files: { add: 0o060, remove: 0o002 }, ...change,
});
const grouping = (root: string, gid = devs): Step => ({ kind: "chgrp", why: "because", actor: "root", root, within: root, select: "tree", gid });

describe.skipIf(!isRoot)(`root opening a cache to its group${isRoot ? "" : " (needs root)"}`, () => {
  it("opens what another member made, files that only they could have put there included", () => {
    const share = shareWith(0o2775, entry);
    expect(planned(opening(share))).toMatchObject({ given: expect.arrayContaining(["http", "http/a", entry]), refused: [] });
  });

  it("only to the group the directory has, and that the user is in", () => {
    const share = shareWith(0o2775, entry);
    expect(planned(grouping(share))).toMatchObject({ refused: [] });
    expect(planned(grouping(share, 999))).toBe("E_REFUSED");
    chownSync(share, 0, 999);
    expect(planned(grouping(share, 999))).toBe("E_REFUSED");
    expect(planned(opening(share))).toBe("E_REFUSED");
  });

  it("not where the group may not write the top, nor where anything else is kept", () => {
    expect(planned(opening(shareWith(0o2755, entry)))).toBe("E_REFUSED");
    expect(planned(opening(shareWith(0o2775, entry, "reports/2026")))).toBe("E_REFUSED");
  });

  it("never to everybody, and never with a set-id bit for files", () => {
    const share = shareWith(0o2775, entry);
    expect(planned(opening(share, { dirs: { add: 0o2077, remove: 0 } }))).toBe("E_REFUSED");
    expect(planned(opening(share, { files: { add: 0o066, remove: 0 } }))).toBe("E_REFUSED");
    expect(planned(opening(share, { files: { add: 0o2060, remove: 0 } }))).toBe("E_REFUSED");
  });

  it("no closed file that a member may have moved in, and no directory with a stranger in it", () => {
    const share = shareWith(0o2775, entry, "wheels/aa/secrets", "selfcheck/abc123");
    chmodSync(join(share, dirname(entry)), 0o2775);
    const plan = planned(opening(share));
    expect(plan).toMatchObject({ given: expect.arrayContaining(["http", "wheels", "selfcheck", "selfcheck/abc123"]) });
    const given = (plan as { given: string[] }).given;
    for (const left of [entry, "wheels/aa", "wheels/aa/secrets"]) expect(given).not.toContain(left);
  });
});
