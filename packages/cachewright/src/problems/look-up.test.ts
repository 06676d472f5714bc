import { describe, expect, it } from "vitest";
import { absent, cache, factsWith, hidden, link, mount, pipUse, present, rootOwned, setting, user } from "../facts/example-facts.ts";
import { accountName, asideName, behindLinks, canSetAside, freshMode, isAtOrBelow, isBelow, isInAccountHome, isInHome, isInside, nearestPresent, octal, pathFact, pipCaches, resolvedPath, userName } from "./look-up.ts";

describe("paths", () => {
  it("isBelow and isAtOrBelow mind whole names", () => {
    expect([isBelow("/a/b", "/a"), isBelow("/ab", "/a"), isBelow("/a", "/a"), isBelow("/a", "/")]).toEqual([true, false, false, true]);
    expect([isAtOrBelow("/a", "/a"), isAtOrBelow("/ab", "/a")]).toEqual([true, false]);
  });

  it("nearestPresent walks up to what exists, past what is hidden", () => {
    const facts = factsWith({ paths: [hidden("/home/me/x"), absent("/home/me/x/y")] });
    expect(nearestPresent(facts, "/home/me/x/y/z").path).toBe("/home/me");
    expect(nearestPresent({ ...facts, paths: {} }, "/a/b")).toMatchObject({ path: "/", state: "denied", errno: "not looked at" });
  });

  const facts = factsWith({ paths: [link("/home", "var/home", rootOwned), link("/var/home/me", "../../data/me"), present("/data/me/.cache"), link("/loop", "loop"), link("/l", "/data")] });

  it("resolvedPath follows relative, absolute and repeated links, and ends on loops", () => {
    expect(resolvedPath(facts, "/home/me/.cache/pip")).toBe("/data/me/.cache/pip");
    expect(resolvedPath(facts, "/l/me")).toBe("/data/me");
    expect(resolvedPath(facts, "/loop/x")).toBe("/loop/x");
    expect(resolvedPath(facts, "/")).toBe("/");
  });

  it("behindLinks is what the facts saw there", () => {
    expect(behindLinks(facts, "/home/me/.cache").path).toBe("/data/me/.cache");
    expect(behindLinks(facts, "/l/nowhere")).toMatchObject({ path: "/l/nowhere", state: "denied" });
  });

  it("isInside knows both names of a home", () => {
    expect([isInside(facts, "/data/me/x", "/home/me"), isInside(facts, "/home/me/x", "/home/me"), isInside(facts, "/home/me", "/home/me"), isInside(facts, "/data/other", "/home/me")]).toEqual([true, true, false, false]);
    expect(isInside(facts, "/anything", "/")).toBe(false);
  });

  it("the account's home is not what a variable says", () => {
    const lied = factsWith({ user: user({ homeEnv: "/etc", homeAccount: "/home/me" }) });
    expect([isInAccountHome(lied, "/etc/x"), isInHome(lied, "/etc/x"), isInAccountHome(lied, "/home/me/x")]).toEqual([false, true, true]);
    expect(isInAccountHome(factsWith({ user: user({ homeAccount: null }) }), "/home/me/x")).toBe(false);
  });
});

describe("words", () => {
  it("name accounts by the file, the user by the system", () => {
    const facts = factsWith({ user: user({ uid: 70000, euid: 70000, name: { ok: true, value: "ldap-me", from: { call: "getpwuid" } } }) });
    expect([0, 70000, 4711, undefined].map((uid) => accountName(facts, uid))).toEqual(["root", "ldap-me", "uid 4711 (no account in /etc/passwd)", "an unknown account"]);
    expect(userName(factsWith({ user: user({ name: { ok: false, reason: "absent", from: {} } }) }))).toBe("uid 1000");
  });

  it("show modes in four digits", () => {
    expect([0o755, 0o7, 0o1777, undefined].map(octal)).toEqual(["0755", "0007", "1777", "unknown"]);
  });

  it("asides carry the time of the facts", () => {
    expect(asideName(factsWith({ at: "2026-11-21T09:15:00.123Z" }), cache)).toBe(`${cache}.cachewright-20261121-091500`);
  });

  it("fresh directories follow the umask, and never shut their owner out", () => {
    expect([0o022, 0o077, 0o002, 0o777].map((umask) => octal(freshMode(factsWith({ user: user({ umask }) }))))).toEqual(["0755", "0700", "0775", "0700"]);
  });
});

describe("pipCaches", () => {
  it("are the distinct directories in force", () => {
    const uses = [pipUse(), pipUse({ pip: "9.0.3" }), pipUse({ cacheReal: "/c" }), pipUse({ cacheDir: null, cacheReal: null }), pipUse({ cacheReal: "/off", cacheOff: setting("no-cache-dir", "yes") }), pipUse({ cacheReal: "/trap", cacheOff: setting("no-cache-dir", "off") })];
    expect(pipCaches(factsWith({ pip: { configs: [], uses } })).map((one) => [one.path, one.pips])).toEqual([[cache, "pip 24.3.1, 9.0.3"], ["/c", "pip 24.3.1"], ["/trap", "pip 24.3.1"]]);
  });
});

describe("canSetAside", () => {
  const can = (paths: Parameters<typeof factsWith>[0]): boolean => canSetAside(factsWith(paths), pathFact(factsWith(paths), "/p/x"));

  it("asks the parent for writing and entering", () => {
    expect(can({ paths: [present("/p"), present("/p/x", rootOwned)] })).toBe(true);
    expect(can({ paths: [present("/p", rootOwned), present("/p/x")] })).toBe(false);
    expect(can({ paths: [present("/p", { search: "EACCES" }), present("/p/x")] })).toBe(false);
    expect(can({ paths: [present("/p/x")] })).toBe(false);
  });

  it("asks a sticky parent whose it is, or whose the directory is", () => {
    const sticky = { ...rootOwned, mode: 0o1777 };
    expect(can({ paths: [present("/p", sticky), present("/p/x", rootOwned)] })).toBe(false);
    expect(can({ paths: [present("/p", sticky), present("/p/x")] })).toBe(true);
    expect(can({ paths: [present("/p", { mode: 0o1777 }), present("/p/x", rootOwned)] })).toBe(true);
  });

  it("never moves a mount point, the immutable, the absent, or /", () => {
    expect(can({ paths: [present("/p"), present("/p/x")], mounts: { ok: true, value: [mount("/"), mount("/p/x")], from: {} } })).toBe(false);
    expect(can({ paths: [present("/p"), present("/p/x", { write: "EPERM" })] })).toBe(false);
    expect(can({ paths: [present("/p"), absent("/p/x")] })).toBe(false);
    expect(canSetAside(factsWith({ paths: [present("/")] }), present("/"))).toBe(false);
  });
});
