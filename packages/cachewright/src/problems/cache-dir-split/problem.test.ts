import { describe, expect, it } from "vitest";
import { cache, configFile, factsWith, pipUse, present, rootOwned, setting } from "../../facts/example-facts.ts";
import type { Facts, PipUseFact, SettingFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const file = "/home/me/.config/pip/pip.conf";
const own = (section: string, value: string, line = 2): SettingFact => setting("cache-dir", value, { section, from: { path: file, line } });
const others = (real: string, from: SettingFact | "default" = "default", commands = ["download", "wheel", "cache"]): Pick<PipUseFact, "otherCaches"> =>
  ({ otherCaches: commands.map((command) => ({ command, dir: real, real, from })) });
const withUse = (words: Partial<PipUseFact>, change: Parameters<typeof factsWith>[0] = {}, settings: SettingFact[] = []): Facts =>
  factsWith({ paths: [present(file, { type: "file" })], pip: { configs: [configFile({ settings })], uses: [pipUse(words)] }, ...change });

const install = own("install", "/big/pip");
const split = { cacheDir: "/big/pip", cacheReal: "/big/pip", cacheFrom: install, ...others(cache) };
const ownCache = own("cache", "/big/pip", 5);

describe("cache-dir-split finds", () => {
  it("nothing on a healthy machine, nor where one section for all names the place", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(withUse({ cacheDir: "/big/pip", cacheReal: "/big/pip", cacheFrom: own("global", "/big/pip") }))).toEqual([]);
  });

  it("a directory for pip install alone", () => {
    const { found } = examine(problem, withUse(split));
    expect(found).toMatchObject({ severity: "warning", subject: `${file}:2`, params: { command: "install", used: "/big/pip", tended: cache, pip: "pip 24.3.1" } });
    expect(found.evidence.map(({ says }) => says)).toEqual(["[install] cache-dir = /big/pip", "pip install keeps its cache in /big/pip", `pip cache looks after ${cache}`]);
  });

  it("a directory that only pip cache looks at", () => {
    const { found } = examine(problem, withUse(others("/big/pip", ownCache, ["cache"])));
    expect(found).toMatchObject({ subject: `${file}:5`, params: { command: "install", used: cache, tended: "/big/pip" } });
  });

  it("a directory for pip download alone, while install and cache agree", () => {
    const { found } = examine(problem, withUse(others("/big/pip", own("download", "/big/pip", 7), ["download"])));
    expect(found).toMatchObject({ subject: `${file}:7`, params: { command: "download", used: "/big/pip", tended: cache } });
  });

  it("one setting once, with every pip that follows it", () => {
    const facts = factsWith({ pip: { configs: [], uses: [pipUse(split), pipUse({ ...split, pip: "26.3" }), pipUse({ pip: "9.0.3", cacheDir: "/big/pip", cacheReal: "/big/pip", cacheFrom: install })] } });
    expect(examine(problem, facts).found.params["pip"]).toBe("pip 24.3.1, 26.3");
  });

  it("nothing while the cache is off", () => {
    expect(problem.detect(withUse({ ...split, cacheOff: setting("no-cache-dir", "true") }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("move the line to [global], or drop it", () => {
    const { ids, cure } = examine(problem, withUse(split, {}, [install]));
    expect(ids).toEqual(["move-to-global", "drop-line"]);
    expect(cure("move-to-global")).toMatchObject({ needs: "user", steps: [
      { kind: "change-config", path: file, change: { do: "set", section: "global", key: "cache-dir", value: "/big/pip" } },
      { kind: "change-config", path: file, change: { do: "remove", section: "install", key: "cache-dir", line: 2 } },
    ] });
    expect(cure("drop-line").steps).toMatchObject([{ change: { do: "remove", section: "install", line: 2 } }]);
  });

  it("do not move it where a file that is read later, or another section, would still say otherwise", () => {
    const later = setting("cache-dir", "/else", { level: "site", from: { path: "/usr/pip.conf", line: 2 } });
    const reads = [file, "/usr/pip.conf"];
    expect(examine(problem, withUse({ ...split, reads }, {}, [install, later])).ids).toEqual(["drop-line"]);
    expect(examine(problem, withUse({ ...split, reads: [file] }, {}, [install, later])).ids).toEqual(["move-to-global", "drop-line"]);
    const two = { ...split, ...others("/else", own("cache", "/else", 9), ["cache"]) };
    expect(examine(problem, withUse(two, {}, [install])).ids).toEqual(["drop-line"]);
    expect(examine(problem, withUse(two, {}, [install])).cure("drop-line").steps).toHaveLength(2);
  });

  it("show the edit of a file that is not the user's", () => {
    const { cures } = examine(problem, withUse(split, { paths: [present(file, { type: "file", ...rootOwned })] }));
    expect(cures).toMatchObject([{ id: "move-to-global", needs: "root", steps: [], shown: [`# edit ${file}:2`] }]);
  });
});
