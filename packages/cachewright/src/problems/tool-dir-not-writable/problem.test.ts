import { describe, expect, it } from "vitest";
import { absent, link, present, root, rootOwned } from "../../facts/example-facts.ts";
import { toolPlace } from "../../facts/example-tools.ts";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { configOf, poetryPlaces, withTool } from "../ill-project-tools.ts";
import { problem } from "./problem.ts";

const logs = toolPlace("state", "/home/me/.local/state/pdm/log", { name: "logs" });
const state = [present("/home/me/.local/state"), present("/home/me/.local/state/pdm")];
const pdm = (...paths: PathFact[]): Facts => withTool("pdm", { places: [logs] }, { paths: [...state, ...paths] });
const config = (tool: "poetry" | "hatch", state_: "absent" | "read", ...paths: PathFact[]): Facts => withTool(tool, { configs: [{ path: configOf[tool]!, scope: "user", format: "toml", state: state_ }] }, { paths });

describe("tool-dir-not-writable finds", () => {
  it("nothing where the directories are the user's, or can be made", () => {
    expect(problem.detect(pdm(present(logs.path)))).toEqual([]);
    expect(problem.detect(pdm(absent(logs.path)))).toEqual([]);
  });

  it("root's directory of logs, which stops pdm", () => {
    const { found, ids } = examine(problem, pdm(present(logs.path, rootOwned)));
    expect(found).toMatchObject({ severity: "error", subject: logs.path, blocker: logs.path, params: { tool: "pdm 2.26.2", what: "logs", variant: "data", owner: "root" } });
    expect(ids).toEqual(["set-aside", "give-back", "other-place"]);
  });

  it("a directory above that cannot take it", () => {
    expect(problem.detect(pdm(present("/home/me/.local/state/pdm", rootOwned), absent(logs.path)))).toMatchObject([{ subject: "/home/me/.local/state/pdm" }]);
  });

  it("nothing of a cache: that is cache-write-denied", () => {
    const cache = "/home/me/.cache/pypoetry";
    expect(problem.detect(withTool("poetry", { places: poetryPlaces }, { paths: [present(cache, rootOwned), absent(`${cache}/virtualenvs`)] }))).toEqual([]);
    expect(problem.detect(withTool("poetry", { places: poetryPlaces }, { paths: [present(cache), present(`${cache}/virtualenvs`, rootOwned)] }))).toMatchObject([{ subject: `${cache}/virtualenvs`, params: { what: "environments" } }]);
  });

  it("nothing of Pythons below a program's own place, which an administrator made", () => {
    const pythons = toolPlace("data", "/opt/poetry/python", { name: "pythons", from: { env: "POETRY_HOME" } });
    expect(problem.detect(withTool("poetry", { places: [pythons] }, { paths: [present("/opt", rootOwned), present("/opt/poetry", rootOwned), absent(pythons.path)] }))).toEqual([]);
  });

  it("a closed directory for settings: an error while hatch has none, else a warning", () => {
    const hatch = present("/home/me/.config/hatch", rootOwned);
    expect(problem.detect(config("hatch", "absent", hatch, absent(configOf.hatch!)))).toMatchObject([{ severity: "error", subject: hatch.path, params: { variant: "first-run" } }]);
    expect(problem.detect(config("hatch", "read", hatch, present(configOf.hatch!, { type: "file" })))).toMatchObject([{ severity: "warning", params: { variant: "settings" } }]);
  });

  it("a foreign settings file, but none that is a link or the user's own read-only one", () => {
    const directory = present("/home/me/.config/pypoetry");
    const file = configOf.poetry!;
    expect(problem.detect(config("poetry", "read", directory, present(file, { type: "file", ...rootOwned })))).toMatchObject([{ severity: "warning", subject: file }]);
    expect(problem.detect(config("poetry", "read", directory, link(file, "/nix/store/x-config.toml")))).toEqual([]);
    expect(problem.detect(config("poetry", "read", directory, present(file, { type: "file", mode: 0o444, write: "EACCES" })))).toEqual([]);
  });

  it("nothing for root, whom modes do not refuse", () => {
    const facts = { ...config("poetry", "absent", present("/home/me/.config/pypoetry", { ...rootOwned, write: "ok" })), user: root() };
    expect(problem.detect(facts)).toEqual([]);
  });
});

describe("the cures", () => {
  const venvs = toolPlace("envs", "/home/me/.local/share/virtualenvs", { name: "virtualenvs" });

  it("never move environments away", () => {
    const { ids, cure } = examine(problem, withTool("pipenv", { places: [venvs] }, { paths: [present(venvs.path, rootOwned)] }));
    expect(ids).toEqual(["give-back", "other-place"]);
    expect(cure("give-back").steps).toMatchObject([{ kind: "chown", root: venvs.path, select: "tree" }]);
    expect(cure("other-place").shown).toEqual(["export WORKON_HOME=~/venvs"]);
  });

  it("reopen what is the user's own", () => {
    expect(examine(problem, withTool("pipenv", { places: [venvs] }, { paths: [present(venvs.path, { mode: 0o555, write: "EACCES" })] })).ids).toEqual(["restore-mode", "other-place"]);
  });

  it("give a directory of settings back whole, and only the top of one above it", () => {
    const cureOf = (...paths: PathFact[]): unknown => examine(problem, config("poetry", "absent", ...paths)).cure("give-back").steps[0];
    expect(cureOf(present("/home/me/.config/pypoetry", rootOwned), absent(configOf.poetry!))).toMatchObject({ select: "tree" });
    expect(cureOf(present("/home/me/.config", rootOwned), absent("/home/me/.config/pypoetry"), absent(configOf.poetry!))).toMatchObject({ select: "top", root: "/home/me/.config" });
  });
});
