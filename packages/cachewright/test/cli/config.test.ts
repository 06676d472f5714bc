import { lstatSync, mkdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { cachewright, emptyHome, isBuilt, type Given } from "./command.ts";

interface Row { tool: string; version: string | null; key: string; effective: unknown; source: unknown; shadows: unknown[]; error?: string; command?: string }

/** The report of a call, held to the schema that is shipped with it. */
function report(name: string, args: readonly string[], given: Given): Record<string, unknown> & { exit: number | null } {
  const ran = cachewright([...args, "--json"], given);
  const value = JSON.parse(ran.stdout) as Record<string, unknown>;
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, "../../dist/schemas", `${name}.schema.json`), "utf8")) as object;
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
  return { ...value, exit: ran.status };
}

function shown(args: readonly string[], given: Given): Row[] {
  return report("config-show", ["config", "show", ...args], given)["settings"] as Row[];
}

function homeWith(files: Readonly<Record<string, string>>): { home: string; at: (path: string) => string } {
  const home = emptyHome();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(home, path, ".."), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  return { home, at: (path) => join(home, path) };
}

/** Without a tool on the machine: every answer is for a version that is named. */
const asPip = ["--as", "pip=24.3.1"];

describe.skipIf(!isBuilt)("config show (needs a build)", () => {
  it("tells what is in force for a version that is not installed, where it comes from and what it beats", () => {
    const { home, at } = homeWith({ ".config/pip/pip.conf": "[global]\ncache-dir = /a\n" });
    const rows = shown(["pip", "cache-dir", ...asPip], { home, env: { PIP_CACHE_DIR: "/b" } }).filter(({ version }) => version === "24.3.1");
    expect(rows).toEqual([{ tool: "pip", version: "24.3.1", key: "cache-dir", effective: "/b", source: { env: "PIP_CACHE_DIR" }, shadows: [{ value: "/a", source: { file: at(".config/pip/pip.conf"), line: 2 } }] }]);
  });

  it("shows what an upgrade changes, and never a password", () => {
    const { home } = homeWith({ ".config/pip/pip.conf": "[global]\nindex-url = https://me:hunter2@example.org/simple\nno-cache-dir = true\n" });
    const ran = cachewright(["config", "show", "pip", "--as", "pip=18.1", "--as", "pip=24.3.1"], { home });
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect(ran.stdout).toContain("https://***@example.org/simple");
    expect(ran.stdout).not.toContain("hunter2");
    expect(ran.stdout).toContain("TypeError");
  });

  it("says of every answer when a file ends all commands", () => {
    const { home, at } = homeWith({ ".config/pip/pip.conf": "[global\n" });
    const [row] = shown(["pip", "cache-dir", ...asPip], { home });
    expect(row?.error).toContain(`${at(".config/pip/pip.conf")}:1: `);
  });

  it.each([["uv", "0.13.9"], ["conda", "26.7"], ["micromamba", "2.8"], ["pixi", "0.70.0"], ["pipx", "1.16.0"]])("knows %s, too", (tool, version) => {
    const rows = shown(["--as", `${tool}=${version}`], { home: emptyHome() });
    expect(rows.length).toBeGreaterThan(3);
    expect(new Set(rows.map((row) => row.tool))).toEqual(new Set([tool]));
  });

  it("takes a name that all tools share", () => {
    const keys = ["pip=24.3.1", "uv=0.13.9", "pixi=0.70.0"].flatMap((as) => shown(["cache-dir", "--as", as], { home: emptyHome() }).map(({ tool, key }) => `${tool} ${key}`));
    expect(new Set(keys)).toEqual(new Set(["pip cache-dir", "uv cache-dir", "pixi cache.root"]));
  });
});

describe.skipIf(!isBuilt)("config path (needs a build)", () => {
  it("lists every file in order, with what becomes of it", () => {
    const { home, at } = homeWith({ ".config/pip/pip.conf": "[global]\n", ".pip/pip.conf": "[global\n" });
    const { files } = report("config-path", ["config", "path", "pip", ...asPip], { home }) as unknown as { files: { path: string; version: string; exists: boolean; error?: string; target: boolean }[] };
    const own = files.filter(({ path, version }) => path.startsWith(home) && version === "24.3.1");
    expect(own.map(({ path, exists, target, error }) => [path, exists, target, error === undefined])).toEqual([[at(".pip/pip.conf"), true, false, false], [at(".config/pip/pip.conf"), true, true, true]]);
    expect(cachewright(["config", "path", "pip", ...asPip], { home }).stdout).toContain("user, read");
  });
});

describe.skipIf(!isBuilt)("config set, unset, add and remove (need a build)", () => {
  /** What comes of it for the version that was named; the machine may have others. */
  const change = (args: readonly string[], given: Given): Record<string, unknown> & { exit: number | null } => {
    const whole = report("config-change", ["config", ...args, "--yes"], given);
    return { ...whole, settings: (whole["settings"] as unknown[]).slice(0, 1) };
  };

  it("write the right file, keep the rest of it, and are undone", () => {
    const conf = "# mine\r\n[global]\r\ntimeout = 60 ; no comment\r\n";
    const { home, at } = homeWith({ ".config/pip/pip.conf": conf });
    expect(change(["set", "cache-dir", "/srv/pip", ...asPip], { home })).toMatchObject({ exit: 0, status: "changed", settings: [{ key: "cache-dir", status: "in-force", effective: "/srv/pip" }] });
    expect(readFileSync(at(".config/pip/pip.conf"), "utf8")).toBe(`${conf}cache-dir = /srv/pip\r\n`);
    expect(change(["set", "cache-dir", "/srv/pip", ...asPip], { home })).toMatchObject({ exit: 0, status: "nothing", plan: null });
    expect(change(["set", "cache", "off", ...asPip], { home })).toMatchObject({ exit: 0, settings: [{ key: "no-cache-dir", effective: true }] });
    expect(change(["set", "cache", "on", ...asPip], { home })).toMatchObject({ exit: 0, settings: [{ key: "no-cache-dir", effective: false }] });
    expect(change(["unset", "cache-dir", ...asPip], { home })).toMatchObject({ exit: 0, status: "changed" });
    expect(readFileSync(at(".config/pip/pip.conf"), "utf8")).toBe(conf);
    expect(cachewright(["undo", "--yes"], { home }).status).toBe(0);
    expect(readFileSync(at(".config/pip/pip.conf"), "utf8")).toContain("cache-dir = /srv/pip");
    expect(cachewright(["runs"], { home }).stdout).toContain("by     cachewright config unset cache-dir --as pip=24.3.1");
  });

  it.each([
    ["uv=0.13.9", ".config/uv/uv.toml", ["link-mode", "copy"], "# c\noffline = true\n", "# c\noffline = true\nlink-mode = \"copy\"\n"],
    ["conda=26.7", ".condarc", ["pkgs-dirs", "/p/one", "/p/two"], "offline: false # c\n", "offline: false # c\npkgs_dirs:\n  - /p/one\n  - /p/two\n"],
    ["pixi=0.70.0", ".pixi/config.toml", ["cache-dir", "/p"], "# c\n", "# c\n[cache]\nroot = \"/p\"\n"],
  ])("speak the language of %s", (as, path, words, ...[before, after]) => {
    const { home, at } = homeWith({ [path]: before });
    expect(change(["set", ...words, "--as", as], { home })).toMatchObject({ exit: 0, status: "changed" });
    expect(readFileSync(at(path), "utf8").replace(/\n+/g, "\n")).toBe(after);
  });

  it("add to lists and take out of them", () => {
    const { home, at } = homeWith({ ".condarc": "pkgs_dirs:\n  - /a  # keep\n" });
    expect(change(["add", "pkgs-dirs", "/b", "--first", "--as", "conda=26.7"], { home })).toMatchObject({ exit: 0, settings: [{ effective: ["/b", "/a"] }] });
    expect(change(["remove", "pkgs-dirs", "/b", "--as", "conda=26.7"], { home })).toMatchObject({ exit: 0, settings: [{ effective: ["/a"] }] });
    expect(readFileSync(at(".condarc"), "utf8")).toBe("pkgs_dirs:\n  - /a  # keep\n");
    expect(change(["add", "extra-index", "https://a.example/s", "https://b.example/s", ...asPip], { home })).toMatchObject({ settings: [{ effective: ["https://a.example/s", "https://b.example/s"] }] });
    expect(change(["remove", "extra-index", "https://a.example/s", ...asPip], { home })).toMatchObject({ settings: [{ effective: ["https://b.example/s"] }] });
  });

  it("make a file that is the person's alone, and leave a linked one a link", () => {
    const { home, at } = homeWith({ "dots/pip.conf": "[global]\n" });
    change(["set", "offline", "on", "--as", "uv=0.13.9"], { home });
    expect(statSync(at(".config/uv/uv.toml")).mode & 0o777).toBe(0o600);
    symlinkSync("../../dots/pip.conf", at(".config/pip/pip.conf"));
    expect(change(["set", "cache-dir", "/srv/pip", ...asPip], { home })).toMatchObject({ exit: 0 });
    expect(lstatSync(at(".config/pip/pip.conf")).isSymbolicLink()).toBe(true);
    expect(readlinkSync(at(".config/pip/pip.conf"))).toBe("../../dots/pip.conf");
    expect(readFileSync(at("dots/pip.conf"), "utf8")).toBe("[global]\ncache-dir = /srv/pip\n");
  });

  it("set what only a variable can in the start-up file of the shell", () => {
    const { home, at } = homeWith({ ".profile": "umask 022\n" });
    expect(change(["set", "tool-dir", "/srv/tools", "--as", "uv=0.13.9"], { home, env: { SHELL: "/bin/bash" } })).toMatchObject({ exit: 0, settings: [{ key: "UV_TOOL_DIR", effective: "/srv/tools", source: { env: "UV_TOOL_DIR" } }] });
    expect(readFileSync(at(".profile"), "utf8")).toBe("umask 022\nexport UV_TOOL_DIR=/srv/tools\n");
  });

  it("fill in the home where a variable is set: in quotes no shell would", () => {
    const { home, at } = homeWith({ ".profile": "" });
    expect(change(["set", "tool-dir", "~/tools", "--as", "uv=0.13.9"], { home, env: { SHELL: "/bin/bash" } })).toMatchObject({ exit: 0, settings: [{ effective: at("tools") }] });
    expect(readFileSync(at(".profile"), "utf8")).toBe(`export UV_TOOL_DIR=${at("tools")}\n`);
  });

  it("say before what beats the new value, and which cache is left behind", () => {
    const { home, at } = homeWith({ ".cache/pip/http-v2/a": "" });
    const planned = cachewright(["config", "set", "cache-dir", "/srv/pip", "--dry-run", ...asPip], { home });
    expect(planned.status).toBe(0);
    expect(planned.stdout.replace(/\s+/g, " ")).toContain(`${at(".cache/pip")} is left behind`);
    const beaten = change(["set", "cache-dir", "/srv/pip", ...asPip], { home, env: { PIP_CACHE_DIR: "/else" } });
    expect(beaten).toMatchObject({ exit: 1, status: "beaten", settings: [{ status: "beaten", by: { env: "PIP_CACHE_DIR" }, effective: "/else" }] });
  });

  it.each([
    ["uv=0.13.9", ".cache/uv/archive-v0/a", ["cache-dir", "/srv/c"]], ["poetry=2.5.1", ".cache/pypoetry/artifacts/a", ["cache-dir", "/srv/c"]], ["pdm=2.29.3", ".cache/pdm/wheels/a", ["cache-dir", "/srv/c"]],
    ["pipenv=2026.10.3", ".cache/pipenv/http/a", ["cache-dir", "/srv/c"]], ["hatch=1.18.2", ".cache/hatch/a", ["cache-dir", "/srv/c"]], ["virtualenv=21.15.8", ".cache/virtualenv/wheel/a", ["cache-dir", "/srv/c"]],
    ["pyenv=2.8.1", ".pyenv/cache/a", ["cache-dir", "/srv/c"]], ["conda=26.7", ".conda/pkgs/urls.txt", ["pkgs-dirs", "/srv/c"]], ["pixi=0.70.0", ".cache/rattler/cache/pkgs/a", ["cache-dir", "/srv/c"]],
    ["pipx=1.18.4", ".cache/pipx/a", ["tool-dir", "/srv/c"]],
  ])("say of %s's cache that it is left behind", (as, path, words) => {
    const { home, at } = homeWith({ [path]: "", ".profile": "", ...(as.startsWith("pyenv") ? { ".pyenv/version": "system\n" } : {}) });
    const planned = report("config-change", ["config", "set", ...words, "--as", as, "--dry-run"], { home, env: { SHELL: "/bin/bash" } });
    expect((planned["abandoned"] as string[]).some((left) => at(path).startsWith(left))).toBe(true);
  });

  it.each(["uv=0.13.9", "poetry=2.5.1", "pdm=2.29.3", "hatch=1.18.2", "virtualenv=21.15.8"])("give %s a place in a new file, and take the file away again", (as) => {
    const { home, at } = homeWith({});
    expect(change(["set", "cache-dir", "/srv/c d", "--as", as], { home })).toMatchObject({ exit: 0, status: "changed", settings: [{ status: "in-force", effective: "/srv/c d" }] });
    const { files } = report("config-path", ["config", "path", as.split("=")[0] ?? "", "--as", as], { home }) as unknown as { files: { path: string; exists: boolean; readable: string | null }[] };
    expect(files.find(({ path, exists }) => exists && path.startsWith(at("")))).toMatchObject({ readable: "ok" });
    expect(cachewright(["undo", "--yes"], { home }).status).toBe(0);
    const after = report("config-path", ["config", "path", as.split("=")[0] ?? "", "--as", as], { home }) as unknown as { files: { path: string; exists: boolean }[] };
    expect(after.files.some(({ path, exists }) => exists && path.startsWith(at("")))).toBe(false);
  });

  it("take out what a default is made of another setting for", () => {
    const { home } = homeWith({ ".config/pypoetry/config.toml": 'cache-dir = "/c"\n[virtualenvs]\npath = "/v"\n' });
    expect(change(["unset", "envs-dirs", "--as", "poetry=2.5.1"], { home })).toMatchObject({ exit: 0, status: "changed", settings: [{ status: "in-force", effective: "/c/virtualenvs" }] });
  });

  it("know the tool's words for what all tools share", () => {
    const { home } = homeWith({});
    expect(cachewright(["config", "set", "link-mode", "glue", "--as", "pdm=2.29.3"], { home })).toMatchObject({ status: 2, stderr: expect.stringContaining("symlink or hardlink or copy, not glue") });
    expect(cachewright(["config", "set", "cache-dir", "/x", "--as", "pipx=1.18.4"], { home })).toMatchObject({ status: 2, stderr: expect.stringContaining("pipx has no setting cache-dir, other tools have") });
    expect(cachewright(["config", "show", "uvv"], { home })).toMatchObject({ status: 2, stderr: expect.stringContaining("Did you mean uv?") });
  });

  it("change nothing without a yes", () => {
    const { home, at } = homeWith({ ".config/pip/pip.conf": "[global]\n" });
    expect(cachewright(["config", "set", "cache-dir", "/srv/pip", ...asPip], { home })).toMatchObject({ status: 1, stderr: expect.stringContaining("Nothing was changed") });
    expect(report("config-change", ["config", "set", "cache-dir", "/srv/pip", ...asPip], { home })).toMatchObject({ exit: 1, status: "declined", run: null });
    expect(readFileSync(at(".config/pip/pip.conf"), "utf8")).toBe("[global]\n");
  });

  it.each([
    ["a password", ".config/pip/pip.conf", "[global]\n", ["set", "index", "https://me:hunter2@example.org/simple", ...asPip], "holds a password"],
    ["a value the tool refuses", ".config/uv/uv.toml", "", ["set", "link-mode", "glue", "--as", "uv=0.13.9"], "unknown variant"],
    ["a broken TOML file", ".config/uv/uv.toml", "offline = \n", ["set", "link-mode", "copy", "--as", "uv=0.13.9"], "uv.toml:1 is left as it is: line 1, column "],
    ["a broken INI file", ".config/pip/pip.conf", "[global\n", ["set", "cache-dir", "/x", ...asPip], "pip.conf:1 is left as it is"],
    ["YAML with an anchor", ".condarc", "channels: &a [x]\nother: *a\n", ["add", "channels", "y", "--as", "conda=26.7"], "anchor"],
    ["a setting this version does not know", ".config/pip/pip.conf", "", ["set", "break-system-packages", "true", "--as", "pip=22.0"], "does not know break-system-packages"],
    ["a variable's setting", ".config/pip/pip.conf", "", ["set", "PIP_CONFIG_FILE", "/x", "--scope", "global", ...asPip], "only the variable PIP_CONFIG_FILE"],
  ])("refuse %s with the reason, exit 3", (_, path, text, ...[words, message]) => {
    const { home, at } = homeWith({ [path]: text });
    const ran = cachewright(["config", ...words, "--yes"], { home });
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).not.toContain("hunter2");
    expect(ran.status).toBe(3);
    expect(readFileSync(at(path), "utf8")).toBe(text);
  });
});
