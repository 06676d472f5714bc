import { describe, expect, it } from "vitest";
import { absent, cache, factsWith, inDocker, link, pipUse, present, root, rootOwned, user } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const sudo = { uid: 1000, user: "me" };
const kept = (change: Parameters<typeof factsWith>[0] = {}): Facts => factsWith({ user: root({ homeEnv: "/home/me", sudo }), ...change });

describe("sudo-home finds", () => {
  it("nothing for a user, nor for root with root's own home", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(factsWith({ user: root() }))).toEqual([]);
    expect(problem.detect(factsWith({ user: root({ sudo }) }))).toEqual([]);
  });

  it("root in somebody else's home, and explains the cache there", () => {
    const { found } = examine(problem, kept());
    expect(found).toMatchObject({ severity: "warning", subject: "/home/me", params: { home: "/home/me", owner: "me", user: "me" }, explains: [{ problem: "cache-not-owned", subject: cache }] });
    expect(found.evidence.map((one) => one.says)).toEqual(["HOME is /home/me, and the process is root's", "that home belongs to me", "sudo was called by me"]);
  });

  it("the same after su that kept HOME", () => {
    expect(examine(problem, factsWith({ user: root({ homeEnv: "/home/me" }) })).found.evidence).toHaveLength(2);
  });

  it("not a cache outside that home", () => {
    const uses = [pipUse({ cacheDir: "/srv/pip", cacheReal: "/srv/pip" })];
    expect(examine(problem, kept({ pip: { configs: [], uses } })).found.explains).toEqual([]);
  });

  it("the cache behind the home's link", () => {
    const real = "/var/home/me/.cache/pip";
    const uses = [pipUse({ cacheReal: real })];
    const { found } = examine(problem, kept({ pip: { configs: [], uses }, paths: [link("/home", "var/home", rootOwned), present("/var/home/me")] }));
    expect(found.explains).toEqual([{ problem: "cache-not-owned", subject: real }]);
  });

  it("nothing when HOME is empty, absent, or root's", () => {
    expect(problem.detect(factsWith({ user: root({ homeEnv: "" }) }))).toEqual([]);
    expect(problem.detect(factsWith({ user: root({ homeEnv: "/gone", sudo }), paths: [absent("/gone")] }))).toEqual([]);
    expect(problem.detect(factsWith({ user: root({ homeEnv: "/opt/build", sudo }), paths: [present("/opt/build", rootOwned)] }))).toEqual([]);
  });

  it("nothing in a container that gives root a foreign home, unless sudo did", () => {
    expect(problem.detect(factsWith({ user: root({ homeEnv: "/home/me" }), machine: inDocker }))).toEqual([]);
    expect(problem.detect(kept({ machine: inDocker }))).toHaveLength(1);
  });

  it("nothing when root became the user to look", () => {
    expect(problem.detect(factsWith({ user: user({ environment: "login", sudo }) }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("are only shown: no sudo, sudo -H, and a look as the owner of the home", () => {
    const { ids, cures, cure } = examine(problem, kept());
    expect(ids).toEqual(["no-sudo", "sudo-H", "look-as-user"]);
    expect(cures.flatMap((one) => one.steps)).toEqual([]);
    expect(cure("look-as-user").shown).toEqual(["cachewright fix --for-user me --dry-run"]);
  });

  it("look as the owner, not as whoever called sudo; not at all where the owner has no name", () => {
    const others = examine(problem, factsWith({ user: root({ homeEnv: "/home/other", sudo }), paths: [present("/home/other", { uid: 1001 })] }));
    expect(others.cure("look-as-user").shown).toEqual(["cachewright fix --for-user other --dry-run"]);
    expect(examine(problem, factsWith({ user: root({ homeEnv: "/home/old", sudo }), paths: [present("/home/old", { uid: 4242 })] })).ids).toEqual(["no-sudo", "sudo-H"]);
  });
});
