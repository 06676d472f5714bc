import { describe, expect, it } from "vitest";
import { absent, me, present, root, user, type PathWords } from "./example-facts.ts";
import { machineWith, withFiles } from "./example-machine.ts";
import type { SharedFact } from "./facts.ts";
import { startLooks } from "./looks.ts";
import { watchSharing } from "./sharing.ts";

const devs = 500;
const passwd = [{ name: "me", uid: 1000, gid: 1000, home: "/", shell: "" }, { name: "other", uid: 1001, gid: 1001, home: "/", shell: "" }];
const member = user({ groups: [me.gid, devs] });

function watched(top: PathWords, entries: readonly [string, PathWords][], { who = member, setfacl = true } = {}): SharedFact[] {
  const looks = startLooks(withFiles({ "/etc/group": "devs:x:500:me,other\n" }, { access: machineWith().access }));
  looks.paths.set("/c", present("/c", top));
  looks.paths.set("/usr/bin/setfacl", setfacl ? present("/usr/bin/setfacl", { type: "file" }) : absent("/usr/bin/setfacl"));
  looks.paths.set("/bin/setfacl", absent("/bin/setfacl"));
  const sharing = watchSharing(looks, who);
  const { watch } = sharing.watchFor("/c");
  for (const [path, words] of entries) {
    const seen = present(path, words);
    looks.paths.set(path, seen);
    watch?.(seen);
  }
  return sharing.facts(passwd);
}

const top = { uid: 0, gid: devs, mode: 0o2775 };

describe("what is looked at of a share", () => {
  it("is nothing where no group may write, where the group is one's own, and for root", () => {
    const entries: [string, PathWords][] = [["/c/wheels", { mode: 0o755 }]];
    expect(watched({ ...top, mode: 0o2755 }, entries)).toEqual([]);
    expect(watched({ mode: 0o775 }, entries)).toEqual([]);
    expect(watched(top, entries, { who: root() })).toEqual([]);
  });

  it("is what the group may not write, or what hands on another group", () => {
    const [shared] = watched(top, [
      ["/c/right", { gid: devs, mode: 0o2775 }], ["/c/umask", { gid: devs, mode: 0o2755 }], ["/c/group", { mode: 0o2775 }], ["/c/no-setgid", { gid: devs, mode: 0o775 }],
      ["/c/origin.json", { type: "file", gid: devs, mode: 0o664 }], ["/c/closed.json", { type: "file", gid: devs, mode: 0o644 }],
    ]);
    expect(shared).toMatchObject({ cache: "/c", gid: devs, members: 2, closedCount: 4, setfacl: true });
    expect(shared?.closed).toEqual(["/c/umask", "/c/group", "/c/no-setgid", "/c/closed.json"]);
  });

  it("asks for no setgid bit where the group is everybody's first", () => {
    const [shared] = watched({ ...top, mode: 0o775 }, [["/c/wheels", { gid: devs, mode: 0o775 }]], { who: user({ gid: devs, groups: [devs] }) });
    expect(shared?.closed).toEqual([]);
  });

  it("names other owners, but not root and not the user", () => {
    const [shared] = watched(top, [["/c/a", { ...top, uid: 1001 }], ["/c/b", { ...top, uid: 1001 }], ["/c/c", { ...top, uid: 0 }], ["/c/d", { ...top, uid: me.uid }]]);
    expect(shared?.owners).toEqual([1001]);
  });

  it("lists fifty and counts the rest", () => {
    const [shared] = watched(top, Array.from({ length: 60 }, (_, n) => [`/c/${n}`, { gid: devs, mode: 0o2755 }]));
    expect([shared?.closed.length, shared?.closedCount]).toEqual([50, 60]);
  });

  it("knows whether lists can be set here", () => {
    expect(watched(top, [["/c/a", { gid: devs, mode: 0o2755 }]], { setfacl: false })[0]?.setfacl).toBe(false);
  });
});
