import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../../machine/node-machine.ts";
import type { Asked } from "../tool.ts";
import { pipxPaths } from "./paths.ts";
import { pipx } from "./pipx.ts";
import { pipxVenvs } from "./venvs.ts";

let root: string;
beforeEach(() => { root = realpathSync(mkdtempSync(join(tmpdir(), "pipx-"))); });
afterEach(() => rmSync(root, { recursive: true }));

interface Vector {
  readonly name: string;
  readonly env: Record<string, string>;
  readonly dirs: readonly string[];
  /** What `pipx environment` of each version printed. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const vectors = readFileSync(new URL("./real-pipx.jsonl", import.meta.url), "utf8").trim().split("\n").map((line): Vector => JSON.parse(line));

function asked({ env = {}, dirs = [] }: Partial<Vector>, version: string, change: Partial<Asked> = {}): Asked {
  const at = (text: string): string => text.replaceAll("ROOT", root);
  for (const directory of ["ROOT/w", "ROOT/h", ...dirs]) mkdirSync(at(directory), { recursive: true });
  const all = Object.fromEntries(Object.entries({ HOME: "ROOT/h", ...env }).map(([name, value]) => [name, at(value)]));
  return { machine: nodeMachine({ env: all, cwd: at("ROOT/w") }), home: undefined, version, ...change };
}

/** By pipx's own names for them. */
function paths(question: Asked): Record<string, string> {
  const { home, bin, man, completion, shared, venvs, logs, trash, runCache, pythons } = pipxPaths(question);
  const all = {
    PIPX_HOME: home.path, PIPX_BIN_DIR: bin.path, PIPX_MAN_DIR: man?.path, PIPX_COMPLETION_DIR: completion?.path, PIPX_SHARED_LIBS: shared.path, PIPX_LOCAL_VENVS: venvs,
    PIPX_LOG_DIR: logs.path, PIPX_TRASH_DIR: trash, PIPX_VENV_CACHEDIR: runCache.path, PIPX_STANDALONE_PYTHON_CACHEDIR: pythons ?? undefined,
  };
  return Object.fromEntries(Object.entries(all).flatMap(([name, path]) => (path === undefined ? [] : [[name, path.replaceAll(root, "ROOT")]])));
}

describe("what real pipxs answered", () => {
  it.each(vectors.flatMap((vector) => Object.keys(vector.answers).map((version) => [`${version}: ${vector.name}`, vector, version] as const)))("%s", (_, vector, version) => {
    const real = vector.answers[version] ?? {};
    const ours = paths(asked(vector, version));
    expect(Object.fromEntries(Object.keys(real).map((name) => [name, ours[name]]))).toEqual(real);
  });
});

describe("what random machines told of real pipxs", () => {
  it("directories are where they lead, and from 1.16 on a home is as it is written", () => {
    mkdirSync(join(root, "real"), { recursive: true });
    symlinkSync("real", join(root, "link"));
    const env = { PIPX_HOME: "../link/home", PIPX_BIN_DIR: "ROOT/m/../link/bin" };
    expect(["1.2.1", "1.15.0", "1.18.4"].map((version) => paths(asked({ env }, version))).map(({ PIPX_HOME, PIPX_BIN_DIR, PIPX_SHARED_LIBS }) => [PIPX_HOME, PIPX_BIN_DIR, PIPX_SHARED_LIBS])).toEqual([
      ["ROOT/real/home", "ROOT/real/bin", "ROOT/real/home/shared"], ["ROOT/real/home", "ROOT/real/bin", "ROOT/real/home/shared"], ["ROOT/w/../link/home", "ROOT/real/bin", "ROOT/real/home/shared"],
    ]);
  });

  it("the home of nobody ends it since 1.5", () => {
    const fault = (version: string): string | undefined => pipx.settings(asked({ env: { PIPX_HOME: "~nobody-there/x" } }, version)).find(({ key }) => key === "PIPX_HOME")?.error;
    expect(["1.4.3", "1.18.4"].map(fault)).toEqual([undefined, "RuntimeError: Could not determine home directory."]);
  });
});

describe("homes by system", () => {
  const home = (platform: NodeJS.Platform, version: string, change: Partial<Vector> = {}): string => {
    const question = asked(change, version);
    return pipxPaths({ ...question, machine: { ...question.machine, platform } }).home.path.replace(root, "ROOT");
  };

  it("moved on macOS with 1.3, back with 1.5 and again with 1.16", () => {
    const library = "ROOT/h/Library/Application Support/pipx";
    expect(["1.2.1", "1.3.0", "1.5.0", "1.15.0", "1.16.0"].map((version) => home("darwin", version))).toEqual(["ROOT/h/.local/pipx", library, "ROOT/h/.local/pipx", "ROOT/h/.local/pipx", library]);
  });

  it("stay where they are while an old one is there", () => {
    expect(home("darwin", "1.16.0", { dirs: ["ROOT/h/.local/pipx"] })).toBe("ROOT/h/.local/pipx");
    expect(home("darwin", "1.5.0", { dirs: ["ROOT/h/Library/Application Support/pipx"] })).toBe("ROOT/h/Library/Application Support/pipx");
  });

  it("follow XDG on macOS with a platformdirs of 4.6 or later only", () => {
    const env = { XDG_DATA_HOME: "ROOT/x" };
    mkdirSync(join(root, "v/lib/python3.12/site-packages/platformdirs-4.5.1.dist-info"), { recursive: true });
    const install = { tool: "pipx", version: "1.16.0", program: join(root, "v/bin/pipx"), prefix: join(root, "v"), found: [], chosen: true } as const;
    const question = asked({ env }, "1.16.0", { install });
    const old = pipxPaths({ ...question, machine: { ...question.machine, platform: "darwin" } });
    expect(old.home.path).toBe(join(root, "h/Library/Application Support/pipx"));
    expect(home("darwin", "1.16.0", { env })).toBe("ROOT/x/pipx");
  });
});

describe("a pipx that a pipx installed", () => {
  it("stays with the home it lies in, from 1.16 on", () => {
    const venv = join(root, "p/venvs/pipx");
    mkdirSync(join(venv, "bin"), { recursive: true });
    mkdirSync(join(root, "links"));
    writeFileSync(join(venv, "bin/pipx"), "");
    writeFileSync(join(venv, "pipx_metadata.json"), JSON.stringify({ main_package: { package: "pipx", package_version: "1.18.4" } }));
    symlinkSync(join(venv, "bin/pipx"), join(root, "links/pipx"));
    const install = { tool: "pipx", version: "1.18.4", program: join(root, "links/pipx"), prefix: venv, found: ["PATH"], chosen: true } as const;
    const found = (version: string): string[] => pipx.settings(asked({}, version, { install })).filter(({ key }) => key === "PIPX_HOME" || key === "PIPX_BIN_DIR").map(({ effective }) => String(effective).replace(root, "ROOT"));
    expect(found("1.18.4")).toEqual(["ROOT/p", "ROOT/links"]);
    expect(found("1.15.0")).toEqual(["ROOT/h/.local/share/pipx", "ROOT/h/.local/bin"]);
  });
});

describe("settings and places", () => {
  it("have the variable for a source, or nothing", () => {
    const settings = pipx.settings(asked({ env: { PIPX_BIN_DIR: "ROOT/b" } }, "1.18.4"));
    expect(settings.find(({ key }) => key === "PIPX_BIN_DIR")).toEqual({ key: "PIPX_BIN_DIR", effective: join(root, "b"), source: { env: "PIPX_BIN_DIR" }, shadows: [] });
    expect(settings.find(({ key }) => key === "PIPX_GLOBAL_HOME")).toMatchObject({ effective: "/opt/pipx", source: "default" });
    expect(pipx.settings(asked({}, "1.4.3")).map(({ key }) => key)).not.toContain("PIPX_GLOBAL_HOME");
  });

  it("name everything pipx writes to", () => {
    const places = pipx.locate(asked({}, "1.18.4")).map(({ kind, name, path }) => `${kind} ${name}: ${path.replace(root, "ROOT")}`);
    expect(places.slice(0, 5)).toEqual([
      "cache run: ROOT/h/.cache/pipx", "envs venvs: ROOT/h/.local/share/pipx/venvs", "envs shared: ROOT/h/.local/share/pipx/shared",
      "data pythons: ROOT/h/.local/share/pipx/py", "data trash: ROOT/h/.local/share/pipx/trash",
    ]);
    expect(places).toContain("envs global venvs: /opt/pipx/venvs");
    expect(pipx.configFiles(asked({}, "1.18.4"))).toEqual([]);
  });
});

describe("environments", () => {
  it("are told by their records, and by what is wrong with them", () => {
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    write("venvs/black/pipx_metadata.json", JSON.stringify({ main_package: { package: "black", package_version: "24.1" }, injected_packages: { x: {} }, source_interpreter: { __type__: "Path", __Path__: "/usr/bin/python3" } }));
    write("venvs/bad/pipx_metadata.json", "{");
    write("venvs/old/pyvenv.cfg", "");
    write("venvs/.black.lock", "");
    expect(pipxVenvs(nodeMachine({ env: {}, cwd: "/" }), join(root, "venvs")).map((venv) => ({ ...venv, path: "" }))).toEqual([
      { name: "bad", path: "", package: null, packageVersion: null, python: null, injected: [], record: "malformed" },
      { name: "black", path: "", package: "black", packageVersion: "24.1", python: "/usr/bin/python3", injected: ["x"], record: "ok" },
      { name: "old", path: "", package: null, packageVersion: null, python: null, injected: [], record: "absent" },
    ]);
  });
});
