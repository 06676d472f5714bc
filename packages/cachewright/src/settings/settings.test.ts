import { mkdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../test/pythons/python-tree.ts";
import { loadTool, toolNames } from "../tools/all-tools.ts";
import type { ConfigScope, ToolName } from "../tools/tool.ts";
import { abandonedBy, judge } from "./judge.ts";
import { keysNamed } from "./key-names.ts";
import { neutralKeys } from "./neutral-keys.ts";
import { overlaid } from "./overlay.ts";
import { parseAs, questionsFor, type Question } from "./questions.ts";
import { changesBetween, settingGroups } from "./rows.ts";
import { fileEdits, type FileEdit } from "./targets.ts";
import { keyChanges, type Verb } from "./wish.ts";

let tree: PythonTree;
beforeEach(() => {
  tree = pythonTree();
  mkdirSync(tree.at("home"));
  mkdirSync(tree.at("work"));
});
afterEach(() => tree.remove());

const newest: Readonly<Partial<Record<ToolName, string>>> = { pip: "24.3.1", uv: "0.13.9", conda: "26.7", pixi: "0.70.0" };

async function question(tool: ToolName, env: Record<string, string> = {}): Promise<Question> {
  const machine = { ...tree.machine({ HOME: tree.at("home"), ...env }, tree.at("work")), account: () => ({ ok: true as const, value: { name: "me", home: tree.at("home") } }) };
  const [found] = await questionsFor(machine, tool, { as: [{ tool, version: newest[tool] ?? "1" }] });
  if (found === undefined) throw new Error("no question");
  return found;
}

interface Wanted {
  readonly tool: ToolName;
  readonly verb?: Verb;
  readonly values?: readonly string[];
  readonly scope?: ConfigScope;
  readonly env?: Record<string, string>;
}

async function edits(name: string, { tool, verb = "set", values = [], scope, env }: Wanted): Promise<FileEdit[]> {
  const asked = await question(tool, env);
  return fileEdits(asked, keyChanges({ tool: asked.tool, verb, name, values, cwd: tree.at("work"), isFirst: false }, keysNamed(asked.tool, name)), scope);
}

async function failure(of: Promise<unknown>): Promise<string> {
  return of.then(() => "none", (error: Error) => error.message);
}

describe("a file that may not be read", () => {
  it("is not written over", async () => {
    const own = tree.file("home/.config/uv/uv.toml", "offline = true\n");
    const { tool, asked, ...rest } = await question("uv");
    const closed = { ...asked.machine, readFile: (path: string) => (path === own ? { ok: false as const, errno: "EACCES" as const } : asked.machine.readFile(path)), access: (path: string, want: "read" | "write" | "search") => (path === own ? "EACCES" as const : asked.machine.access(path, want)) };
    const changes = keyChanges({ tool, verb: "set", name: "offline", values: ["on"], cwd: tree.at("work"), isFirst: false }, keysNamed(tool, "offline"));
    expect(() => fileEdits({ ...rest, tool, asked: { ...asked, machine: closed } }, changes, undefined)).toThrow(`${own} cannot be read (EACCES): what is in it could not be kept`);
  });
});

describe("names", () => {
  it("are every tool's own, its variables', and those that all share", async () => {
    const pip = await loadTool("pip");
    const named = (name: string): string[] => keysNamed(pip, name).map(({ key, section }) => `${section ?? ""}${key.key}`);
    expect([named("no-cache-dir"), named("no_cache_dir"), named("PIP_NO_CACHE_DIR"), named("cache"), named("install.user"), named("global.cache-dir"), named("npm")])
      .toEqual([["no-cache-dir"], ["no-cache-dir"], ["no-cache-dir"], ["no-cache-dir"], ["installuser"], ["globalcache-dir"], []]);
    expect(keysNamed(await loadTool("conda"), "link-mode").map(({ key }) => key.key)).toEqual(["always_copy", "always_softlink"]);
  });

  it("that all share are used by tools, and no others are", async () => {
    const tools = await Promise.all(toolNames.map(loadTool));
    const used = new Set(tools.flatMap(({ keys }) => keys.flatMap(({ neutral }) => neutral ?? [])));
    expect([...used].filter((name) => !neutralKeys.includes(name))).toEqual([]);
  });

  it("of versions are read in the ways people write them", () => {
    expect([parseAs("pip=24.3.1"), parseAs("uv==0.5"), parseAs("conda@v4.12")].map(({ tool, version }) => `${tool} ${version}`)).toEqual(["pip 24.3.1", "uv 0.5", "conda 4.12"]);
    expect(() => parseAs("pip")).toThrow("--as wants TOOL=VERSION");
  });
});

describe("where a change goes", () => {
  it("is the person's file, or the one that is asked for", async () => {
    tree.file("work/pyproject.toml", "[tool.uv]\n");
    const at = async (scope?: ConfigScope): Promise<string> => (await edits("offline", { tool: "uv", values: ["on"], ...(scope === undefined ? {} : { scope }) })).map(({ path, edits: all }) => `${path.replace(`${tree.root}/`, "")} ${all[0]?.path.join(".")}`).join();
    expect([await at(), await at("project"), await at("global")]).toEqual(["home/.config/uv/uv.toml offline", "work/pyproject.toml tool.uv.offline", "/etc/uv/uv.toml offline"]);
    expect(await failure(at("site"))).toBe("uv has no site file here");
  });

  it("is the file that a variable names, where the person's own is not read", async () => {
    const path = tree.file("my.conf", "");
    tree.file("home/.config/pip/pip.conf", "");
    const [edit] = await edits("cache-dir", { tool: "pip", values: ["/x"], env: { PIP_CONFIG_FILE: path } });
    expect(edit).toMatchObject({ path, scope: "env-file" });
  });

  it("is where the setting stands, when it is taken out; a variable is not ours to take", async () => {
    const path = tree.file("home/.pip/pip.conf", "[install]\ncache-dir = /x\n");
    expect(await edits("cache-dir", { tool: "pip", verb: "unset" })).toMatchObject([{ path }]);
    expect(await edits("log", { tool: "pip", verb: "unset" })).toEqual([]);
    expect(await failure(edits("target", { tool: "pip", verb: "unset", env: { PIP_TARGET: "/x" } }))).toBe("target of pip comes from the variable PIP_TARGET, not from a file");
  });

  it("is the shell's start-up file for what only a variable sets", async () => {
    tree.file("home/.bash_login", "");
    const path = async (shell: string): Promise<string | undefined> => (await edits("tool-dir", { tool: "uv", values: ["tools"], env: { SHELL: shell } }))[0]?.path.replace(`${tree.root}/`, "");
    expect([await path("/bin/bash"), await path("/usr/bin/zsh"), await path("/bin/sh")]).toEqual(["home/.bash_login", "home/.zshenv", "home/.profile"]);
    expect(await failure(path("/usr/bin/fish"))).toContain("there is no start-up file");
  });
});

describe("what is written", () => {
  it("has the type and the words of the tool", async () => {
    const said = async (name: string, wanted: Wanted): Promise<unknown> => (await edits(name, wanted)).flatMap(({ edits: all }) => all);
    expect(await said("cache", { tool: "pip", values: ["off"] })).toEqual([{ do: "set", path: ["global", "no-cache-dir"], value: true }]);
    expect(await said("install.user", { tool: "pip", values: ["no"] })).toEqual([{ do: "set", path: ["install", "user"], value: false }]);
    expect(await said("cache-dir", { tool: "pixi", values: ["c"] })).toEqual([{ do: "set", path: ["cache", "root"], value: tree.at("work/c") }]);
    expect(await said("channels", { tool: "conda", values: ["a", "b"] })).toEqual([{ do: "set", path: ["channels"], value: ["a", "b"] }]);
    expect(await said("link-mode", { tool: "conda", values: ["copy"] })).toEqual([{ do: "set", path: ["always_copy"], value: true }]);
    expect(await said("local_repodata_ttl", { tool: "conda", values: ["0"] })).toEqual([{ do: "set", path: ["local_repodata_ttl"], value: 0 }]);
  });

  it("is refused where it is none of the tool's", async () => {
    expect(await failure(edits("link-mode", { tool: "conda", values: ["glue"] }))).toBe("link-mode is copy or hardlink or symlink, not glue");
    expect(await failure(edits("custom_channels", { tool: "conda", values: ["a"] }))).toContain("holds names and values");
    expect(await failure(edits("log", { tool: "pip", values: ["a", "b"] }))).toBe("log of pip takes one value");
    expect(await failure(edits("index", { tool: "pip", values: ["https://me:hunter2@example.org/s"] }))).toContain("holds a password");
  });
});

describe("what comes of it", () => {
  const after = (asked: Question, text: string): ReturnType<typeof overlaid> => overlaid(asked.asked.machine, { files: new Map([[tree.at("home/.config/pip/pip.conf"), Buffer.from(text)]]) });

  it("is in force, beaten, unread or unknown", async () => {
    const cache = await edits("cache-dir", { tool: "pip", values: ["/x"] });
    const text = "[global]\ncache-dir = /x\n";
    const free = await question("pip");
    expect(judge(free, after(free, text), cache)).toMatchObject([{ status: "in-force", before: { source: "default" }, after: { effective: "/x" } }]);
    const shut = await question("pip", { PIP_CACHE_DIR: "/y" });
    expect(judge(shut, after(shut, text), cache)).toMatchObject([{ status: "beaten", by: { env: "PIP_CACHE_DIR" } }]);
    expect(judge(free, after(free, "[freeze]\ncache-dir = /x\n"), cache)).toMatchObject([{ status: "unread" }]);
    const old = { ...free, asked: { ...free.asked, version: "22.0" } };
    expect(judge(old, after(old, text), await edits("break-system-packages", { tool: "pip", values: ["true"] }))).toMatchObject([{ status: "unknown" }]);
  });

  it("comes with the tool's own complaint, where there was none before", async () => {
    const cache = await edits("cache", { tool: "pip", values: ["off"] });
    const asked = await question("pip");
    expect(judge(asked, after(asked, "[global]\nno-cache-dir = maybe\n"), cache)[0]?.error).toContain("invalid truth value 'maybe'");
    expect(judge(asked, after(asked, "[global\n"), cache)[0]?.error).toBe("File contains no section headers.");
  });

  it("leaves a cache behind only where there is something in it, and the tool goes on with another", async () => {
    const asked = await question("pip");
    const moved = "[global]\ncache-dir = /x\n";
    expect(abandonedBy(asked, after(asked, moved))).toEqual([]);
    tree.file("home/.cache/pip/http-v2/a");
    expect(abandonedBy(asked, after(asked, moved))).toEqual([tree.at("home/.cache/pip")]);
    expect(abandonedBy(asked, after(asked, "[global]\nno-cache-dir = true\n"))).toEqual([]);
  });
});

describe("rows", () => {
  it("tell of another command only where it differs, and group what is the same", async () => {
    tree.file("home/.config/pip/pip.conf", "[install]\ncache-dir = /x\n");
    const asked = await question("pip");
    const [group] = settingGroups([asked, asked], (_, key) => key === "cache-dir");
    expect(group?.rows.map(({ command, effective }) => [command, effective])).toEqual([[undefined, "/x"], ["download", tree.at("home/.cache/pip")], ["wheel", tree.at("home/.cache/pip")], ["cache", tree.at("home/.cache/pip")]]);
    expect(settingGroups([asked, asked], () => true)).toHaveLength(1);
  });

  it("show what another version makes of the same files", async () => {
    tree.file("home/.config/pip/pip.conf", "[global]\nno-cache-dir = true\n");
    const asked = await question("pip");
    const old = { ...asked, version: "18.1", asked: { ...asked.asked, version: "18.1" } };
    const [to, from] = settingGroups([asked, old], () => true);
    if (from === undefined || to === undefined) throw new Error("two groups");
    expect(changesBetween(from, to).map(({ from: was, to: is }) => [was?.key, is?.key, was?.error === undefined])).toEqual([
      ["no-cache-dir", "no-cache-dir", false], [undefined, "break-system-packages", true], [undefined, "root-user-action", true],
    ]);
  });
});
