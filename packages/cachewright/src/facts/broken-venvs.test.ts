import { mkdirSync, renameSync, rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../test/pythons/python-tree.ts";
import { brokenVenvs, isInVenv } from "./broken-venvs.ts";
import type { BrokenVenvFact } from "./facts.ts";
import { startLooks } from "./looks.ts";

let tree: PythonTree;
beforeEach(() => {
  tree = pythonTree();
  tree.venv("project/.venv", tree.prefix("versions/3.11.8"), { pip: "24.3.1" });
  mkdirSync(tree.at("home"));
});
afterEach(() => tree.remove());

const site = "project/.venv/lib/python3.11/site-packages";
const see = (env: Record<string, string> = {}, known: { cwd?: string; asked?: string; paths?: string[] } = {}): BrokenVenvFact[] =>
  brokenVenvs(startLooks(tree.machine(env, known.cwd ?? tree.root)), { home: tree.at("home"), asked: known.asked, paths: known.paths ?? [] });
const removePython = (): void => rmSync(tree.at("versions/3.11.8"), { recursive: true });

describe("broken environments", () => {
  it("are none while all is well", () => {
    expect(see({ VIRTUAL_ENV: tree.at("project/.venv") }, { cwd: tree.at("project") })).toEqual([]);
  });

  it("are looked for where a person works, and where a log or a question leads", () => {
    removePython();
    const venv = tree.at("project/.venv");
    const how = (...given: Parameters<typeof see>): string[] => see(...given).map(({ found }) => found);
    expect(how()).toEqual([]);
    expect(how({ VIRTUAL_ENV: venv })).toEqual(["active venv"]);
    expect(how({ PATH: `${venv}/bin:/usr/bin` })).toEqual(["PATH"]);
    expect(how({}, { cwd: tree.at("project") })).toEqual(["project venv"]);
    expect(how({}, { asked: `${venv}/bin/python` })).toEqual(["asked"]);
    expect(how({}, { paths: [`${venv}/bin/flask`] })).toEqual(["log"]);
  });

  it("list what is in them and where that came from, pip left out", () => {
    const url = (text: string) => JSON.stringify(JSON.parse(text));
    for (const name of ["pip-24.3.1", "flask-3.0.0", "shop-1.0", "tool-2.0", "secret-1.0"]) mkdirSync(tree.at(`${site}/${name}.dist-info`));
    tree.file(`${site}/shop-1.0.dist-info/direct_url.json`, url('{"url":"file:///home/me/my%20shop","dir_info":{"editable":true}}'));
    tree.file(`${site}/tool-2.0.dist-info/direct_url.json`, url('{"url":"https://example.org/tool.git","vcs_info":{"vcs":"git","commit_id":"abc"}}'));
    tree.file(`${site}/secret-1.0.dist-info/direct_url.json`, url('{"url":"https://me:hunter2@example.org/s.whl"}'));
    removePython();
    const [found] = see({ VIRTUAL_ENV: tree.at("project/.venv") });
    expect(found).toMatchObject({ pip: true, listed: true, packages: [
      { name: "flask", version: "3.0.0" },
      { name: "secret", origin: { kind: "unknown" } },
      { name: "shop", origin: { kind: "editable", at: "/home/me/my shop" } },
      { name: "tool", origin: { kind: "url", at: "git+https://example.org/tool.git@abc" } },
    ] });
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });

  it("of pipx are pipx's to mend", () => {
    mkdirSync(tree.at("home/pipx/venvs"), { recursive: true });
    renameSync(tree.at("project/.venv"), tree.at("home/pipx/venvs/black"));
    expect(see({}, { paths: [tree.at("home/pipx/venvs/black/bin/black")] })).toEqual([]);
  });
});

describe("isInVenv", () => {
  it("goes by the path's own place", () => {
    const machine = tree.machine();
    expect(isInVenv(machine, tree.at("project/.venv/bin/python"))).toBe(true);
    expect(isInVenv(machine, tree.at("versions/3.11.8/bin/python"))).toBe(false);
    expect(isInVenv(machine, "python3")).toBe(false);
  });
});
