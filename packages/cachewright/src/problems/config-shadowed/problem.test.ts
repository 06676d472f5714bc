import { describe, expect, it } from "vitest";
import { factsWith, pipUse, present, rootOwned, setting } from "../../facts/example-facts.ts";
import type { Facts, PipUseFact, SettingFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const file = "/home/me/.config/pip/pip.conf";
const mine = setting("cache-dir", "/srv/mine");
const variable = setting("cache-dir", "/srv/env", { section: ":env:", level: "env-var", from: { env: "PIP_CACHE_DIR" } });
const legacy = setting("cache-dir", "/srv/old", { from: { path: "/home/me/.pip/pip.conf", line: 4 } });
const machines = setting("cache-dir", "/srv/all", { level: "global", section: "install", from: { path: "/etc/pip.conf", line: 7 } });
const withChain = (sources: SettingFact[], use: Partial<PipUseFact> = {}): Facts =>
  factsWith({ paths: [present(file, { type: "file" }), present("/etc/pip.conf", { type: "file", ...rootOwned })], pip: { configs: [], uses: [pipUse({ chains: [{ key: "cache-dir", sources }], ...use })] } });

describe("config-shadowed finds", () => {
  it("nothing on a healthy machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("a line of the user's that a variable beats, with the whole chain", () => {
    const { found } = examine(problem, withChain([mine, variable]));
    expect(found).toMatchObject({ severity: "note", subject: `${file}:2`, params: { key: "cache-dir", value: "/srv/mine", winner: "PIP_CACHE_DIR", other: "/srv/env", variant: "variable" } });
    expect(found.evidence).toEqual([
      { says: "[global] cache-dir = /srv/mine", from: { path: file, line: 2 } },
      { says: "PIP_CACHE_DIR=/srv/env (this one counts)", from: { env: "PIP_CACHE_DIR" } },
    ]);
  });

  it("one that the machine's file beats by its section", () => {
    expect(examine(problem, withChain([mine, machines])).found.params).toMatchObject({ winner: "/etc/pip.conf:7", section: "install", variant: "file" });
  });

  it("one in an old file of the user's that the newer one beats", () => {
    expect(examine(problem, withChain([legacy, mine])).found.subject).toBe("/home/me/.pip/pip.conf:4");
  });

  it("each beaten line once, with every pip for which it is so", () => {
    const chains = [{ key: "cache-dir", sources: [legacy, mine, variable] }];
    const found = problem.detect(factsWith({ pip: { configs: [], uses: [pipUse({ chains }), pipUse({ chains, pip: "9.0.3", python: "/opt/python" })] } }));
    expect(found.map((one) => [one.subject, one.params["pip"]])).toEqual([["/home/me/.pip/pip.conf:4", "pip 24.3.1, 9.0.3"], [`${file}:2`, "pip 24.3.1, 9.0.3"]]);
  });

  it("nothing where the user's own file wins, as it is meant to", () => {
    expect(problem.detect(withChain([{ ...machines, section: "global" }, mine]))).toEqual([]);
  });

  it("nothing where every command has its own place: that is a cache that is split", () => {
    expect(problem.detect(withChain([mine, machines], { otherCaches: [{ command: "cache", dir: "/srv/mine", real: "/srv/mine", from: mine }] }))).toEqual([]);
  });

  it("nothing where the weaker says the same, where the cache is off, or pip does not run", () => {
    expect(problem.detect(withChain([{ ...legacy, value: "/srv/mine" }, machines, mine]))).toEqual([]);
    expect(problem.detect(withChain([mine, variable], { cacheOff: setting("no-cache-dir", "1") }))).toEqual([]);
    expect(problem.detect(withChain([mine, variable], { breaks: [{ path: file, kind: "bom", text: "x" }] }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("take the weaker line out, or the stronger", () => {
    const { ids, cure } = examine(problem, withChain([legacy, mine]));
    expect(ids).toEqual(["remove-weaker", "remove-stronger"]);
    expect(cure("remove-stronger")).toMatchObject({ needs: "user", steps: [{ kind: "change-config", path: file, change: { do: "remove", key: "cache-dir", line: 2 } }] });
  });

  it("show what a variable or somebody else's file asks for", () => {
    expect(examine(problem, withChain([mine, variable])).cure("unset-variable").shown).toEqual(["unset PIP_CACHE_DIR"]);
    expect(examine(problem, withChain([mine, machines])).cure("remove-stronger")).toMatchObject({ needs: "root", steps: [], shown: ["# edit /etc/pip.conf:7"] });
  });
});
