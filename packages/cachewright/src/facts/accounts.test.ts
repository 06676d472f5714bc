import { describe, expect, it } from "vitest";
import { accountsOf, readPasswd } from "./accounts.ts";
import { present } from "./example-facts.ts";
import { machineWith, nothing, withFiles } from "./example-machine.ts";

const passwd = "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1::/usr/sbin:\n# a comment: with: many: colons: in: it:\nada:x:1000:1000:Ada,,,:/home/ada:/bin/sh\ntwin:x:1000:1000::/home/twin:/bin/sh\n+::::::\nshort:x\n";
const group = "root:x:0:\nada:x:1000:\nalso:x:1000:\ndevs:x:2000:ada\n+:::\n";
const identity = { uid: 1000, euid: 1000, gid: 1000, egid: 1000, groups: [1000, 2000] };
const machine = withFiles({ "/etc/passwd": passwd, "/etc/group": group }, { identity });

describe("readPasswd", () => {
  it("reads accounts, and takes neither comments nor calls of NIS for one", () => {
    expect(readPasswd(machine).map(({ name, uid, home }) => [name, uid, home])).toEqual([["root", 0, "/root"], ["daemon", 1, "/usr/sbin"], ["ada", 1000, "/home/ada"], ["twin", 1000, "/home/twin"]]);
  });

  it("is empty where there is no file", () => {
    expect(readPasswd(machineWith({ readFile: () => nothing }))).toEqual([]);
  });
});

describe("accountsOf", () => {
  it("names the user, the user's groups, and the owners that were seen; nobody else", () => {
    expect(accountsOf(machine, readPasswd(machine), [present("/", { uid: 0, gid: 0 })])).toEqual({ users: { 0: "root", 1000: "ada" }, groups: { 0: "root", 1000: "ada", 2000: "devs" } });
    expect(accountsOf(machine, readPasswd(machine), [])).toEqual({ users: { 1000: "ada" }, groups: { 1000: "ada", 2000: "devs" } });
  });
});
