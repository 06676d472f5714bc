import { describe, expect, it } from "vitest";
import { configFile, factsWith, pipUse, present, rootOwned, setting } from "../../facts/example-facts.ts";
import type { ConfigFileFact, Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

type Strays = NonNullable<ConfigFileFact["strays"]>;
const file = "/home/me/.config/pip/pip.conf";
const cachedir = { section: "global", key: "cachedir", value: "/srv/c", line: 2, meant: { section: "global", key: "cache-dir" } };
const withStrays = (strays: Strays, words: Partial<ConfigFileFact> = {}): Facts =>
  factsWith({ paths: [present(file, { type: "file" })], pip: { configs: [configFile({ strays, ...words })], uses: [pipUse()] } });
const withVariable = (name: string, value: string, pip = "24.3.1"): Facts => factsWith({ env: { HOME: "/home/me", [name]: value }, pip: { configs: [], uses: [pipUse({ pip })] } });

describe("config-key-ignored finds", () => {
  it("nothing on a healthy machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("a misspelt key, with file and line", () => {
    const { found } = examine(problem, withStrays([cachedir]));
    expect(found).toMatchObject({ severity: "warning", subject: `${file}:2`, params: { key: "cachedir", right: "cache-dir in [global]", variant: "key", pip: "pip 24.3.1" } });
    expect(found.evidence).toEqual([{ says: "[global] cachedir = /srv/c", from: { path: file, line: 2 } }]);
  });

  it("a section of the wrong case", () => {
    const { found } = examine(problem, withStrays([{ ...cachedir, section: "Global", key: "cache-dir" }]));
    expect(found.params).toMatchObject({ section: "Global", key: "cache-dir", right: "cache-dir in [global]", variant: "section" });
  });

  it("a variable of another name, or in lower case where that does not count", () => {
    expect(examine(problem, withVariable("PIP_NO_CACHE", "1")).found).toMatchObject({ subject: "PIP_NO_CACHE", params: { right: "PIP_NO_CACHE_DIR", variant: "variable" } });
    expect(examine(problem, withVariable("pip_cache_dir", "/c")).found.params["right"]).toBe("PIP_CACHE_DIR");
    expect(problem.detect(withVariable("pip_cache_dir", "/c", "9.0.3"))).toEqual([]);
  });

  it("nothing where the same is said rightly as well", () => {
    const said = configFile({ strays: [cachedir], settings: [setting("cache-dir", "/srv/c", { from: { path: file, line: 3 } })] });
    expect(problem.detect(factsWith({ pip: { configs: [said], uses: [pipUse()] } }))).toEqual([]);
    expect(problem.detect(factsWith({ env: { PIP_NO_CACHE: "1", PIP_NO_CACHE_DIR: "yes" } }))).toEqual([]);
  });

  it("but where another place is set rightly", () => {
    const said = configFile({ strays: [cachedir], settings: [setting("cache-dir", "/other", { from: { path: file, line: 3 } })] });
    expect(problem.detect(factsWith({ pip: { configs: [said], uses: [pipUse()] } }))).toHaveLength(1);
  });

  it("and where the only right key stands in the wrong section", () => {
    const stray = { ...cachedir, section: "Global", key: "cache-dir" };
    const said = configFile({ strays: [stray], settings: [setting("cache-dir", "/srv/c", { section: "Global", from: { path: file, line: 2 } })] });
    expect(problem.detect(factsWith({ pip: { configs: [said], uses: [pipUse()] } }))).toHaveLength(1);
  });

  it("nothing in `no-cache = false`: the cache is on, as was wanted", () => {
    expect(problem.detect(withVariable("PIP_NO_CACHE", "0"))).toEqual([]);
    expect(problem.detect(withStrays([{ ...cachedir, key: "no-cache", value: "false", meant: { section: "global", key: "no-cache-dir" } }]))).toEqual([]);
  });

  it("nothing in an empty value, nor in a file that no pip reads", () => {
    expect(problem.detect(withStrays([{ ...cachedir, value: "" }]))).toEqual([]);
    expect(problem.detect(withStrays([cachedir], { path: "/somewhere/pip.conf" }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("write the value where pip reads it, in one edit of the file", () => {
    const { ids, cure } = examine(problem, withStrays([{ ...cachedir, section: "Global", key: "cache-dir" }]));
    expect(ids).toEqual(["right-name"]);
    expect(cure("right-name")).toMatchObject({
      needs: "user",
      steps: [
        { kind: "change-config", actor: "user", path: file, change: { do: "remove", section: "Global", key: "cache-dir", line: 2 } },
        { kind: "change-config", actor: "user", path: file, change: { do: "set", section: "global", key: "cache-dir", value: "/srv/c" } },
      ],
    });
  });

  it("show the edit of a file that is not the user's, and of values that cannot be written again", () => {
    const foreign = { ...withStrays([cachedir]), paths: factsWith({ paths: [present(file, { type: "file", ...rootOwned })] }).paths };
    expect(examine(problem, foreign).cure("right-name")).toMatchObject({ needs: "root", steps: [], shown: [`# edit ${file}:2`] });
    for (const value of ["a\nb", "https://***@h/"]) expect(examine(problem, withStrays([{ ...cachedir, value }])).cure("right-name").steps).toEqual([]);
  });

  it("show the variable that was meant", () => {
    expect(examine(problem, withVariable("PIP_CACHEDIR", "/a b")).cure("right-variable")).toMatchObject({ steps: [], shown: ["unset PIP_CACHEDIR", "export PIP_CACHE_DIR='/a b'"] });
  });
});
