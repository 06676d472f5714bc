import { describe, expect, it } from "vitest";
import { absent, cache, configFile, factsWith, me, pipUse, present, root, rootOwned, scanned, setting, user, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { diagnose } from "../diagnose.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const denying = ["user::rwx", "user:me:r-x", "group::rwx", "mask::rwx", "other::---"];
const masked = ["user::rwx", "user:me:rwx", "group::r-x", "mask::r-x", "other::r-x"];
const groups = { uid: 0, gid: me.gid, mode: 0o770, write: "EACCES" } as const;
const top = (acl: string[], words = {}): Facts => factsWith({ paths: [present(cache, { ...groups, acl, ...words })] });
const together = async (facts: Facts): Promise<unknown> => (await diagnose(facts)).findings.map(({ finding, folded }) => [finding.problem, finding.subject, folded.map((one) => one.problem)]);

describe("acl-denied finds", () => {
  it("nothing on a healthy machine, nor for root", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(factsWith({ ...top(denying), paths: [present(cache, { ...groups, acl: denying })], user: root({ homeEnv: me.home }) }))).toEqual([]);
  });

  it("an entry that takes away what the mode gives, and that is the one finding", async () => {
    const { found } = examine(problem, top(denying));
    expect(found).toMatchObject({ severity: "error", subject: cache, params: { entry: "user:me:r-x", mode: "0770", owner: "root", variant: "cache" } });
    expect(found.evidence[0]?.says).toBe("its access control list says user:me:r-x, and the kernel refuses me");
    expect(await together(top(denying))).toEqual([["acl-denied", cache, ["cache-not-owned"]]]);
  });

  it("a mask that looks like a mode", async () => {
    const facts = top(masked, { gid: 0, mode: 0o755 });
    expect(examine(problem, facts).found.params).toMatchObject({ entry: "mask::r-x" });
    expect(await together(facts)).toEqual([["acl-denied", cache, ["cache-not-owned"]]]);
  });

  it("a part of the cache, one finding for all of them", async () => {
    const parts = ["http-v2", "wheels"].map((name) => present(`${cache}/${name}`, { ...groups, acl: denying }));
    const facts = factsWith({ paths: parts, scans: [scanned(parts)] });
    expect(examine(problem, facts).found).toMatchObject({ subject: `${cache}/http-v2`, params: { count: "2" } });
    expect(await together(facts)).toEqual([["acl-denied", `${cache}/http-v2`, ["cache-write-denied", "wheel-cache-write-denied"]]]);
  });

  it("beside a part that is foreign by its owner both", async () => {
    const parts = [present(`${cache}/http-v2`, { ...groups, acl: denying }), present(`${cache}/wheels/aa`, rootOwned)];
    const facts = factsWith({ paths: parts, scans: [scanned(parts)] });
    expect(await together(facts)).toEqual([["acl-denied", `${cache}/http-v2`, ["cache-write-denied"]], ["wheel-cache-write-denied", `${cache}/wheels/aa`, []]]);
  });

  it("a directory that may be written but not entered", () => {
    const acl = ["user::rwx", "user:me:rw-", "group::rwx", "mask::rwx", "other::---"];
    expect(examine(problem, top(acl, { write: "ok", search: "EACCES" })).found.params).toMatchObject({ entry: "user:me:rw-" });
  });

  it("an environment", async () => {
    const facts = factsWith({ installs: [venv()], paths: venvPaths({ ...groups, acl: denying }) });
    expect(examine(problem, facts).found).toMatchObject({ subject: "/home/me/project/.venv/lib/python3.11/site-packages", params: { variant: "target" } });
    expect(await together(facts)).toEqual([["acl-denied", "/home/me/project/.venv/lib/python3.11/site-packages", ["venv-not-writable"]]]);
  });
});

describe("acl-denied leaves alone", () => {
  it("what owner and mode explain, with an unrelated list beside it", () => {
    expect(problem.detect(factsWith({ paths: [present(cache, rootOwned)] }))).toEqual([]);
    expect(problem.detect(top(["user::rwx", "user:other:rwx", "group::r-x", "mask::rwx", "other::r-x"], { gid: 0, mode: 0o775 }))).toEqual([]);
  });

  it("a list that nobody read, and one on a path that is fine", () => {
    expect(problem.detect(factsWith({ paths: [present(cache, groups)] }))).toEqual([]);
    expect(problem.detect(factsWith({ paths: [present(cache, { acl: denying })] }))).toEqual([]);
  });

  it("a system's site-packages where pip falls back to the user site", () => {
    const facts = factsWith({ paths: [present("/usr/local/lib/python3.11/dist-packages", { ...groups, acl: denying }), absent("/home/me/.local/lib/python3.11/site-packages")] });
    expect(problem.detect(facts)).toEqual([]);
  });
});

describe("the cures", () => {
  it("drop the entry, then aside, then elsewhere", () => {
    const { ids, cure } = examine(problem, top(denying));
    expect(ids).toEqual(["drop-acl-entry", "set-aside", "cache-elsewhere"]);
    expect(cure("drop-acl-entry")).toMatchObject({ needs: "root", probes: [cache], steps: [{ kind: "acl", actor: "root", path: cache, remove: "user:me" }] });
  });

  it("drop a group's entry", () => {
    const inDevs = user({ groups: [me.gid, 50] });
    const facts = { ...top(["user::rwx", "group::rwx", "group:devs:r-x", "mask::rwx", "other::rwx"], { gid: 0, mode: 0o777 }), user: inDevs, accounts: { users: { 0: "root", 1000: "me" }, groups: { 50: "devs" } } };
    expect(examine(problem, facts).cure("drop-acl-entry").steps).toMatchObject([{ remove: "group:devs" }]);
  });

  it("widen a mask", () => {
    const { cure } = examine(problem, top(masked, { gid: 0, mode: 0o755 }));
    expect(cure("widen-mask").steps).toMatchObject([{ kind: "acl", path: cache, remove: "mask" }]);
  });

  it("only show the way where one entry less is not enough", () => {
    const { ids } = examine(problem, top(["user::rwx", "user:me:r-x", "group::r-x", "mask::rwx", "other::---"]));
    expect(ids).toEqual(["set-aside", "cache-elsewhere", "grant-by-hand"]);
  });

  it("only show it outside the home: it is somebody's decision about somebody's directory", () => {
    const shared = "/srv/pip";
    const facts = factsWith({ paths: [present("/srv", rootOwned), present(shared, { ...groups, acl: denying }), present("/home/me/.config/pip/pip.conf", { type: "file" })], pip: { configs: [configFile()], uses: [pipUse({ cacheDir: shared, cacheReal: shared, cacheFrom: setting("cache-dir", shared) })] } });
    const { ids, cure } = examine(problem, facts);
    expect(ids).toEqual(["cache-elsewhere", "grant-by-hand"]);
    expect(cure("grant-by-hand").shown).toEqual(["getfacl /srv/pip", "setfacl -m u:me:rwX /srv/pip"]);
  });
});
