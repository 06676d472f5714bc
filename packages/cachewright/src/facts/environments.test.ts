import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../test/pythons/python-tree.ts";
import type { ToolPlace } from "../tools/tool.ts";
import { findEnvironments, searchEnvironments, type EnvironmentSearch } from "./environments.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

const home = (): string => tree.at("home");
const place = (path: string, more: Partial<ToolPlace> = {}): ToolPlace => ({ kind: "envs", name: "venvs", path: tree.at(path), source: "default", ...more });

function found(search: EnvironmentSearch = {}, env: Record<string, string> = {}, cwd = tree.at("work/src")): string[] {
  return findEnvironments(tree.machine(env, cwd), home(), search).map(({ kind, prefix, site }) => `${kind} ${prefix.slice(tree.root.length + 1)} ${site.map((path) => path.slice(prefix.length + 1)).join(",")}`).sort();
}

const site = "lib/python3.11/site-packages";

describe("findEnvironments", () => {
  it("finds the environments of the project one is in, above it, and the ones variables name", () => {
    const base = tree.prefix("opt/python");
    for (const path of ["work/.venv", "elsewhere/active", "elsewhere/uv"]) tree.venv(path, base);
    tree.file("work/src/x.py");
    expect(found({}, { VIRTUAL_ENV: tree.at("elsewhere/active"), UV_PROJECT_ENVIRONMENT: "../../elsewhere/uv" })).toEqual([`venv elsewhere/active ${site}`, `venv elsewhere/uv ${site}`, `venv work/.venv ${site}`]);
  });

  it("finds those that lie in the home, and in the directory one is in", () => {
    const base = tree.prefix("opt/python");
    for (const path of ["home/venv", "home/.venv", "work/.git/env"]) tree.venv(path, base);
    const both = [`venv home/.venv ${site}`, `venv home/venv ${site}`];
    expect([found({}, {}, tree.at("home")), found({}, {}, tree.at("work/.git"))]).toEqual([both, [...both, `venv work/.git/env ${site}`]]);
  });

  it("finds what tools keep: in their directories, and deeper where hatch puts them", () => {
    const base = tree.prefix("opt/python");
    for (const path of ["home/poetry/a-py3.11", "home/hatch/proj/Xy12/test", "home/project/.venv", "home/.virtualenvs/wrapped", "home/.pyenv/versions/3.11.2/envs/named", "not-envs/x"]) tree.venv(path, base);
    const places = [place("home/poetry"), place("home/hatch"), place("home/project/.venv", { name: "project" }), place("not-envs", { kind: "data" })];
    expect(found({ places })).toEqual(["home/.pyenv/versions/3.11.2/envs/named", "home/.virtualenvs/wrapped", "home/hatch/proj/Xy12/test", "home/poetry/a-py3.11", "home/project/.venv"].map((path) => `venv ${path} ${site}`));
  });

  it("finds conda's: the root, its envs, those of environments.txt, and tells them from others", () => {
    for (const prefix of ["home/miniconda3", "home/miniconda3/envs/one", "far/two"]) {
      tree.file(`${prefix}/conda-meta/history`);
      tree.prefix(prefix);
    }
    tree.file("home/miniconda3/bin/conda", "", 0o755);
    tree.file("home/.conda/environments.txt", `${tree.at("far/two")}\n`);
    expect(found()).toEqual([`conda far/two ${site}`, `conda home/miniconda3 ${site}`, `conda home/miniconda3/envs/one ${site}`]);
  });

  it("finds interpreters and the user's own site", () => {
    tree.prefix("home/.pyenv/versions/3.11.2");
    tree.file(`home/.local/${site}/x.py`);
    expect(found()).toEqual([`interpreter home/.local ${site}`, `interpreter home/.pyenv/versions/3.11.2 ${site}`]);
    expect(found({}, { PYTHONUSERBASE: tree.at("other") })).toEqual([`interpreter home/.pyenv/versions/3.11.2 ${site}`]);
  });

  it("searches further places when they are named, not into environments and not through links", () => {
    const base = tree.prefix("opt/python");
    for (const path of ["far/a/b/env", "far/a/b/env/nested", "far/node_modules/env", "outside/env"]) tree.venv(path, base);
    tree.link("far/link", tree.at("outside"));
    expect(found({ directories: [tree.at("far")] })).toEqual([`venv far/a/b/env ${site}`]);
  });

  it("names one environment once, by whatever ways it is found", () => {
    const base = tree.prefix("opt/python");
    tree.venv("work/.venv", base);
    tree.link("work/link", tree.at("work/.venv"));
    expect(found({ directories: [tree.at("work")] }, { VIRTUAL_ENV: tree.at("work/link") })).toHaveLength(1);
  });

  it("says which parts it may not look into", () => {
    tree.file("far/closed/x");
    const machine = tree.machine();
    const closed: typeof machine = { ...machine, list: (path) => (path === tree.at("far/closed") ? { ok: false, errno: "EACCES" } : machine.list(path)) };
    expect(searchEnvironments(closed, home(), { directories: [tree.at("far")] }).unread).toEqual([{ path: tree.at("far/closed"), errno: "EACCES" }]);
  });
});
