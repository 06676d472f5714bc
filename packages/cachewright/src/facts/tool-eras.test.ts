import { utimesSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../test/pythons/python-tree.ts";
import type { Machine } from "../machine/machine.ts";
import { remembering } from "../machine/remembering.ts";
import { pipx } from "../tools/pipx/pipx.ts";
import type { Tool } from "../tools/tool.ts";
import { virtualenv } from "../tools/virtualenv/virtualenv.ts";
import type { ToolFact } from "./facts.ts";
import { startLooks } from "./looks.ts";
import { toolFacts, toolScans } from "./tools.ts";

let tree: PythonTree;
afterEach(() => tree.remove());

interface Ask {
  readonly tool?: Tool;
  readonly forSomebody?: { readonly here: string | undefined };
  readonly env?: Readonly<Record<string, string>>;
  readonly change?: (machine: Machine) => Machine;
}

function collected({ tool = virtualenv, forSomebody, env = {}, change = (machine) => machine }: Ask = {}): { facts: ToolFact[]; listed: string[]; scanned: string[] } {
  const bare = tree.machine({ HOME: tree.at("home"), PATH: tree.at("bin"), ...env });
  const listed: string[] = [];
  const machine = remembering(change({
    ...bare, list: (path) => { listed.push(path); return bare.list(path); },
    run: (argv) => { throw new Error(`${argv.join(" ")} was run`); },
  }));
  const looks = startLooks(machine);
  const facts = toolFacts(looks, { machine, tools: [tool], home: tree.at("home"), pythons: [], forSomebody });
  return { facts, listed, scanned: toolScans(looks, facts, { deep: false, watchFor: () => ({}) }).map(({ root }) => root) };
}

const versions = (ask?: Ask): (string | null)[] => collected(ask).facts.map(({ version }) => version);

function installed(prefix: string, name: string, version: string): void {
  tree.file(`${prefix}/bin/${name}`, "#!/bin/false\n", 0o755);
  tree.file(`${prefix}/lib/python3.12/site-packages/${name}-${version}.dist-info/METADATA`);
  tree.file(`${prefix}/pyvenv.cfg`);
}

function untouchedFor(days: number, ...paths: readonly string[]): void {
  const at = Date.now() / 1000 - days * 24 * 3600;
  for (const path of paths) utimesSync(tree.at(path), at, at);
}

const newCache = "home/.cache/virtualenv";
const oldData = "home/.local/share/virtualenv";

beforeEach(() => {
  tree = pythonTree();
  tree.file("home/.keep");
  installed("", "virtualenv", "20.17.1");
});

describe("who asks for somebody", () => {
  it.each([
    ["an environment in the home", "home/.venv"], ["virtualenvwrapper's", "home/.virtualenvs/tools"], ["a tool of uv's", "home/.local/share/uv/tools/tox"],
    ["pipenv's", "home/.local/share/virtualenvs/app-abcdefgh"], ["poetry's", "home/.cache/pypoetry/virtualenvs/app-py3.12"], ["pyenv's", "home/.pyenv/versions/3.12.1/envs/tools"],
    ["a Python of mise's", "home/.local/share/mise/installs/python/3.12.1"], ["a Python of asdf's", "home/.asdf/installs/python/3.12.1"], ["programs of their own", "home/.local"],
  ])("finds versions off the PATH: %s", (_, prefix) => {
    installed(prefix, "virtualenv", "20.39.1");
    expect(versions({ forSomebody: { here: undefined } }).toSorted()).toEqual(["20.17.1", "20.39.1"]);
  });

  it("finds those in conda's environments", () => {
    installed("conda/envs/tools", "virtualenv", "20.39.1");
    tree.file("home/.conda/environments.txt", `${tree.at("conda/envs/tools")}\n`);
    expect(versions({ forSomebody: { here: undefined } })).toEqual(["20.17.1", "20.39.1"]);
  });

  it("finds those of the project they stand in, where it is that person's", () => {
    installed("project/.venv", "virtualenv", "20.39.1");
    const as = (euid: number) => (machine: Machine): Machine => ({ ...machine, identity: { ...machine.identity, euid } });
    const forSomebody = { here: tree.at("project/src") };
    expect(versions({ forSomebody, change: as(process.getuid?.() ?? 0) })).toEqual(["20.17.1", "20.39.1"]);
    expect(versions({ forSomebody, change: as(4711) })).toEqual(["20.17.1"]);
  });
});

describe("a place of another version than those found", () => {
  it("is that of a version off the PATH, which is found then", () => {
    installed("home/.virtualenvs/tools", "virtualenv", "20.39.1");
    expect(versions()).toEqual(["20.17.1"]);
    tree.file(`${newCache}/wheel/house/x.whl`);
    const { facts, scanned } = collected();
    expect(facts.map(({ version }) => version)).toEqual(["20.17.1", "20.39.1"]);
    expect(scanned).toContain(tree.at(newCache));
  });

  it("counts where no such version is found, and says that nobody knows which", () => {
    tree.file(`${newCache}/py_info/4/x.json`);
    const { facts, scanned } = collected();
    expect(facts[1]).toMatchObject({ version: null, program: null, chosen: false, places: [{ name: "app data", path: tree.at(newCache) }, { name: "interpreters" }] });
    expect(scanned).toEqual([tree.at(oldData), tree.at(newCache)]);
  });

  it("counts the other way round, too", () => {
    tree.remove();
    tree = pythonTree();
    installed("", "virtualenv", "20.39.1");
    tree.file(`${oldData}/wheel/house/x.whl`);
    expect(collected().facts[1]).toMatchObject({ version: null, places: [{ path: tree.at(oldData) }, { name: "wheels" }] });
  });

  it("was left behind where nothing in it was touched for a month", () => {
    const file = `${newCache}/wheel/house/x.whl`;
    tree.file(file);
    untouchedFor(31, file, `${newCache}/wheel/house`, `${newCache}/wheel`, newCache);
    expect(versions()).toEqual(["20.17.1"]);
    untouchedFor(29, `${newCache}/wheel/house`);
    expect(versions()).toEqual(["20.17.1", null]);
  });

  it("is nobody's where nothing in it is called as the tool calls it", () => {
    tree.file(`${newCache}/mine.txt`);
    expect(versions()).toEqual(["20.17.1"]);
  });

  it("may be closed, as root leaves it: then its name must do", () => {
    tree.file(`${newCache}/wheel/house/x.whl`);
    const closed = (machine: Machine): Machine => ({ ...machine, list: (path) => (path === tree.at(newCache) ? { ok: false, errno: "EACCES" } : machine.list(path)) });
    expect(versions({ change: closed })).toEqual(["20.17.1", null]);
  });

  it("is none where a setting sends all versions to one place", () => {
    tree.file(`${newCache}/wheel/house/x.whl`);
    expect(versions({ env: { VIRTUALENV_OVERRIDE_APP_DATA: tree.at("big") } })).toEqual(["20.17.1"]);
  });

  it("is none behind a link to the one in use", () => {
    tree.file(`${oldData}/wheel/house/x.whl`);
    tree.link(newCache, tree.at(oldData));
    expect(versions()).toEqual(["20.17.1"]);
  });

  it("costs nothing but a look where there is none: environments are not gone through", () => {
    installed("home/.virtualenvs/tools", "virtualenv", "20.39.1");
    expect(collected().listed.filter((path) => path.includes(".virtualenvs") || path === tree.at(newCache))).toEqual([]);
  });
});

describe("without any version", () => {
  beforeEach(() => {
    tree.remove();
    tree = pythonTree();
  });

  it("the newest one's places count, and older ones' that are there", () => {
    tree.file("home/.config/virtualenv/virtualenv.ini");
    const paths = (): string[] => collected().facts.flatMap(({ places }) => places.filter(({ name }) => name === "app data").map(({ path }) => path));
    expect(paths()).toEqual([tree.at(newCache)]);
    tree.file(`${oldData}/wheel/house/x.whl`);
    expect(paths()).toEqual([tree.at(newCache), tree.at(oldData)]);
  });
});

describe("an old pipx on PATH", () => {
  beforeEach(() => installed("", "pipx", "1.1.0"));

  it("has a newer one beside it whose environments are elsewhere", () => {
    tree.file("home/.local/share/pipx/venvs/black/pyvenv.cfg");
    expect(collected({ tool: pipx }).facts).toMatchObject([{ version: "1.1.0" }, { version: null, places: [{ name: "venvs", path: tree.at("home/.local/share/pipx/venvs") }] }]);
  });

  it("is joined by a newer one in the old home", () => {
    tree.file("home/.local/pipx/venvs/black/pyvenv.cfg");
    tree.file("home/.local/share/pipx/venvs/black/pyvenv.cfg");
    expect(versions({ tool: pipx })).toEqual(["1.1.0"]);
  });
});
