import { describe, expect, it } from "vitest";
import { absent, cache, factsWith, me, present } from "../../facts/example-facts.ts";
import { problem } from "./problem.ts";

describe("cache-not-owned", () => {
  it("finds nothing on a healthy machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("finds a cache that belongs to root, and says so", () => {
    const [found] = problem.detect(factsWith({ paths: [present(cache, { uid: 0, gid: 0 })] }));
    expect(found).toMatchObject({ subject: cache, severity: "warning", params: { owner: "root", kind: "owner", mode: "0755" } });
    expect(found?.evidence[0]?.says).toContain("belongs to root");
  });

  it("offers, gentlest first: no sudo, set aside, give back, elsewhere, once without", () => {
    const facts = factsWith({ paths: [present(cache, { uid: 0, gid: 0 })] });
    const [found] = problem.detect(facts);
    const cures = found === undefined ? [] : problem.remedies(found, facts);
    expect(cures.map((cure) => cure.id)).toEqual(["no-sudo", "set-aside", "give-back", "cache-elsewhere", "once-without"]);
    expect(cures.find((cure) => cure.id === "set-aside")?.steps.map((step) => step.kind)).toEqual(["rename", "make-dir"]);
  });

  it("names an owner without an account as such", () => {
    const [found] = problem.detect(factsWith({ paths: [present(cache, { uid: 4711 })] }));
    expect(found?.params["owner"]).toBe("uid 4711 (no account in /etc/passwd)");
  });

  it("blames the directory above when the cache does not exist yet", () => {
    const [found] = problem.detect(factsWith({ paths: [absent(cache), present("/home/me/.cache", { uid: 0, gid: 0 })] }));
    expect(found?.params).toMatchObject({ path: cache, top: "/home/me/.cache" });
  });

  it("restores the mode of an own directory instead of setting it aside", () => {
    const facts = factsWith({ paths: [present(cache, { mode: 0o500, write: "EACCES" })] });
    const [found] = problem.detect(facts);
    expect(found?.params["kind"]).toBe("mode");
    expect(found && problem.remedies(found, facts).map((cure) => cure.id)[0]).toBe("restore-mode");
  });

  it("does not set aside in a sticky directory of somebody else", () => {
    const path = "/tmp/pip";
    const facts = factsWith({ paths: [present(path, { uid: 0, gid: 0 })], pip: { configs: [], uses: [{ ...factsWith().pip.uses[0]!, cacheReal: path, cacheDir: path }] } });
    const [found] = problem.detect(facts);
    expect(found && problem.remedies(found, facts).map((cure) => cure.id)).not.toContain("set-aside");
  });

  it("as root trusts only root's own directories, as pip does", () => {
    const user = { ...factsWith().user, uid: 0, euid: 0 };
    expect(problem.detect(factsWith({ user }))).toMatchObject([{ subject: cache, params: { owner: me.name } }]);
    expect(problem.detect(factsWith({ user, paths: [present(cache, { uid: 0 })] }))).toEqual([]);
  });
});
