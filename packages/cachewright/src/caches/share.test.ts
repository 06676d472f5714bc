import { describe, expect, it } from "vitest";
import type { Machine, Stat } from "../machine/machine.ts";
import type { ToolName } from "../tools/tool.ts";
import { exampleEntry, examplePlace } from "./example-entries.ts";
import type { Inventory } from "./inventory.ts";
import { prepareShare } from "./share.ts";

const dir = (mode: number, gid = 0): Stat => ({ type: "dir", dev: "1", ino: "1", mode, nlink: 2, uid: 1000, gid, size: 0, allocated: 0, mtimeMs: 0, atimeMs: 0 });

interface World {
  readonly tool?: ToolName;
  readonly groups?: readonly number[];
  readonly stats?: Readonly<Record<string, Stat>>;
  readonly setfacl?: boolean;
  readonly foreign?: readonly string[];
  readonly uid?: number;
  readonly marks?: readonly string[];
}

const root = "/srv/cache";

function share(name: string, { tool = "pip", groups = [1000, 2000], stats = {}, setfacl = true, foreign = [], uid = 1000, marks = [] }: World = {}): ReturnType<typeof prepareShare> {
  const all: Readonly<Record<string, Stat>> = { "/": dir(0o755), "/srv": dir(0o755), [root]: dir(0o755), ...stats };
  const files: Readonly<Record<string, string>> = {
    "/etc/group": "root:x:0:\nme:x:1000:\nlab:x:2000:me,anna\nempty:x:2001:\n", "/etc/passwd": "root:x:0:0::/root:/bin/sh\nme:x:1000:1000::/home/me:/bin/sh\nanna:x:1001:1001::/home/anna:/bin/sh\n",
  };
  const machine = {
    env: { HOME: "/home/me" }, identity: { uid: 1000, euid: 1000, gid: 1000, egid: 1000, groups }, access: () => "ok",
    account: () => ({ ok: true, value: { name: "me", home: "/home/me" } }), realpath: (path: string) => ({ ok: true, value: path }),
    readFile: (path: string) => (files[path] === undefined ? { ok: false, errno: "ENOENT" } : { ok: true, value: Buffer.from(files[path]) }),
    lstat: (path: string) => (all[path] === undefined ? { ok: false, errno: "ENOENT" } : { ok: true, value: all[path] }),
    run: () => (setfacl ? { ok: true, value: { status: 0, stdout: "", stderr: "" } } : { ok: false, errno: "ENOENT" }),
  } as unknown as Machine;
  const place = { ...examplePlace, tool, root, path: root, uid };
  const inventory = { place, entries: [exampleEntry("http-v2/a/b", { place })], marks: marks.map((mark) => `${root}/${mark}`), foreign, unread: [] } as unknown as Inventory;
  return prepareShare(machine, inventory, name);
}

const kinds = ({ steps }: ReturnType<typeof prepareShare>): string[] => steps.map(({ kind }) => kind);

describe("what is shared how", () => {
  it("pip's: group, bits for the group and none for everybody, and lists for what is new", () => {
    const found = share("lab");
    expect(found.group).toEqual({ name: "lab", gid: 2000, members: ["me", "anna"] });
    expect(found.steps).toMatchObject([{ kind: "chgrp", root, gid: 2000 }, { kind: "chmod", dirs: { add: 0o2070, remove: 0o002 }, files: { add: 0o060, remove: 0o002 } }, { kind: "default-acl" }]);
  });

  it("uv's: files of packages to be read, what every start opens to be written", () => {
    const { steps } = share("lab", { tool: "uv", marks: [".lock", "sdists-v9"] });
    expect(steps).toMatchObject([{ kind: "chgrp" }, { kind: "chmod", files: { add: 0o040 } }, { kind: "chmod", only: [".lock", "sdists-v9"], files: { add: 0o060 } }, { kind: "default-acl" }]);
  });

  it("conda's: to be read only, for each member writes in a cache of their own", () => {
    const found = share("lab", { tool: "conda" });
    expect(found.way).toBe("read");
    expect(found.steps).toMatchObject([{ kind: "chgrp" }, { kind: "chmod", dirs: { add: 0o2050, remove: 0o022 }, files: { add: 0o040, remove: 0o022 } }]);
  });

  it("without setfacl by bits alone", () => expect(kinds(share("lab", { setfacl: false }))).toEqual(["chgrp", "chmod"]));

  it("only what is the tool's, where other things lie beside it", () => {
    expect(share("lab", { foreign: [`${root}/letters`] }).steps.every((step) => "only" in step && step.only?.join() === "http-v2")).toBe(true);
  });

  it("never with a bit for everybody", () => {
    for (const tool of ["pip", "uv", "conda"] as const) {
      for (const step of share("lab", { tool, marks: [".lock"] }).steps) if (step.kind === "chmod") expect((step.dirs.add | step.files.add) & 0o007).toBe(0);
    }
  });
});

describe("what cannot be shared", () => {
  it.each<[string, string, World, string]>([
    ["with a group that is none", "nobody-knows", {}, "there is no group nobody-knows"],
    ["with a group one is not in", "empty", {}, "you are not in the group empty"],
    ["in a home that others may not pass", "lab", { stats: { "/srv": dir(0o700) } }, "/srv lets others not pass"],
    ["behind a directory of the group's that the group may not pass", "lab", { stats: { "/srv": dir(0o705, 2000) } }, "/srv lets others not pass"],
    ["by who does not own it", "lab", { uid: 1001 }, "belongs to uid 1001"],
    ["of a tool of which nobody knows whether it bears that", "lab", { tool: "hatch" }, "nobody has tried"],
  ])("is refused %s", (_, group, world, why) => expect(() => share(group, world)).toThrow(why));

  it("but may be where the group itself may pass", () => expect(kinds(share("lab", { stats: { "/srv": dir(0o710, 2000) } }))).toContain("chgrp"));
});
