import { describe, expect, it } from "vitest";
import type { Machine, Stat } from "../machine/machine.ts";
import { keepsOff } from "./keeps-off.ts";
import type { ToolName } from "../tools/tool.ts";

const root = "/home/me/.cache/pip";
const dir = (uid: number, mode = 0o755): Stat => ({ type: "dir", dev: "1", ino: "1", mode, nlink: 2, uid, gid: uid, size: 0, allocated: 0, mtimeMs: 0, atimeMs: 0 });

interface World {
  readonly tool?: ToolName;
  readonly root?: string;
  readonly argv?: readonly string[];
  readonly environment?: readonly string[] | "EACCES";
  readonly uids?: string;
  readonly capabilities?: string;
  readonly modes?: Readonly<Record<string, Stat>>;
  readonly mounts?: string;
  readonly top?: string;
  readonly cwd?: string;
  readonly real?: Readonly<Record<string, string>>;
}

/** Process 7 as /proc tells it, in a machine where the account 1000 keeps its cache. */
function machineWith({ environment = [], uids = "1000\t1000\t1000\t1000", capabilities = "0000000000000000", modes = {}, mounts = "mnt:[1]", top = "/", cwd, real = {} }: World): Machine {
  const files: Readonly<Record<string, string>> = {
    "/proc/7/status": `Name:\tpip\nUid:\t${uids}\nCapInh:\t0000000000000000\nCapPrm:\t${capabilities}\nCapEff:\t${capabilities}\nCapAmb:\t0000000000000000\n`,
    ...(environment === "EACCES" ? {} : { "/proc/7/environ": environment.join("\0") }),
  };
  const links: Readonly<Record<string, string | undefined>> = { "/proc/self/ns/mnt": "mnt:[1]", "/proc/7/ns/mnt": mounts, "/proc/self/root": "/", "/proc/7/root": top, "/proc/7/cwd": cwd };
  const stats: Readonly<Record<string, Stat>> = { "/": dir(0), "/home": dir(0), "/home/me": dir(1000), "/home/me/.cache": dir(1000), [root]: dir(1000), ...modes };
  return {
    readFile: (path: string) => (files[path] === undefined ? { ok: false, errno: "EACCES" } : { ok: true, value: Buffer.from(files[path]) }),
    readlink: (path: string) => (links[path] === undefined ? { ok: false, errno: "EACCES" } : { ok: true, value: links[path] }),
    lstat: (path: string) => (stats[path] === undefined ? { ok: false, errno: "ENOENT" } : { ok: true, value: stats[path] }),
    realpath: (path: string) => (real[path] === undefined && stats[path] === undefined ? { ok: false, errno: "ENOENT" } : { ok: true, value: real[path] ?? path }),
  } as unknown as Machine;
}

function isOff({ tool = "pip", argv = ["python3", "/usr/bin/pip", "install", "numpy"], ...world }: World): boolean {
  return keepsOff(machineWith(world), { tool, root: world.root ?? root, running: { pid: "7", command: argv.join(" "), argv } });
}

describe("another account's process", () => {
  const other = { uids: "1001\t1001\t1001\t1001" } as const;

  it("keeps off where a directory on the way, or the cache itself, is its owner's alone", () => {
    expect(isOff({ ...other, modes: { "/home/me": dir(1000, 0o700) } })).toBe(true);
    expect(isOff({ ...other, modes: { [root]: dir(1000, 0o700) } })).toBe(true);
  });

  it.each<[string, World]>([
    ["all may pass", {}],
    ["the group may, or an access list shows in the group's bits", { modes: { "/home/me": dir(1000, 0o710) } }],
    ["it is root's", { uids: "0\t0\t0\t0", modes: { "/home/me": dir(1000, 0o700) } }],
    ["it can become root again", { uids: "1001\t1001\t0\t1001", modes: { "/home/me": dir(1000, 0o700) } }],
    ["it can become the owner again", { uids: "1001\t1001\t1000\t1001", modes: { "/home/me": dir(1000, 0o700) } }],
    ["it has powers of root's", { capabilities: "0000000000000002", modes: { "/home/me": dir(1000, 0o700) } }],
    ["nothing tells whose it is", { uids: "", modes: { "/home/me": dir(1000, 0o700) } }],
  ])("may be at work where %s", (_, world) => expect(isOff({ ...other, ...world })).toBe(false));

  it("of one's own is not shut out by a closed home", () => expect(isOff({ modes: { "/home/me": dir(1000, 0o700) } })).toBe(false));
});

describe("a process that was started with another cache", () => {
  it.each<[string, World]>([
    ["by its variable", { environment: ["A=b", "PIP_CACHE_DIR=/srv/pip"] }],
    ["by its option", { argv: ["pip3", "install", "--cache-dir", "/srv/pip", "x"] }],
    ["by its option, which wins over the variable", { argv: ["pip", "--cache-dir=/srv/pip", "list"], environment: [`PIP_CACHE_DIR=${root}`] }],
    ["by the last of its options", { argv: ["pip", "--cache-dir", root, "install", "--cache-dir", "/srv/pip"] }],
    ["relative to where it runs", { argv: ["pip", "install", "--cache-dir", "mine"], cwd: "/srv" }],
    ["by having none at all, wherever it runs", { argv: ["python3", "-m", "pip", "install", "--no-cache-dir", "x"], environment: "EACCES", mounts: "mnt:[2]" }],
    ["as python -m pip", { argv: ["python3.11", "-m", "pip", "install", "x"], environment: ["PIP_CACHE_DIR=/srv/pip"] }],
    ["uv", { tool: "uv", argv: ["uv", "run", "sleep", "9"], environment: ["UV_CACHE_DIR=/srv/uv"] }],
    ["uv by its option", { tool: "uv", argv: ["/bin/uv", "sync", "--cache-dir", "/srv/uv"] }],
    ["pipenv, whose pip is told by pip's variable", { tool: "pipenv", environment: ["PIP_CACHE_DIR=/srv/pipenv"] }],
    ["poetry", { tool: "poetry", argv: ["poetry", "install"], environment: ["POETRY_CACHE_DIR=/srv/poetry"] }],
    ["pdm", { tool: "pdm", argv: ["pdm", "sync"], environment: ["PDM_CACHE_DIR=/srv/pdm"] }],
  ])("keeps off: %s", (_, world) => expect(isOff(world)).toBe(true));

  it.each<[string, World]>([
    ["nothing names a cache", {}],
    ["it names this one", { environment: [`PIP_CACHE_DIR=${root}`] }],
    ["it names this one by a link", { environment: ["PIP_CACHE_DIR=/link"], real: { "/link": root } }],
    ["what it names will be made below a link to this one", { environment: ["PIP_CACHE_DIR=/link/below"], real: { "/link": root } }],
    ["it names a directory above", { environment: ["PIP_CACHE_DIR=/home/me/.cache"] }],
    ["the option names this one, and the variable another", { argv: ["pip", "install", "--cache-dir", root], environment: ["PIP_CACHE_DIR=/srv/pip"] }],
    ["an option may be cut short", { argv: ["pip", "install", "--cache", root], environment: ["PIP_CACHE_DIR=/srv/pip"] }],
    ["it has one after all", { argv: ["pip", "install", "--no-cache-dir", "--cache-dir", root] }],
    ["variables do not count for it", { argv: ["pip", "install", "--isolated"], environment: ["PIP_CACHE_DIR=/srv/pip"] }],
    ["the variable is empty", { environment: ["PIP_CACHE_DIR="] }],
    ["the home of the variable is for pip to say", { environment: ["PIP_CACHE_DIR=~/pip"] }],
    ["its environment may not be read", { environment: "EACCES" }],
    ["names mean something else to it", { environment: ["PIP_CACHE_DIR=/srv/pip"], mounts: "mnt:[2]" }],
    ["it has another root", { environment: ["PIP_CACHE_DIR=/srv/pip"], top: "/jail" }],
    ["where it runs is not known", { argv: ["pip", "install", "--cache-dir", "mine"] }],
    ["the option may be the program's that uv runs", { tool: "uv", argv: ["uv", "run", "job", "--cache-dir", "/srv/uv"] }],
    ["the variable is another tool's", { tool: "virtualenv", argv: ["poetry", "install"], environment: ["POETRY_CACHE_DIR=/srv/poetry"] }],
  ])("may be at work here: %s", (_, world) => expect(isOff(world)).toBe(false));
});
