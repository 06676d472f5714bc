import { describe, expect, it } from "vitest";
import { machineWith, nothing, withFiles } from "./example-machine.ts";
import { userFacts } from "./user.ts";

const identity = { uid: 1000, euid: 1000, gid: 100, egid: 100, groups: [100, 27] };
const ada = { name: "ada", uid: 1000, gid: 100, home: "/home/ada", shell: "/bin/sh" };
const of = (env: Record<string, string>, passwd = [ada]): ReturnType<typeof userFacts> => userFacts(machineWith({ env, identity, account: () => nothing }), passwd, "own");

describe("userFacts", () => {
  it("take HOME when it is set, else the account's home", () => {
    expect(of({ HOME: "/elsewhere" })).toMatchObject({ name: { value: "ada" }, homeEnv: { value: "/elsewhere" }, homeAccount: { value: "/home/ada" }, home: { value: "/elsewhere", from: { env: "HOME" } } });
    expect(of({})).toMatchObject({ homeEnv: { ok: false, reason: "absent" }, home: { value: "/home/ada", from: { path: "/etc/passwd" } } });
  });

  it("keep an empty HOME apart from none", () => {
    expect(of({ HOME: "" })).toMatchObject({ homeEnv: { ok: true, value: "" }, home: { value: "/home/ada" } });
  });

  it("ask the system for an account that is not in the file", () => {
    const machine = machineWith({ env: {}, identity, account: () => ({ ok: true, value: { name: "ldap-ada", home: "/nfs/ada" } }) });
    expect(userFacts(machine, [], "own")).toMatchObject({ name: { value: "ldap-ada", from: { call: "getpwuid" } }, home: { value: "/nfs/ada" } });
  });

  it("say that there is neither", () => {
    expect(of({}, [])).toMatchObject({ name: { ok: false }, homeAccount: { ok: false }, home: { ok: false, reason: "absent" } });
  });

  it("know who called sudo, with the program and without what it was told", () => {
    expect(of({ SUDO_UID: "1001", SUDO_USER: "bob", SUDO_COMMAND: "/usr/bin/pip install --index-url https://me:pw@host x" }).sudo).toEqual({ uid: 1001, user: "bob", command: "/usr/bin/pip" });
    expect(of({ SUDO_UID: "1001" }).sudo).toBeUndefined();
    expect(of({ SUDO_UID: "x", SUDO_USER: "bob" }).sudo).toBeUndefined();
  });

  it("read the capabilities from the kernel", () => {
    const status = "Name:\tnode\nCapPrm:\t0000000000000001\nCapEff:\t00000000a80425fb\n";
    expect(userFacts(withFiles({ "/proc/self/status": status }, { platform: "linux", env: {}, identity }), [ada], "own").capabilities).toEqual({ ok: true, value: "00000000a80425fb", from: { path: "/proc/self/status" } });
    expect(userFacts(machineWith({ platform: "darwin", env: {}, identity }), [ada], "login")).toMatchObject({ capabilities: { ok: false, reason: "absent" }, environment: "login", groups: [100, 27] });
  });
});
