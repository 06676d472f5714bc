import { describe, expect, it } from "vitest";
import { absent, cache, configFile, factsWith, hidden, pipUse, present, root, rootOwned, setting } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { diagnose } from "../diagnose.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const closed = present("/home/me/.cache", { mode: 0o600, search: "EACCES" });
const own = factsWith({ paths: [closed, hidden(cache)] });
const lab = (words = {}): Facts => factsWith({
  paths: [present("/srv", rootOwned), present("/srv/lab", { ...rootOwned, mode: 0o700, search: "EACCES", ...words }), hidden("/srv/lab/pip")],
  pip: { configs: [configFile({ state: "absent" })], uses: [pipUse({ cacheDir: "/srv/lab/pip", cacheReal: "/srv/lab/pip", cacheFrom: setting("cache-dir", "/srv/lab/pip") })] },
});

describe("parent-not-searchable finds", () => {
  it("nothing on a healthy machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("an own directory that lost its x, with what lies behind it", () => {
    const { found } = examine(problem, own);
    expect(found).toMatchObject({ severity: "error", subject: "/home/me/.cache", params: { hidden: cache, mode: "0600", variant: "own" } });
    expect(found.evidence.map(({ says }) => says)).toEqual(["mode 0600 does not let me through it", `${cache} lies behind it`]);
  });

  it("somebody else's on the way to a cache elsewhere", () => {
    expect(examine(problem, lab()).found).toMatchObject({ subject: "/srv/lab", params: { owner: "root", variant: "foreign" } });
  });

  it("nothing where a parent lacks only w: that keeps nobody out", () => {
    expect(problem.detect(factsWith({ paths: [absent(cache), present("/home/me/.cache", { mode: 0o555, write: "EACCES" })] }))).toEqual([]);
  });

  it("nothing where a foreign directory in the home is the fault: that is a matter of its owner", () => {
    expect(problem.detect(factsWith({ paths: [hidden(cache), present("/home/me/.cache", { ...rootOwned, mode: 0o700, search: "EACCES" })] }))).toEqual([]);
  });

  it("nothing as root, who passes every directory", () => {
    expect(problem.detect({ ...own, user: root({ homeEnv: "/home/me" }) })).toEqual([]);
  });

  it("one cause: the cache's own findings hang below it", async () => {
    for (const facts of [own, lab()]) expect((await diagnose(facts)).findings.map(({ finding }) => finding.problem)).toEqual(["parent-not-searchable"]);
  });
});

describe("the cures", () => {
  it("add the one bit to the one directory", () => {
    const { ids, cure } = examine(problem, own);
    expect(ids).toEqual(["add-search"]);
    expect(cure("add-search").steps).toMatchObject([{ kind: "chmod", root: "/home/me/.cache", select: "top", dirs: { add: 0o100, remove: 0 }, files: { add: 0, remove: 0 } }]);
  });

  it("lead around somebody else's, or ask for the way through", () => {
    const { ids, cure } = examine(problem, lab());
    expect(ids).toEqual(["cache-elsewhere", "let-through"]);
    expect(cure("let-through")).toMatchObject({ needs: "root", steps: [], shown: ["setfacl -m u:me:x /srv/lab"] });
  });
});
