import { describe, expect, it } from "vitest";
import { absent, cache, factsWith, hidden, inDocker, link, me, mount, pipUse, present, root, rootOwned, setting, user } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const foreign = factsWith({ paths: [present(cache, rootOwned)] });
const cacheAt = (path: string, words: Parameters<typeof pipUse>[0] = {}): Facts["pip"] => ({ ...factsWith().pip, uses: [pipUse({ cacheDir: path, cacheReal: path, ...words })] });

describe("cache-not-owned finds", () => {
  it("nothing on a healthy machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("a cache that belongs to root, and says so", () => {
    const { found } = examine(problem, foreign);
    expect(found).toMatchObject({ subject: cache, severity: "warning", params: { path: cache, top: cache, by: cache, owner: "root", kind: "owner", mode: "0755", pip: "pip 24.3.1" } });
    expect(found.evidence[0]).toMatchObject({ says: "it belongs to root, and mode 0755 lets others only read and enter", from: { path: cache }, path: { uid: 0 } });
  });

  it("an owner without an account, and names it as such", () => {
    const { found } = examine(problem, factsWith({ paths: [present(cache, { uid: 4711 })] }));
    expect(found.params["owner"]).toBe("uid 4711 (no account in /etc/passwd)");
  });

  it("an own directory that lost its bits", () => {
    const { found } = examine(problem, factsWith({ paths: [present(cache, { mode: 0o500, write: "EACCES" })] }));
    expect(found.params).toMatchObject({ kind: "mode", because: "it is your own, but its mode 0500 takes writing from you too" });
  });

  it("the directory above that decides when the cache does not exist yet", () => {
    const { found } = examine(problem, factsWith({ paths: [absent(cache), present("/home/me/.cache", { mode: 0o555, write: "EACCES" })] }));
    expect(found).toMatchObject({ subject: cache, params: { path: cache, top: "/home/me/.cache", by: "/home/me/.cache", kind: "mode" } });
    expect(found.evidence.map((one) => one.says)).toContain(`${cache} does not exist yet: /home/me/.cache is the nearest directory above it`);
  });

  it("the directory above a cache that cannot even be looked at, as pip's own check walks", () => {
    const { found } = examine(problem, factsWith({ paths: [hidden(cache), present("/home/me/.cache", { ...rootOwned, mode: 0o700, search: "EACCES" })] }));
    expect(found.params).toMatchObject({ top: "/home/me/.cache", owner: "root" });
  });

  it("an access control entry that takes away what the mode gives", () => {
    const acl = ["user::rwx", "user:me:r-x", "group::rwx", "mask::rwx", "other::---"];
    const { found } = examine(problem, factsWith({ paths: [present(cache, { uid: 0, gid: me.gid, mode: 0o770, write: "EACCES", acl })] }));
    expect(found.params).toMatchObject({ kind: "acl", because: "its access control list says user:me:r-x" });
  });

  it("a mask that does so", () => {
    const acl = ["user::rwx", "user:me:rwx", "group::rwx", "mask::r-x", "other::r-x"];
    const facts = factsWith({ paths: [present(cache, { uid: 0, gid: me.gid, mode: 0o770, write: "EACCES", acl })] });
    expect(examine(problem, facts).found.params["because"]).toBe("its access control list says mask::r-x");
  });

  it("a link that leads nowhere", () => {
    const { found } = examine(problem, factsWith({ paths: [link(cache, "pip")] }));
    expect(found.params["because"]).toBe("it is a symbolic link that leads nowhere (to pip)");
  });

  it("an immutable directory and a refusal it cannot explain, in the kernel's words", () => {
    expect(examine(problem, factsWith({ paths: [present(cache, { write: "EPERM", flags: "----i---------e-------" })] })).found.params).toMatchObject({ kind: "immutable", because: "it is marked immutable (lsattr: ----i---------e-------)" });
    expect(examine(problem, factsWith({ paths: [present(cache, { write: "EACCES" })] })).found.params).toMatchObject({ kind: "unexplained", because: "the kernel answers EACCES although mode 0755 would allow it" });
  });

  it("each cache once, with all the pips that use it, and where its place comes from", () => {
    const place = setting("cache-dir", "/srv/pip");
    const uses = [pipUse(), pipUse({ python: "/opt/python", pip: "9.0.3" }), pipUse({ python: "/opt/other", cacheDir: "/srv/pip", cacheReal: "/srv/pip", cacheFrom: place })];
    const found = problem.detect(factsWith({ paths: [present(cache, rootOwned), present("/srv", rootOwned), absent("/srv/pip")], pip: { configs: [], uses } }));
    expect(found.map((one) => [one.subject, one.params["pip"]])).toEqual([[cache, "pip 24.3.1, 9.0.3"], ["/srv/pip", "pip 24.3.1"]]);
    expect(found[1]?.evidence.at(-1)).toEqual({ says: "the place comes from cache-dir", from: place.from });
  });

  it("nothing where the cache is off on purpose, but looks on where a false value switches it off", () => {
    const off = (value: string): Facts => factsWith({ paths: [present(cache, rootOwned)], pip: { configs: [], uses: [pipUse({ cacheOff: setting("no-cache-dir", value) })] } });
    expect(problem.detect(off("true"))).toEqual([]);
    expect(problem.detect(off("0"))).toHaveLength(1);
  });

  it("nothing where nobody asked the kernel", () => {
    const { access: _, ...unasked } = present(cache, rootOwned);
    expect(problem.detect(factsWith({ paths: [unasked] }))).toEqual([]);
  });
});

describe("as root", () => {
  const asRoot = { user: root({ homeEnv: me.home }) };

  it("only root's own directories are trusted, as pip does", () => {
    const { found } = examine(problem, factsWith({ ...asRoot }));
    expect(found).toMatchObject({ subject: cache, params: { owner: "me", because: "pip runs as root and trusts only root's directories; this one belongs to me" } });
    expect(problem.detect(factsWith({ ...asRoot, paths: [present(cache, rootOwned)] }))).toEqual([]);
  });

  it("in a container: another cache or none, by the global file; the mounted directory is left alone", () => {
    const { ids, cure } = examine(problem, factsWith({ ...asRoot, machine: inDocker }));
    expect(ids).toEqual(["own-cache-for-root", "cache-off", "once-without"]);
    expect(cure("own-cache-for-root").steps).toMatchObject([{ kind: "change-config", actor: "root", path: "/etc/pip.conf", change: { do: "set", section: "global", key: "cache-dir", value: "/root/.cache/pip" } }]);
  });

  it("in a container: not the very directory that is ill", () => {
    const rootsCache = "/root/.cache/pip";
    const paths = [present("/root", rootOwned), present("/root/.cache", rootOwned), present(rootsCache, { uid: 1001 })];
    const { cure } = examine(problem, factsWith({ user: root(), machine: inDocker, pip: cacheAt(rootsCache), paths }));
    expect(cure("own-cache-for-root").params).toMatchObject({ place: "/var/cache/pip" });
  });

  it("in a container: no setting that PIP_CACHE_DIR would beat", () => {
    const fromVariable = setting("cache-dir", cache, { section: ":env:", level: "env-var", from: { env: "PIP_CACHE_DIR" } });
    const { ids } = examine(problem, factsWith({ ...asRoot, machine: inDocker, pip: cacheAt(cache, { cacheFrom: fromVariable }) }));
    expect(ids).toEqual(["cache-off", "once-without"]);
  });

  it("outside a container nothing is set for every account of the machine", () => {
    expect(examine(problem, factsWith(asRoot)).ids).toEqual(["once-without"]);
  });

  it("without sudo pip uses its caller's cache, and only its caller's", () => {
    const called = (uid: number): Facts => factsWith({ user: root({ sudo: { uid, user: "me" } }) });
    expect(examine(problem, called(me.uid)).cures[0]).toMatchObject({ id: "no-sudo", steps: [], shown: ["pip install PACKAGE"] });
    expect(examine(problem, called(1001)).ids).not.toContain("no-sudo");
  });

  it("what lies in root's own home is taken back", () => {
    const rootsCache = "/root/.cache/pip";
    const paths = [present("/root", rootOwned), present("/root/.cache", rootOwned), present(rootsCache, { uid: 1001 })];
    const { ids, cure } = examine(problem, factsWith({ user: root(), pip: cacheAt(rootsCache), paths }));
    expect(ids).toEqual(["give-back", "once-without"]);
    expect(cure("give-back").steps).toMatchObject([{ kind: "chown", root: rootsCache, select: "tree", to: { uid: 0, gid: 0 } }]);
  });
});

describe("the cures", () => {
  it("are, gentlest first: set aside, give back, elsewhere, once without", () => {
    const { ids, cure } = examine(problem, foreign);
    expect(ids).toEqual(["set-aside", "give-back", "cache-elsewhere", "once-without"]);
    const aside = `${cache}.cachewright-20260102-030405`;
    expect(cure("set-aside")).toMatchObject({ needs: "user", probes: [cache], steps: [{ kind: "rename", actor: "user", from: cache, to: aside, aside: true }, { kind: "make-dir", actor: "user", path: cache, mode: 0o755 }] });
    expect(cure("give-back")).toMatchObject({ needs: "root", probes: [cache], steps: [{ kind: "chown", actor: "root", root: cache, within: cache, select: "tree", to: { uid: 1000, gid: 1000 } }] });
    expect(cure("cache-elsewhere")).toMatchObject({ needs: "user", probes: ["/home/me/.local/share"], steps: [{ kind: "change-config", change: { section: "global", key: "cache-dir", value: "/home/me/.local/share/pip-cache" } }] });
    expect(cure("once-without")).toMatchObject({ steps: [], shown: ["pip install --no-cache-dir PACKAGE"] });
  });

  it("restore the bits of an own directory instead of setting it aside", () => {
    const { ids, cure } = examine(problem, factsWith({ paths: [present(cache, { mode: 0o500, write: "EACCES" })] }));
    expect(ids).toEqual(["restore-mode", "cache-elsewhere", "once-without"]);
    expect(cure("restore-mode").steps).toMatchObject([{ kind: "chmod", root: cache, select: "tree", dirs: { add: 0o700, remove: 0 } }]);
  });

  it("change only the directory itself above the cache: other programs' things are in it", () => {
    const closed = examine(problem, factsWith({ paths: [absent(cache), present("/home/me/.cache", { mode: 0o555, write: "EACCES" })] }));
    expect(closed.cure("restore-mode").steps).toMatchObject([{ kind: "chmod", root: "/home/me/.cache", select: "top" }]);
    const given = examine(problem, factsWith({ paths: [absent(cache), present("/home/me/.cache", rootOwned)] }));
    expect(given.cure("give-back").steps).toMatchObject([{ kind: "chown", root: "/home/me/.cache", select: "top" }]);
  });

  it("never move or give away the home itself", () => {
    const paths = [absent(cache), absent("/home/me/.cache"), present("/home/me", rootOwned), present("/home", { ...rootOwned, write: "ok" })];
    expect(examine(problem, factsWith({ paths })).ids).toEqual(["cache-elsewhere", "once-without"]);
  });

  it("do not set aside in a sticky directory of somebody else, nor what is immutable or a mount point", () => {
    const sticky = factsWith({ paths: [present("/tmp/pip", rootOwned)], pip: cacheAt("/tmp/pip") });
    expect(examine(problem, sticky).ids).toEqual(["cache-elsewhere", "once-without"]);
    expect(examine(problem, factsWith({ paths: [present(cache, { write: "EPERM" })] })).ids).toEqual(["cache-elsewhere", "once-without"]);
    const mounted = factsWith({ paths: [present(cache, { uid: 1001 })], mounts: { ok: true, value: [mount("/"), mount(cache)], from: {} } });
    expect(examine(problem, mounted).ids).toEqual(["cache-elsewhere", "once-without"]);
  });

  it("do not give back inside a volume that somebody mounted below the home", () => {
    const paths = [present("/home/me/.cache", { uid: 1001, mode: 0o777 }), present(cache, { uid: 1001 })];
    const mounts: Facts["mounts"] = { ok: true, value: [mount("/"), mount("/home/me/.cache")], from: {} };
    expect(examine(problem, factsWith({ paths, mounts })).ids).not.toContain("give-back");
  });

  it("leave a shared place of others alone", () => {
    const shared = "/data/cache";
    const paths = [present("/data", { ...rootOwned, mode: 0o777 }), present(shared, { uid: 1001 })];
    const { ids } = examine(problem, factsWith({ paths, pip: cacheAt(shared, { cacheFrom: setting("cache-dir", shared) }) }));
    expect(ids).toEqual(["cache-elsewhere", "once-without"]);
  });

  it("give back a cache outside the home only when it looks like one and stands in a directory of the user's own", () => {
    const own = "/data/me/pip";
    const pip = cacheAt(own, { cacheFrom: setting("cache-dir", own) });
    const bare = [present("/data", rootOwned), present("/data/me"), present(own, rootOwned)];
    expect(examine(problem, factsWith({ paths: bare, pip })).ids).not.toContain("give-back");
    expect(examine(problem, factsWith({ paths: [...bare, present(`${own}/http-v2`, rootOwned)], pip })).ids).toContain("give-back");
    expect(examine(problem, factsWith({ paths: [...bare, present("/data/me", { ...rootOwned, mode: 0o777 }), present(`${own}/http-v2`, rootOwned)], pip })).ids).not.toContain("give-back");
  });

  it("know a home that is reached through a link", () => {
    const real = "/var/home/me/.cache/pip";
    const paths = [link("/home", "var/home", rootOwned), present("/var/home", rootOwned), present("/var/home/me"), present("/var/home/me/.cache"), present(real, rootOwned)];
    expect(examine(problem, factsWith({ paths, pip: cacheAt(real) })).ids).toEqual(expect.arrayContaining(["set-aside", "give-back"]));
  });

  it("move the cache in the section that decides, and only where nothing stronger stays", () => {
    const inSection = setting("cache-dir", "/srv/pip", { section: "install" });
    const pip = cacheAt("/srv/pip", { cacheFrom: inSection });
    const paths = [present("/srv", rootOwned), present("/srv/pip", rootOwned)];
    expect(examine(problem, factsWith({ paths, pip })).cure("cache-elsewhere").steps).toMatchObject([{ change: { section: "install", key: "cache-dir" } }]);
    const site = setting("cache-dir", "/srv/pip", { level: "site", from: { path: "/usr/pip.conf", line: 2 } });
    const reads = [...pipUse().reads, "/usr/pip.conf"];
    expect(examine(problem, factsWith({ paths, pip: cacheAt("/srv/pip", { cacheFrom: site, reads }) })).ids).not.toContain("cache-elsewhere");
    expect(examine(problem, factsWith({ paths, pip: cacheAt("/srv/pip", { reads: [] }) })).ids).not.toContain("cache-elsewhere");
  });

  it("give a fresh directory the mode of the user's umask, never closed to its owner", () => {
    const mode = (umask: number): unknown => examine(problem, factsWith({ user: user({ umask }), paths: [present(cache, rootOwned)] })).cure("set-aside").steps[1];
    expect(mode(0o077)).toMatchObject({ mode: 0o700 });
    expect(mode(0o002)).toMatchObject({ mode: 0o775 });
    expect(mode(0o777)).toMatchObject({ mode: 0o700 });
  });
});
