import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../../machine/node-machine.ts";
import type { Asked, EffectiveSetting } from "../tool.ts";
import { virtualenv } from "./virtualenv.ts";

let root: string;
beforeEach(() => { root = realpathSync(mkdtempSync(join(tmpdir(), "virtualenv-"))); });
afterEach(() => rmSync(root, { recursive: true }));

interface Vector {
  readonly name: string;
  readonly env: Record<string, string>;
  readonly files: Record<string, string>;
  readonly dirs: readonly string[];
  /** The app data of each version. "dies": it ends before it has one. */
  readonly answers: Readonly<Record<string, string>>;
}

const vectors = readFileSync(new URL("./real-virtualenv.jsonl", import.meta.url), "utf8").trim().split("\n").map((line): Vector => JSON.parse(line));

function asked({ env = {}, files = {}, dirs = [] }: Partial<Vector>, version: string): Asked {
  const at = (text: string): string => text.replaceAll("ROOT", root);
  for (const directory of ["ROOT/w", "ROOT/h", ...dirs]) mkdirSync(at(directory), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), at(text));
  }
  const all = Object.fromEntries(Object.entries({ HOME: "ROOT/h", ...env }).map(([name, value]) => [name, at(value)]));
  return { machine: nodeMachine({ env: all, cwd: at("ROOT/w") }), home: undefined, version };
}

function setting(question: Asked, key: string): EffectiveSetting | undefined {
  return virtualenv.settings(question).find((one) => one.key === key);
}

describe("what real virtualenvs did", () => {
  it.each(vectors.flatMap((vector) => Object.keys(vector.answers).map((version) => [`${version}: ${vector.name}`, vector, version] as const)))("%s", (_, vector, version) => {
    const question = asked(vector, version);
    const isDead = virtualenv.configFiles(question).some(({ error }) => error !== undefined);
    const ours = isDead ? "dies" : (virtualenv.locate(question)[0]?.path ?? "").replaceAll(root, "ROOT");
    const real = vector.answers[version] ?? "";
    expect(ours).toBe(real === "dies" || real.startsWith("ROOT") ? real : `ROOT/w/${real}`);
  });
});

describe("settings", () => {
  const ini = "# mine\n[virtualenv]\nAPP_DATA = ROOT/i\ndownload = maybe\nsymlink_app_data = yes\nextra_search_dir =\n  /a\n  /b\n";

  it("say where each comes from", () => {
    const question = asked({ env: { VIRTUALENV_APP_DATA: "ROOT/a" }, files: { "ROOT/h/.config/virtualenv/virtualenv.ini": ini } }, "21.15.8");
    const file = join(root, "h/.config/virtualenv/virtualenv.ini");
    expect(setting(question, "app_data")).toEqual({ key: "app_data", effective: join(root, "a"), source: { env: "VIRTUALENV_APP_DATA" }, shadows: [{ value: join(root, "i"), source: { file, line: 3 } }] });
    expect(setting(question, "symlink_app_data")).toMatchObject({ effective: true, source: { file, line: 5 } });
    expect(setting(question, "extra_search_dir")?.effective).toEqual(["/a", "/b"]);
    expect(setting(question, "download")).toMatchObject({ effective: null, error: "failed to convert 'maybe': Not a boolean: maybe" });
  });

  it("come from the variable's file alone when there is one", () => {
    const question = asked({ env: { VIRTUALENV_CONFIG_FILE: "ROOT/c.ini" }, files: { "ROOT/h/.config/virtualenv/virtualenv.ini": ini, "ROOT/c.ini": "[other]\n" } }, "21.15.8");
    expect(virtualenv.configFiles(question).map(({ scope, ignored }) => [scope, ignored])).toEqual([["user", "overridden"], ["env-file", "no-table"]]);
    expect(setting(question, "app_data")?.source).toBe("default");
  });
});

describe("what random machines told of real virtualenvs", () => {
  const places = (change: Partial<Vector>, ...versions: readonly string[]): string[] => versions.map((version) => (virtualenv.locate(asked(change, version))[0]?.path ?? "").replace(root, "ROOT"));
  const conf = "ROOT/h/.config/virtualenv/virtualenv.ini";

  it("an empty place in the file is the working directory until 21.15.1", () => {
    expect(places({ files: { [conf]: "[virtualenv]\napp_data =\n" } }, "20.26.6", "21.15.1", "21.15.2")).toEqual(["ROOT/w", "ROOT/w", "ROOT/h/.cache/virtualenv"]);
  });

  it("a relative XDG directory counts before 20.5, when appdirs said where", () => {
    expect(places({ env: { XDG_DATA_HOME: "x" } }, "20.0.35", "20.26.6")).toEqual(["ROOT/w/x/virtualenv", "ROOT/h/.local/share/virtualenv"]);
    expect(places({ env: { XDG_DATA_HOME: "" } }, "20.0.35")).toEqual(["ROOT/w/virtualenv"]);
  });

  it("a list is parted by commas since 20.4.3, and by colons always", () => {
    const list = (version: string, text: string): unknown => setting(asked({ env: { VIRTUALENV_EXTRA_SEARCH_DIR: text } }, version), "extra_search_dir")?.effective;
    expect([list("20.0.35", "/a,/b"), list("20.26.6", "/a, /b,")]).toEqual([["/a,/b"], ["/a", "/b"]]);
    expect([list("20.0.35", "/a:/b"), list("21.15.8", "/a:/b")]).toEqual([["/a", "/b"], ["/a", "/b"]]);
  });

  it("app data that is only to be read has to be there", () => {
    const fault = (dirs: string[]): string | undefined => setting(asked({ env: { VIRTUALENV_READ_ONLY_APP_DATA: "1" }, dirs }, "21.15.8"), "read_only_app_data")?.error?.replace(root, "ROOT");
    expect([fault([]), fault(["ROOT/h/.cache/virtualenv"])]).toEqual(["read-only app data directory ROOT/h/.cache/virtualenv does not exist", undefined]);
  });
});

describe("app data by system", () => {
  const place = (platform: NodeJS.Platform, version: string, env: Record<string, string> = {}): string => {
    const question = asked({ env }, version);
    return (virtualenv.locate({ ...question, machine: { ...question.machine, platform } })[0]?.path ?? "").replace(root, "ROOT");
  };

  it("became a cache with 20.38", () => {
    expect([place("darwin", "20.36.1"), place("darwin", "20.38.0")]).toEqual(["ROOT/h/Library/Application Support/virtualenv", "ROOT/h/Library/Caches/virtualenv"]);
    const env = { LOCALAPPDATA: "C:\\Users\\u\\AppData\\Local" };
    expect([place("win32", "20.36.1", env), place("win32", "20.38.0", env)]).toEqual(["C:\\Users\\u\\AppData\\Local\\pypa\\virtualenv", "C:\\Users\\u\\AppData\\Local\\pypa\\virtualenv\\Cache"]);
  });
});
