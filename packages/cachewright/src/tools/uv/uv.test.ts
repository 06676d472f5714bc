import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../../machine/node-machine.ts";
import type { Answer, Machine } from "../../machine/machine.ts";
import type { Asked, EffectiveSetting } from "../tool.ts";
import { uv } from "./uv.ts";

let root: string;
beforeEach(() => { root = realpathSync(mkdtempSync(join(tmpdir(), "uv-"))); });
afterEach(() => rmSync(root, { recursive: true }));

interface Vector {
  readonly name: string;
  readonly args: string;
  readonly env: Record<string, string>;
  /** Latin-1 stands for bytes. */
  readonly files: Record<string, string>;
  readonly cwd: string;
  readonly dirs?: readonly string[];
  /** From that version on, until the next. "dies": exit 2. "TEMP": a directory of its own below the temporary one. */
  readonly answers: readonly (readonly [since: string, answer: string])[];
}

const vectors = readFileSync(new URL("./real-uv.jsonl", import.meta.url), "utf8").trim().split("\n").map((line): Vector => JSON.parse(line));
const versions = ["0.4.30", "0.5.31", "0.7.19", "0.9.30", "0.11.16", "0.12.5", "0.12.24", "0.13.9"];

/** Nothing outside the throw-away directory is there. */
function confined(env: Record<string, string>, cwd: string): Machine {
  const machine = nodeMachine({ env, cwd });
  const nothing = { ok: false, errno: "ENOENT" } as const;
  const only = <T,>(look: (path: string, more?: number) => Answer<T>) => (path: string, more?: number): Answer<T> => (path.startsWith(root) ? look(path, more) : nothing);
  return { ...machine, lstat: only(machine.lstat), stat: only(machine.stat), list: only(machine.list), readFile: only(machine.readFile), realpath: only(machine.realpath) };
}

function asked(vector: Pick<Vector, "env" | "files" | "cwd" | "dirs">, version: string, command?: string): Asked {
  const at = (text: string): string => text.replaceAll("ROOT", root);
  for (const directory of ["ROOT/w", "ROOT/h", ...(vector.dirs ?? [])]) mkdirSync(at(directory), { recursive: true });
  for (const [path, content] of Object.entries(vector.files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), Buffer.from(at(content), "latin1"));
  }
  const env = Object.fromEntries(Object.entries(vector.env).map(([name, value]) => [name, at(value)]));
  return { machine: confined(env, at(vector.cwd)), home: "ACCOUNT", version, ...(command === undefined ? {} : { command }) };
}

function setting(question: Asked, key: string): EffectiveSetting {
  const found = uv.settings(question).find((one) => one.key === key);
  if (found === undefined) throw new Error(`${key} is not known to ${question.version}`);
  return found;
}

const everyCommand = ["UV_CONFIG_FILE", "UV_NO_CONFIG", "UV_NO_SYSTEM_CONFIG", "UV_ISOLATED", "UV_PROJECT", "UV_WORKING_DIR", "cache-dir", "no-cache"];
const keyOf: Readonly<Record<string, string>> = { "cache dir": "cache-dir", "python dir": "UV_PYTHON_INSTALL_DIR", "tool dir": "UV_TOOL_DIR", "python dir --bin": "UV_PYTHON_BIN_DIR", "tool dir --bin": "UV_TOOL_BIN_DIR" };

/** What this says uv would print. */
function answer(question: Asked, args: string): string {
  const settings = uv.settings(question);
  const isDead = uv.configFiles(question).some(({ error }) => error !== undefined) || settings.some(({ key, error }) => error !== undefined && everyCommand.includes(key));
  if (isDead) return "dies";
  const of = (key: string): unknown => settings.find((one) => one.key === key)?.effective;
  if (args === "cache dir" && of("no-cache") === true) return "TEMP";
  const printed = String(of(keyOf[args] ?? "")).replaceAll(root, "ROOT");
  // `uv tool dir` prints an absolute path since 0.5.
  return args === "tool dir" && !/^(?:ROOT|ACCOUNT|\/)/.test(printed) ? `${question.machine.cwd.replaceAll(root, "ROOT")}/${printed}` : printed;
}

describe("what real uvs answered", () => {
  it.each(vectors.map((vector, i) => [`${i} ${vector.args}: ${vector.name}`, vector] as const))("%s", (_, vector) => {
    const question = asked(vector, "", vector.args.split(" ")[0]);
    for (const version of versions) {
      const real = vector.answers.findLast(([since]) => uv.compareVersions(since, version) <= 0)?.[1] ?? "";
      const ours = answer({ ...question, version }, vector.args);
      const isRelativeToolDir = vector.args === "tool dir" && !/^(?:ROOT|ACCOUNT|dies)/.test(real);
      expect(`${version}: ${ours}`).toBe(`${version}: ${isRelativeToolDir ? `${vector.cwd}/${real}` : real}`);
    }
  });
});

const plain = { env: { HOME: "ROOT/h" }, files: {}, cwd: "ROOT/w" };

describe("settings", () => {
  it("say where each comes from and what it stands before", () => {
    const vector = {
      ...plain, env: { ...plain.env, UV_CACHE_DIR: "~/c" },
      files: { "ROOT/h/.config/uv/uv.toml": "# mine\n\ncache-dir = 'u'\nlink-mode = \"copy\"\n", "ROOT/w/pyproject.toml": "[tool.uv]\nno-index = true\ncache-dir = \"p\"\n" },
    };
    const question = asked(vector, "0.13.9");
    expect(setting(question, "cache-dir")).toEqual({
      key: "cache-dir", effective: "~/c", source: { env: "UV_CACHE_DIR" },
      shadows: [{ value: "p", source: { file: join(root, "w/pyproject.toml"), line: 3 } }, { value: "u", source: { file: join(root, "h/.config/uv/uv.toml"), line: 3 } }],
    });
    expect(setting(question, "link-mode")).toMatchObject({ effective: "copy", source: { line: 4 } });
    expect(uv.locate(question).find(({ kind }) => kind === "cache")?.path).toBe(join(root, "w/~/c"));
  });

  it("are not taken back by a variable that says no, save for two since 0.12.24", () => {
    const files = { "ROOT/h/.config/uv/uv.toml": "compile-bytecode = true\nno-cache = true\n" };
    const env = { ...plain.env, UV_COMPILE_BYTECODE: "0", UV_NO_CACHE: "0" };
    const said = (version: string): unknown[] => ["compile-bytecode", "no-cache"].map((key) => setting(asked({ ...plain, files, env }, version), key).effective);
    expect([said("0.4.30"), said("0.13.9")]).toEqual([[true, true], [true, false]]);
  });

  it("end where the working directory that a variable names is not there", () => {
    expect(setting(asked({ ...plain, env: { ...plain.env, UV_WORKING_DIR: "none" } }, "0.13.9"), "UV_WORKING_DIR").error).toBe("No such file or directory (os error 2)");
  });

  it("put lists together, variables first", () => {
    const files = { "ROOT/h/.config/uv/uv.toml": 'extra-index-url = ["https://user:pw@u.example/simple"]\n', "ROOT/w/uv.toml": 'extra-index-url = ["https://p.example/simple"]\n' };
    const found = setting(asked({ ...plain, files, env: { ...plain.env, UV_EXTRA_INDEX_URL: "https://a.example https://b.example" } }, "0.13.9"), "extra-index-url");
    expect(found.effective).toEqual(["https://a.example", "https://b.example", "https://p.example/simple", "https://***@u.example/simple"]);
    expect(found.items?.[1]).toEqual({ env: "UV_EXTRA_INDEX_URL" });
    expect(found.items?.[3]).toMatchObject({ line: 1 });
  });

  it("let [pip] of any file go before all other tables, for `uv pip` only", () => {
    const files = { "ROOT/h/.config/uv/uv.toml": '[pip]\nlink-mode = "symlink"\n', "ROOT/w/uv.toml": 'link-mode = "copy"\n' };
    expect(setting(asked({ ...plain, files }, "0.13.9", "pip"), "link-mode").effective).toBe("symlink");
    expect(setting(asked({ ...plain, files }, "0.13.9", "sync"), "link-mode").effective).toBe("copy");
  });

  it("let UV_OFFLINE=0 take back what a file says since 0.12.24", () => {
    const vector = { ...plain, env: { ...plain.env, UV_OFFLINE: "0" }, files: { "ROOT/w/uv.toml": "offline = true\n" } };
    expect(["0.4.30", "0.12.23", "0.12.24"].map((version) => setting(asked(vector, version), "offline").effective)).toEqual([true, true, false]);
  });

  it("know the default way of linking by version and system", () => {
    const mode = (platform: NodeJS.Platform, version: string): unknown => {
      const question = asked(plain, version);
      return setting({ ...question, machine: { ...question.machine, platform } }, "link-mode").effective;
    };
    expect([mode("linux", "0.10.4"), mode("linux", "0.10.5"), mode("darwin", "0.4.30"), mode("win32", "0.13.9")]).toEqual(["hardlink", "clone", "clone", "hardlink"]);
  });

  it("refuse what uv refuses", () => {
    const error = (env: Record<string, string>, version: string, key: string): string | undefined => setting(asked({ ...plain, env: { ...plain.env, ...env } }, version), key).error;
    expect(error({ UV_CACHE_DIR: "" }, "0.13.9", "cache-dir")).toBe("a value is required for '--cache-dir <CACHE_DIR>' but none was supplied");
    expect(error({ UV_NO_CACHE: "" }, "0.13.9", "no-cache")).toBe("invalid value '' for '--no-cache': value was not a boolean");
    expect(error({ UV_LINK_MODE: "COPY" }, "0.13.9", "link-mode")).toContain("invalid value 'COPY'");
    expect(error({ UV_LINK_MODE: "reflink" }, "0.9.27", "link-mode")).toContain("invalid value 'reflink'");
    expect(error({ UV_LINK_MODE: "reflink" }, "0.9.28", "link-mode")).toBeUndefined();
    expect(error({ UV_OFFLINE: "" }, "0.7.19", "offline")).toContain("for '--offline'");
    expect(error({ UV_OFFLINE: "" }, "0.9.30", "offline")).toContain("Failed to parse environment variable `UV_OFFLINE`");
  });

  it("refuse to work inside the cache since 0.11.21, unless it is off", () => {
    const error = (version: string, text: string): string | undefined => setting(asked({ ...plain, files: { "ROOT/w/uv.toml": text } }, version), "cache-dir").error;
    expect(error("0.11.21", 'cache-dir = "."\n')).toBe(`The project directory \`${root}/w\` is inside the cache directory \`${root}/w\``);
    expect(error("0.11.20", 'cache-dir = "."\n')).toBeUndefined();
    expect(error("0.13.9", 'cache-dir = "."\nno-cache = true\n')).toBeUndefined();
    expect(error("0.13.9", 'cache-dir = "c"\n')).toBeUndefined();
  });

  it("say that an empty cache-dir of a file is no path", () => {
    expect(setting(asked({ ...plain, files: { "ROOT/w/uv.toml": 'cache-dir = ""\n' } }, "0.13.9"), "cache-dir").error).toBe("cannot make an empty path absolute");
  });
});

describe("settings files", () => {
  const files = {
    "ROOT/pyproject.toml": "[tool.uv]\n", "ROOT/w/pyproject.toml": '[project]\nname = "r"\nversion = "1"\n[tool.uv]\noffline = true\n', "ROOT/w/m/uv.toml": "offline = false\n",
    "ROOT/h/.config/uv/uv.toml": "zzz = 1\n", "ROOT/s/uv/uv.toml": "",
  };
  const vector = { env: { HOME: "ROOT/h", XDG_CONFIG_DIRS: "ROOT/s" }, files, cwd: "ROOT/w/m" };

  it("are listed the weakest first, with what becomes of each", () => {
    const found = uv.configFiles(asked(vector, "0.13.9")).filter(({ exists }) => exists);
    expect(found.map(({ path, scope, ignored }) => [path.replace(root, "ROOT"), scope, ignored])).toEqual([
      ["ROOT/s/uv/uv.toml", "global", null],
      ["ROOT/h/.config/uv/uv.toml", "user", null],
      ["ROOT/pyproject.toml", "project", "overridden"],
      ["ROOT/w/pyproject.toml", "project", null],
      ["ROOT/w/m/uv.toml", "project", "overridden"],
    ]);
    expect(found[1]).toMatchObject({ error: `Failed to parse: ${root}/h/.config/uv/uv.toml: unknown field \`zzz\``, line: 1 });
    expect(found.filter(({ target }) => target === true).map(({ scope }) => scope)).toEqual(["global", "user", "project"]);
  });

  it("are no project's for `uv tool`, and none at all with UV_NO_CONFIG", () => {
    expect(uv.configFiles(asked(vector, "0.13.9", "tool install")).map(({ scope }) => scope)).not.toContain("project");
    const off = asked({ ...vector, env: { ...vector.env, UV_NO_CONFIG: "1" } }, "0.13.9");
    expect(uv.configFiles(off).filter(({ exists }) => exists).map(({ ignored }) => ignored)).toEqual(["switched-off", "switched-off", "overridden", "switched-off", "overridden"]);
    expect(setting(off, "offline").effective).toBe(false);
  });

  it("give way to UV_CONFIG_FILE, which has to be there", () => {
    const named = asked({ ...vector, env: { ...vector.env, UV_CONFIG_FILE: "my.toml" }, files: { ...files, "ROOT/w/m/my.toml": "offline = false\n" } }, "0.13.9");
    expect(setting(named, "offline").source).toEqual({ file: join(root, "w/m/my.toml"), line: 1 });
    const missing = asked({ ...vector, env: { ...vector.env, UV_CONFIG_FILE: "no.toml" } }, "0.13.9");
    expect(uv.configFiles(missing).at(-1)).toMatchObject({ scope: "env-file", exists: false, error: `failed to open file \`${root}/w/m/no.toml\`: No such file or directory (os error 2)` });
  });
});

describe("places", () => {
  const on = (platform: NodeJS.Platform, change: Partial<Vector>, version = "0.13.9"): string[] => {
    const question = asked({ ...plain, ...change }, version);
    const machine = { ...question.machine, platform, stat: (path: string) => question.machine.stat(path.replaceAll("\\", "/")) };
    return uv.locate({ ...question, machine }).map(({ kind, name, path }) => `${kind} ${name}: ${path.replace(root, "ROOT")}`);
  };

  it("are XDG's on Linux", () => {
    expect(on("linux", {})).toEqual([
      "cache packages: ROOT/h/.cache/uv", "data pythons: ROOT/h/.local/share/uv/python", "envs tools: ROOT/h/.local/share/uv/tools",
      "scripts tools: ROOT/h/.local/bin", "scripts pythons: ROOT/h/.local/bin", "state credentials: ROOT/h/.local/share/uv/credentials", "temp temp: /tmp",
    ]);
  });

  it("are the same on macOS, unless the old ones are still there", () => {
    expect(on("darwin", {})[0]).toBe("cache packages: ROOT/h/.cache/uv");
    expect(on("darwin", { dirs: ["ROOT/h/Library/Caches/uv"] })[0]).toBe("cache packages: ROOT/h/Library/Caches/uv");
    expect(on("darwin", { dirs: ["ROOT/h/Library/Application Support/uv"] })[2]).toBe("envs tools: ROOT/h/Library/Application Support/uv/tools");
  });

  it("are below the profile on Windows", () => {
    const env = { USERPROFILE: "C:\\Users\\u", LOCALAPPDATA: "C:\\Users\\u\\AppData\\Local", APPDATA: "C:\\Users\\u\\AppData\\Roaming" };
    expect(on("win32", { env }).slice(0, 4)).toEqual([
      "cache packages: C:\\Users\\u\\AppData\\Local\\uv\\cache", "data pythons: C:\\Users\\u\\AppData\\Roaming\\uv\\data\\python",
      "envs tools: C:\\Users\\u\\AppData\\Roaming\\uv\\data\\tools", "scripts tools: C:\\Users\\u\\.local\\bin",
    ]);
  });

  it("have no cache while it is off, and the project's environment at the workspace's root", () => {
    const found = on("linux", { cwd: "ROOT/w/m", dirs: ["ROOT/w/m"], env: { HOME: "ROOT/h", UV_NO_CACHE: "1" }, files: { "ROOT/w/pyproject.toml": '[project]\nname = "r"\nversion = "1"\n' } });
    expect(found[0]).toBe("temp cache: /tmp");
    expect(found).toContain("envs project: ROOT/w/.venv");
  });
});

describe("what the files hold besides", () => {
  const files = (content: string, name = "h/.config/uv/uv.toml") => uv.configFiles(asked({ env: { HOME: "ROOT/h" }, files: { [`ROOT/${name}`]: content }, cwd: "ROOT/w" }, "0.13.9")).find(({ path }) => path.endsWith(name));

  it("names the key that is not known, in a file of uv's own and in a project's", () => {
    expect(files("[pip]\ncolour = true\n")).toMatchObject({ line: 2, key: ["pip", "colour"] });
    expect(files("[tool.uv]\nno-cache = true\ncolour = true\n", "w/pyproject.toml")).toMatchObject({ ignored: "malformed", line: 3, key: ["tool", "uv", "colour"] });
  });

  it("names the lines with a password, and not what stands there", () => {
    const secret = ["index-url = ", '"https://me:hunter2', '@pypi.example/simple"'].join("");
    const found = files(`# https://me:old@pypi.example\n${secret}\n[[index]]\nname = "a"\nurl = "https://me@pypi.example/a"\n`);
    expect(found?.secrets).toEqual([{ key: "index-url", line: 2 }]);
    expect(JSON.stringify(found)).not.toContain("hunter2");
    expect(files('index-url = "https://pypi.example/simple"\n')?.secrets).toBeUndefined();
    expect(files('index-url = "https://me:${TOKEN}@pypi.example/simple"\n')?.secrets).toBeUndefined();
  });
});
