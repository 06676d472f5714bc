import { describe, expect, it } from "vitest";
import { absent, cache, factsWith, present } from "../facts/example-facts.ts";
import type { Facts } from "../facts/facts.ts";
import { diagnose } from "../problems/diagnose.ts";
import type { LogFinding } from "./explanation.ts";
import { ground } from "./ground.ts";

const rootOwned = { uid: 0, gid: 0 };

function said(problem: string, path: string | null, alsoPossible: readonly string[] = []): LogFinding {
  return { problem, path, lines: [1, 1], allLines: [1], count: 1, text: "", by: "test", tool: "pip", params: {}, weight: "failure", alsoPossible, consequences: [] };
}

async function held(found: LogFinding, facts: Facts): Promise<ReturnType<typeof ground>> {
  return ground(found, await diagnose(facts, { asked: true }), facts);
}

describe("a log's finding held against this machine", () => {
  it("is proved where facts show the same problem at the same place", async () => {
    const facts = factsWith({ paths: [present(cache, rootOwned)] });
    expect(await held(said("cache-not-owned", cache), facts)).toMatchObject({ grounded: "proved", by: { problem: "cache-not-owned" } });
  });

  it("is proved for a path below the one that is ill, as old pips name it", async () => {
    const facts = factsWith({ paths: [present(cache, rootOwned)] });
    expect((await held(said("cache-not-owned", `${cache}/http`), facts)).grounded).toBe("proved");
  });

  it("is proved by its cause, which is named", async () => {
    const facts = factsWith({ paths: [absent("/home/me"), absent(cache), absent("/home/me/.cache")] });
    expect(await held(said("cache-not-owned", cache), facts)).toMatchObject({ grounded: "proved", because: "home-missing" });
  });

  it("is refuted where the same place is well", async () => {
    expect((await held(said("cache-not-owned", cache), factsWith())).grounded).toBe("refuted");
  });

  it("is not refuted where the kernel refuses, nor where the path has no directory", async () => {
    const facts = factsWith({ paths: [present("/opt", rootOwned), present("/opt/tools", rootOwned)] });
    expect((await held(said("site-packages-not-writable", "/opt/tools/lib/x"), facts)).grounded).toBe("not-asked");
    expect((await held(said("venv-not-writable", "LICENSE.APACHE"), factsWith())).grounded).toBe("not-asked");
  });

  it("is elsewhere for a home that is not on this machine", async () => {
    expect((await held(said("cache-not-owned", "/home/other/.cache/pip"), factsWith({ paths: [absent("/home/other")] }))).grounded).toBe("elsewhere");
    expect((await held(said("cache-not-owned", "/Users/me/Library/Caches/pip"), factsWith({ paths: [absent("/Users")] }))).grounded).toBe("elsewhere");
    expect((await held(said("cache-not-owned", "C:\\Users\\me\\pip"), factsWith())).grounded).toBe("elsewhere");
  });

  it("is not asked of root, who is never refused, for somebody's home", async () => {
    const facts = factsWith({ user: { ...factsWith().user, uid: 0, euid: 0, homeAccount: { ok: true, value: "/root", from: {} }, homeEnv: { ok: true, value: "/root", from: {} }, home: { ok: true, value: "/root", from: {} } }, pip: { configs: [], uses: [] } });
    expect((await held(said("cache-not-owned", cache), facts)).grounded).toBe("not-asked");
  });

  it("is not asked where a quota could not be read, a lock may be free by now, or this is no container", async () => {
    for (const problem of ["quota-exceeded", "lock-contention", "bind-mount-owner", "hardlink-fallback-warning"]) expect((await held(said(problem, cache), factsWith())).grounded).toBe("not-asked");
    const quota = { path: "/home/me", point: "/", by: "quota", whose: "user me", what: "bytes", used: 1e9, limit: 9e9, graceOver: false } as const;
    expect((await held(said("quota-exceeded", cache), factsWith({ quotas: [quota] }))).grounded).toBe("refuted");
    expect((await held(said("quota-exceeded", cache), factsWith({ quotas: [{ ...quota, used: 9e9 }] }))).grounded).toBe("proved");
  });

  it("is not asked without facts, nor for a problem that no look can find", async () => {
    expect(ground(said("cache-not-owned", cache), undefined, undefined).grounded).toBe("not-asked");
    expect((await held(said("keyring-unavailable", null), factsWith())).grounded).toBe("not-asked");
  });
});
