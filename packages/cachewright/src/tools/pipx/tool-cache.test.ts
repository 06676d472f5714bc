import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeCacheContract, type CacheSample } from "../../../test/tools/cache-contract.ts";
import { askOf, entriesOf, faultsIn, unpackedFiles, writeTree } from "../../../test/tools/sample-tree.ts";
import { pipxCache } from "./tool-cache.ts";

const name = "0a9983bce55da61";

function makeRun(root: string, marks: Readonly<Record<string, string>> = {}): void {
  writeTree(root, {
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# This file is a cache directory tag created by pipx.\n", ...marks,
    [`${name}/pyvenv.cfg`]: "home = /usr/bin\n",
    [`${name}/pipx_metadata.json`]: JSON.stringify({ main_package: { package: "pycowsay", package_version: "0.0.0.2" }, python_version: "Python 3.13.0" }),
    ...unpackedFiles(`${name}/lib/python3.13/site-packages`, { project: "pycowsay", version: "0.0.0.2" }),
  });
  mkdirSync(join(root, name, "bin"));
  symlinkSync(process.execPath, join(root, name, "bin/python"));
}

const samples: CacheSample[] = [
  { name: "environments of pipx 1.2.0", make: (root) => makeRun(root), names: ["pycowsay 0.0.0.2 environment"] },
  { name: "environments of pipx 1.18.4", make: (root) => makeRun(root, { [`.${name}.lock`]: "", [`${name}/.gitignore`]: "*\n" }), names: ["pycowsay 0.0.0.2 environment"] },
  { name: "logs", make: (root) => writeTree(root, { "cmd_2026-11-21_19.07.36.log": "x", "cmd_2026-11-21_19.07.36_pip_errors.log": "y" }), names: [] },
];

describeCacheContract(pipxCache, samples);

describe("what pipx keeps", () => {
  let place: string;
  beforeEach(() => { place = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-pipx-"))); });
  afterEach(() => rmSync(place, { recursive: true, force: true }));

  it("is the environments of run, the logs and the trash, and not what was installed", () => {
    const place = (kind: "cache" | "envs" | "data" | "state", called: string): Parameters<typeof pipxCache.roots>[0][number] => ({ kind, name: called, path: `/p/${called}`, source: "default" });
    const places = [place("cache", "run"), place("envs", "venvs"), place("envs", "shared"), place("data", "pythons"), place("data", "trash"), place("state", "logs"), place("cache", "global run")];
    expect(pipxCache.roots(places).map(({ name }) => name)).toEqual(["run", "trash", "logs", "global run"]);
  });

  it("is trash beside a home of pipx's alone", () => {
    writeTree(place, { "home/trash/abc.venv/x": "", "home/venvs/x": "", "other/trash/letter.txt": "" });
    expect(pipxCache.recognises(askOf("/").machine, join(place, "home/trash"))).toBe(true);
    expect(pipxCache.recognises(askOf("/").machine, join(place, "other/trash"))).toBe(false);
    expect(entriesOf(pipxCache, join(place, "home/trash"))).toMatchObject([{ id: "abc.venv", kind: "leftover", recreate: "nothing" }]);
    expect(pipxCache.list(askOf(join(place, "home"))).entries).toEqual([]);
  });

  it("has no use for an environment that pipx itself marked", () => {
    makeRun(place, { [`${name}/pipx_expired_venv`]: "" });
    expect(entriesOf(pipxCache, place)).toMatchObject([{ kind: "leftover", recreate: "nothing" }]);
  });

  it("stays while a program runs from it", async () => {
    makeRun(place);
    const program = join(place, name, "bin/python");
    const running = spawn(program, ["-e", "process.stdout.write('up'); setInterval(() => {}, 1000)"], { stdio: ["ignore", "pipe", "ignore"] });
    await new Promise((resolve) => { running.stdout.once("data", resolve); });
    expect(entriesOf(pipxCache, place)[0]?.keep).toBe(`process ${running.pid} runs from it`);
    const ended = new Promise((resolve) => { running.once("close", resolve); });
    running.kill();
    await ended;
    expect(entriesOf(pipxCache, place)[0]).not.toHaveProperty("keep");
  });

  it("is broken when its interpreter is gone or its files are not those it was made of", () => {
    makeRun(place);
    writeFileSync(join(place, name, "lib/python3.13/site-packages/pycowsay/__init__.py"), "VALUE = 2\n");
    expect(faultsIn(pipxCache, place)).toEqual([`${name}: mismatch`]);
    rmSync(join(place, name, "bin/python"));
    symlinkSync(join(place, "no/python"), join(place, name, "bin/python"));
    expect(faultsIn(pipxCache, place)).toEqual([`${name}: missing`]);
  });
});
