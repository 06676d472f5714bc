import { describe, expect, it } from "vitest";
import { absent, cache, configFile, factsWith, hidden, link, pipUse, present, root, rootOwned, scanned, setting, user } from "../../facts/example-facts.ts";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { foldFindings } from "../diagnose.ts";
import { problem } from "./problem.ts";

const homeAt = (home: string | null, paths: readonly PathFact[] = [], words: Parameters<typeof user>[0] = {}): Facts =>
  factsWith({ user: user({ homeEnv: home, homeAccount: home, ...words }), paths });

describe("home-missing finds", () => {
  it("nothing on a healthy machine, nor where only the account knows the home", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(factsWith({ user: user({ homeEnv: null }) }))).toEqual([]);
  });

  it("an account that has none at all", () => {
    const { found, ids } = examine(problem, homeAt(null));
    expect(found).toMatchObject({ severity: "error", subject: "HOME", params: { variant: "no-home", home: "" } });
    expect(ids).toEqual(["settings-for-account"]);
  });

  it("the / of a container that knows no such uid, but not root's", () => {
    expect(examine(problem, homeAt("/", [], { homeAccount: null })).found).toMatchObject({ subject: "/", params: { variant: "root-of-file-system" } });
    expect(problem.detect(factsWith({ user: root({ homeEnv: "/" }) }))).toEqual([]);
  });

  it("a home that is not there, and who says so", () => {
    const { found } = examine(problem, homeAt("/nonexistent", [absent("/nonexistent")], { homeAccount: "/home/me" }));
    expect(found).toMatchObject({ subject: "/nonexistent", params: { variant: "absent" }, evidence: [{ says: "the home is said to be /nonexistent, which does not exist", from: { env: "HOME" } }] });
  });

  it("a home that belongs to somebody else", () => {
    const { found } = examine(problem, homeAt("/home/me", [present("/home/me", rootOwned)]));
    expect(found.params).toMatchObject({ variant: "foreign", owner: "root", mode: "0755" });
    expect(found.evidence[0]).toMatchObject({ says: "the home belongs to root", path: { uid: 0 } });
  });

  it("a home behind a directory that cannot be entered", () => {
    const { found } = examine(problem, homeAt("/root/x", [hidden("/root/x"), present("/root", { ...rootOwned, mode: 0o700, search: "EACCES" })]));
    expect(found.params["variant"]).toBe("closed");
    expect(found.evidence[0]?.says).toBe("/root above it cannot be entered: it belongs to root, and mode 0700 lets others do nothing");
  });

  it("a home that is a file or /dev/null", () => {
    const { found } = examine(problem, homeAt("/dev/null", [present("/dev/null", { type: "device", ...rootOwned, mode: 0o666 })]));
    expect(found).toMatchObject({ params: { variant: "no-directory" }, evidence: [{ says: "the home is a device, not a directory" }] });
  });

  it("an empty HOME, while there is a pip that takes it for /", () => {
    const facts = (pip: string): Facts => factsWith({ user: user({ homeEnv: "" }), pip: { configs: [], uses: [pipUse({ pip, cacheDir: "/.cache/pip", cacheReal: "/.cache/pip" })] } });
    const { found, ids } = examine(problem, facts("24.3.1"));
    expect(found).toMatchObject({ subject: "HOME", params: { variant: "empty" }, explains: [{ problem: "cache-not-owned", subject: "/.cache/pip" }] });
    expect(ids[0]).toBe("set-home");
    expect(problem.detect(facts("26.3"))).toEqual([]);
  });

  it("nothing in a foreign home that may be written, on a read-only mount, through a link, or where nobody looked", () => {
    expect(problem.detect(homeAt("/home/me", [present("/home/me", { ...rootOwned, mode: 0o777 })]))).toEqual([]);
    expect(problem.detect(homeAt("/home/me", [present("/home/me", { ...rootOwned, write: "EROFS" })]))).toEqual([]);
    expect(problem.detect(homeAt("/home/me", [link("/home/me", "/data/me"), present("/data"), present("/data/me")]))).toEqual([]);
    expect(problem.detect(homeAt("/somewhere/else"))).toEqual([]);
  });

  it("nothing for a service that was given places of its own", () => {
    const env = { XDG_CACHE_HOME: "/var/cache/svc", XDG_CONFIG_HOME: "/etc/svc", TMPDIR: "/var/tmp" };
    const uses = [pipUse({ cacheDir: "/var/cache/svc/pip", cacheReal: "/var/cache/svc/pip" })];
    const provided = (change: Parameters<typeof factsWith>[0] = {}): Facts => factsWith({
      user: user({ homeEnv: "/nonexistent", homeAccount: "/nonexistent" }), env, pip: { configs: [], uses },
      paths: [absent("/nonexistent"), present("/var/cache/svc"), absent("/var/cache/svc/pip")], ...change,
    });
    expect(problem.detect(provided())).toEqual([]);
    expect(problem.detect(provided({ env: { ...env, XDG_CONFIG_HOME: "" } }))).toHaveLength(1);
    expect(problem.detect(provided({ env: { ...env, XDG_CACHE_HOME: "" } }))).toHaveLength(1);
    expect(problem.detect(provided({ temp: { chosen: { ok: false, reason: "absent", from: {} }, tried: [] } }))).toHaveLength(1);
    expect(problem.detect(provided({ paths: [absent("/nonexistent"), present("/var/cache/svc", rootOwned)] }))).toHaveLength(1);
  });
});

describe("it explains", () => {
  const illHome = homeAt("/home/me", [present("/home/me", rootOwned)]);

  it("what lies in the home, whatever its name", () => {
    const part = present(`${cache}/wheels/aa`, rootOwned);
    const facts = { ...illHome, pip: { configs: [configFile({ state: "unreadable" }), configFile({ path: "/etc/pip.conf", level: "global", state: "unreadable" })], uses: [pipUse()] }, scans: [scanned([part])] };
    expect(examine(problem, facts).found.explains).toEqual([
      { blockedBelow: "/home/me" }, { blockedAt: "/home/me" },
      { problem: "user-site-not-writable" }, { problem: "site-packages-not-writable" },
      { problem: "config-unreadable", subject: "/home/me/.config/pip/pip.conf" },
      { problem: "cache-write-denied", subject: part.path }, { problem: "wheel-cache-write-denied", subject: part.path },
      { problem: "cache-not-owned", subject: cache },
    ]);
  });

  it("not a cache elsewhere", () => {
    const uses = [pipUse({ cacheFrom: setting("cache-dir", "/srv/pip"), cacheDir: "/srv/pip", cacheReal: "/srv/pip" })];
    const { found } = examine(problem, { ...illHome, pip: { configs: [], uses } });
    const cacheThere = { ...found, problem: "cache-not-owned", subject: "/srv/pip", explains: [] };
    expect(foldFindings([found, cacheThere]).map(({ finding }) => finding.subject)).toEqual(["/home/me", "/srv/pip"]);
  });
});

describe("the cures", () => {
  it("point HOME at the account's own home, when it works", () => {
    const { cure } = examine(problem, homeAt("/nonexistent", [absent("/nonexistent")], { homeAccount: "/home/me" }));
    expect(cure("set-home")).toMatchObject({ needs: "user", steps: [], params: { account: "/home/me" }, shown: ["export HOME=/home/me"] });
    expect(examine(problem, homeAt("/nonexistent", [absent("/nonexistent"), present("/home/me", rootOwned)], { homeAccount: "/home/me" })).ids).toEqual(["settings-for-account"]);
  });

  it("make the home that the account names, private and the user's", () => {
    const { ids, cure } = examine(problem, homeAt("/home/me", [absent("/home/me")]));
    expect(ids).toEqual(["make-home", "settings-for-account"]);
    expect(cure("make-home")).toMatchObject({ needs: "root", probes: ["/home/me"], steps: [{ kind: "make-dir", actor: "root", path: "/home/me", mode: 0o700, owner: { uid: 1000, gid: 1000 } }] });
  });

  it.each(["/nonexistent", "/nonexistent/me", "/run/me", "/usr/share/me", "/dev/shm/me"])("never make %s", (home) => {
    expect(examine(problem, homeAt(home, [absent(home), present("/nonexistent", rootOwned), present("/run", rootOwned), present("/usr/share", rootOwned), present("/dev/shm", rootOwned)])).ids).toEqual(["settings-for-account"]);
  });

  it("give the home itself back, and nothing below it", () => {
    const { ids, cure } = examine(problem, homeAt("/home/me", [present("/home/me", rootOwned)]));
    expect(ids).toEqual(["give-home-back", "settings-for-account"]);
    expect(cure("give-home-back").steps).toMatchObject([{ kind: "chown", actor: "root", root: "/home/me", select: "top", to: { uid: 1000, gid: 1000 } }]);
    expect(examine(problem, homeAt("/home/me", [present("/home/me", { uid: 4242 })])).ids).toContain("give-home-back");
  });

  it.each(["/usr/sbin", "/var/www", "/var/mail", "/", "/srv"])("never give %s away because a system account calls it home", (home) => {
    expect(examine(problem, homeAt(home, [present(home, rootOwned)])).ids).toEqual(["settings-for-account"]);
  });

  it("never give away the home of another account", () => {
    expect(examine(problem, homeAt("/home/other", [present("/home/other", { uid: 1001, mode: 0o755 })])).ids).toEqual(["settings-for-account"]);
  });

  it("do nothing to a home that only HOME names", () => {
    expect(examine(problem, homeAt("/home/other", [present("/home/other", rootOwned)], { homeAccount: null })).ids).toEqual(["settings-for-account"]);
  });
});
