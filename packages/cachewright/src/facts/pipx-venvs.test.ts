import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../machine/node-machine.ts";
import { pipx } from "../tools/pipx/pipx.ts";
import { pyenv } from "../tools/pyenv/pyenv.ts";
import { collectFacts } from "./collect-facts.ts";
import type { Facts } from "./facts.ts";

let home: string;
beforeEach(() => { home = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-pipx-"))); });
afterEach(() => rmSync(home, { recursive: true }));

const share = (): string => join(home, ".local/share/pipx");
const facts = (env: Record<string, string> = {}, asked: string[] = []): Facts => collectFacts(nodeMachine({ env: { HOME: home, PATH: join(home, "none"), SHELL: "/bin/bash", ...env } }), { tools: [pipx, pyenv], asked });

function file(path: string, text = ""): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function program(name: string, python: string, at = join(share(), "venvs")): void {
  const prefix = join(at, name);
  file(join(prefix, "pyvenv.cfg"), `home = ${dirname(python)}\nversion = 3.12.1\n`);
  file(join(prefix, "bin", name), `#!${prefix}/bin/python\n`);
  file(join(prefix, `lib/python3.12/site-packages/${name}-1.0.dist-info/METADATA`));
  symlinkSync(python, join(prefix, "bin/python3"));
  symlinkSync("python3", join(prefix, "bin/python"));
  mkdirSync(join(home, ".local/bin"), { recursive: true });
  symlinkSync(join(prefix, "bin", name), join(home, ".local/bin", name));
}

describe("pipx's environments", () => {
  it("are nothing where no pipx is in use, and none of them where their Python is there", () => {
    expect(facts().pipxVenvs).toBeUndefined();
    program("black", file(join(home, "python/bin/python3.12")));
    expect(facts()).not.toHaveProperty("pipxVenvs");
  });

  it("are told whose Python is gone, with what is installed in them", () => {
    const python = file(join(home, "python/bin/python3.12"));
    program("black", python);
    program("ruff", join(home, "gone/bin/python3.12"));
    file(join(share(), "venvs/.ruff.lock"));
    expect(facts().pipxVenvs).toMatchObject([{ prefix: join(share(), "venvs/ruff"), found: "pipx", fault: "python-gone", gone: join(home, "gone/bin/python3.12"), version: "3.12", packages: [{ name: "ruff", version: "1.0" }], links: [join(share(), "venvs/ruff/bin/python3")] }]);
  });

  it("are found where PIPX_HOME says", () => {
    program("ruff", join(home, "gone/bin/python3.12"), join(home, "apps/venvs"));
    expect(facts({ PIPX_HOME: join(home, "apps") }).pipxVenvs).toMatchObject([{ prefix: join(home, "apps/venvs/ruff") }]);
  });
});

describe("the places of pipx and pyenv", () => {
  it("are looked at by themselves: a home that holds things of several kinds is no whole", () => {
    program("black", file(join(home, "python/bin/python3.12")), join(home, "apps/venvs"));
    const places = facts({ PIPX_HOME: join(home, "apps") }).tools?.find(({ tool }) => tool === "pipx")?.places ?? [];
    expect(places.find(({ name }) => name === "run")?.root).toBe(join(home, "apps/.cache"));
    expect(places.find(({ name }) => name === "venvs")?.root).toBe(join(home, "apps/venvs"));
  });

  it("are scanned no deeper than pipx and pyenv write themselves", () => {
    program("black", file(join(home, "python/bin/python3.12")));
    expect(facts().scans.find(({ root }) => root === join(share(), "venvs"))?.looked).toBe(2);
  });

  it("come with the files that lock them", () => {
    file(join(home, ".pyenv/shims/.pyenv-shim"));
    program("black", file(join(home, "python/bin/python3.12")));
    const { paths } = facts();
    expect(paths[join(home, ".pyenv/shims/.pyenv-shim")]).toMatchObject({ state: "present", type: "file" });
    expect(paths[join(share(), ".shared.lock")]).toMatchObject({ state: "absent" });
  });
});

describe("programs of pipx", () => {
  it("are counted by the links into its environments, and only when asked", () => {
    program("black", file(join(home, "python/bin/python3.12")));
    file(join(home, ".local/bin/other"));
    expect(facts().programs).toBeUndefined();
    expect(facts({}, ["pipx-not-on-path"]).programs?.directories.filter(({ of }) => of === "pipx")).toEqual([{ path: join(home, ".local/bin"), count: 1, of: "pipx" }]);
  });
});
