import { describe, expect, it } from "vitest";
import { machineWith, withFiles } from "../facts/example-machine.ts";
import type { ShareAct } from "../machine/share-probe.ts";
import { groupsOf, proveShared } from "./prove-shared.ts";
import type { UserSide } from "./user-side.ts";

const account = { name: "ada", uid: 1000, gid: 1000, home: "/home/ada", shell: "/bin/sh" };
const passwd = "root:x:0:0::/root:/bin/sh\nada:x:1000:1000::/home/ada:/bin/sh\nbob:x:1001:1001::/home/bob:/bin/sh\neve:x:1002:1002::/home/eve:/bin/sh\n";
/** bob and root are in devs, eve is not. */
const groups: Readonly<Record<string, string>> = { root: "0 500", ada: "1000 500", bob: "1001 500", eve: "1002" };
const machine = withFiles({ "/etc/passwd": passwd, "/etc/group": "devs:x:500:ada,bob,root\n" }, {
  run: (argv) => ({ ok: true, value: { status: 0, stdout: `${groups[argv.at(-1) ?? ""] ?? ""}\n`, stderr: "" } }),
});

function prove(partners: number[], answers: (who: string, act: ShareAct) => string | undefined = () => undefined) {
  const done: string[] = [];
  const side = ({ name }: { name: string }): UserSide => ({
    share: (act: ShareAct) => {
      done.push(`${name} ${act.do} ${act.directory} ${act.umask.toString(8)}`);
      const errno = answers(name, act);
      return errno === undefined ? { ok: true, value: undefined } : { ok: false, errno };
    },
  }) as unknown as UserSide;
  const probes = proveShared(machine, account, { directories: ["/srv/pip"], gid: 500, partners, umask: 0o022 }, side);
  return { done, probes };
}

describe("the proof as both users", () => {
  it("has each make what the other uses", () => {
    const { done, probes } = prove([1001]);
    expect(done).toEqual(["ada make /srv/pip 22", "bob use /srv/pip 22", "bob make /srv/pip 22", "ada use /srv/pip 22"]);
    expect(probes).toMatchObject([{ directory: "/srv/pip", ok: true }, { directory: "/srv/pip", ok: true }]);
  });

  it("fails with what the second was refused, and the first cleans up", () => {
    const { done, probes } = prove([1001], (who, act) => (who === "bob" && act.do === "use" ? "EACCES" : undefined));
    expect(probes[0]).toEqual({ directory: "/srv/pip", ok: false, errno: "EACCES" });
    expect(done.slice(0, 3)).toEqual(["ada make /srv/pip 22", "bob use /srv/pip 22", "ada clean /srv/pip 22"]);
  });

  it("takes no partner the system does not put into the group, and never root", () => {
    expect(prove([1002, 0]).done.map((line) => line.split(" ")[0])).toEqual(["ada", "bob", "bob", "ada"]);
  });

  it("is left out where there is nobody to prove it with", () => {
    const alone = withFiles({ "/etc/passwd": passwd, "/etc/group": "" }, { run: () => ({ ok: true, value: { status: 0, stdout: "1000\n", stderr: "" } }) });
    expect(proveShared(alone, account, { directories: ["/srv/pip"], gid: 500, partners: [1001], umask: 0o022 }, () => { throw new Error("nobody is asked"); })).toEqual([]);
  });
});

describe("the groups of an account", () => {
  it("are what id(1) says, and none where it fails", () => {
    expect(groupsOf(machine, "ada")).toEqual([1000, 500]);
    expect(groupsOf(machineWith({ run: () => ({ ok: true, value: { status: 1, stdout: "", stderr: "no such user" } }) }), "ada")).toEqual([]);
  });
});
