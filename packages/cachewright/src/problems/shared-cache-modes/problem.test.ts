import { describe, expect, it } from "vitest";
import { cache, factsWith, me, present, root, rootOwned, scanned, user } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { diagnose } from "../diagnose.ts";
import { examine } from "../examine.ts";
import { sharedMachine } from "../ill-shares.ts";
import { sharedUv } from "../ill-uv.ts";
import { problem } from "./problem.ts";

const place = "/srv/pip";
const devs = 500;
const theirs = (name: string, words = {}) => present(`${place}/${name}`, { uid: 1001, gid: devs, mode: 0o2755, ...words });
const mine = (name: string, words = {}) => present(`${place}/${name}`, { gid: devs, mode: 0o2755, ...words });
const together = async (facts: Facts): Promise<unknown> => (await diagnose(facts)).findings.map(({ finding, folded }) => [finding.problem, finding.subject, folded.map((one) => one.problem)]);

describe("shared-cache-modes finds", () => {
  it("what another member's umask closed, and that is the one finding", async () => {
    const facts = sharedMachine([theirs("http-v2"), theirs("wheels")]);
    const { found } = examine(problem, facts);
    expect(found).toMatchObject({ severity: "error", subject: place, params: { path: `${place}/http-v2`, owner: "other", group: "devs", mode: "2755", variant: "denied" } });
    expect(found.evidence.map(({ says }) => says)).toEqual(["the cache is open to the group devs", ...Array<string>(2).fill("made by other, and mode 2755 keeps the group from writing")]);
    expect(await together(facts)).toEqual([["shared-cache-modes", place, ["cache-write-denied", "wheel-cache-write-denied"]]]);
  });

  it("what the user's own umask closes to the others, before anybody complains", () => {
    expect(examine(problem, sharedMachine([mine("wheels")], { owners: [] })).found).toMatchObject({ severity: "warning", params: { owner: "me", variant: "own" } });
  });

  it("another group, and a directory that hands on no group", () => {
    const says = (words: Parameters<typeof present>[1]) => examine(problem, sharedMachine([mine("wheels", words)])).found.evidence[1]?.says;
    expect(says({ gid: me.gid, mode: 0o775 })).toBe("made by you and of the group me, not devs (mode 0775)");
    expect(says({ gid: devs, mode: 0o775 })).toBe("without the setgid bit (mode 0775), so what is made in it belongs to another group");
    expect(says({ gid: devs, mode: 0o2720 })).toBe("made by you, and mode 2720 keeps the group from reading and entering");
  });

  it("a share that is open to everybody as well, whose cure closes that too", async () => {
    const open = present(place, { uid: 0, gid: devs, mode: 0o2777 });
    const facts = sharedMachine([theirs("wheels")], {}, { paths: [open], scans: [scanned([theirs("wheels")], { root: place, openToAll: [open], openCount: 1 })] });
    expect(await together(facts)).toEqual([["shared-cache-modes", place, ["cache-world-writable", "wheel-cache-write-denied"]]]);
  });
});

describe("shared-cache-modes leaves alone", () => {
  it("a healthy machine, a share done right, and root", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(sharedMachine([]))).toEqual([]);
    expect(problem.detect({ ...sharedMachine([theirs("wheels")]), user: root() })).toEqual([]);
  });

  it("the group that is one account's own, and one the user is not in", () => {
    const own = sharedMachine([mine("wheels", { gid: me.gid })], { gid: me.gid, members: 1 });
    expect(problem.detect(own)).toEqual([]);
    expect(problem.detect({ ...sharedMachine([theirs("wheels")]), user: user() })).toEqual([]);
  });

  it("a home whose bits are a habit of the umask", () => {
    const closed = present(`${cache}/wheels`, { gid: devs, mode: 0o755 });
    const shared = { cache, gid: devs, members: 9, owners: [] as number[], closed: [closed.path], closedCount: 1, setfacl: true };
    const facts = factsWith({ user: user({ groups: [me.gid, devs] }), paths: [present(cache, { gid: devs, mode: 0o2775 }), closed], shared: [shared] });
    expect(problem.detect(facts)).toEqual([]);
    expect(problem.detect({ ...facts, shared: [{ ...shared, owners: [1001] }] })).toHaveLength(1);
  });

  it("what an access control list forbids", () => {
    const acl = ["user::rwx", "user:me:r-x", "group::rwx", "mask::rwx", "other::r-x"];
    expect(problem.detect(sharedMachine([theirs("wheels", { mode: 0o2775, write: "EACCES", acl })]))).toEqual([]);
  });
});

describe("the cures", () => {
  it("are, gentlest first: open it to the group, one cache each, once without", () => {
    const { ids, cure } = examine(problem, sharedMachine([theirs("wheels")]));
    expect(ids).toEqual(["share", "own-cache", "once-without"]);
    const tree = { actor: "root", root: place, within: place, select: "tree", only: expect.arrayContaining(["wheels"]) as unknown };
    expect(cure("share")).toMatchObject({
      needs: "root", probes: [place, `${place}/wheels`],
      steps: [{ kind: "chmod", dirs: { add: 0o2070, remove: 0o002 }, files: { add: 0o060, remove: 0o002 }, ...tree }, { kind: "default-acl", ...tree }],
      share: { directories: [place, `${place}/wheels`], gid: devs, partners: [1001], umask: 0o022 },
    });
    expect(cure("own-cache").steps).toMatchObject([{ kind: "change-config", change: { key: "cache-dir", value: "/home/me/.local/share/pip-cache" } }]);
  });

  it("change the group first where it is not the same everywhere, or where not all is known", () => {
    const first = (facts: Facts) => examine(problem, facts).cure("share").steps[0];
    expect(first(sharedMachine([theirs("wheels", { gid: 1001, mode: 0o755 })]))).toMatchObject({ kind: "chgrp", gid: devs, actor: "root", select: "tree" });
    expect(first(sharedMachine([theirs("wheels")], { closedCount: 60 }))).toMatchObject({ kind: "chgrp" });
  });

  it("never give others a bit", () => {
    const others = examine(problem, sharedMachine([theirs("wheels")])).cure("share").steps.flatMap((step) => (step.kind === "chmod" ? [step.dirs.add & 0o007, step.files.add & 0o007] : []));
    expect(others).toEqual([0, 0]);
  });

  it("need no root where all that is closed is the user's own, and then leave others' directories untouched", () => {
    const { cure } = examine(problem, sharedMachine([mine("wheels")], { owners: [] }));
    expect(cure("share")).toMatchObject({ needs: "user", probes: [`${place}/wheels`] });
    expect(cure("share").steps.every(({ actor }) => actor === "user")).toBe(true);
    expect(examine(problem, sharedMachine([mine("wheels"), present(`${place}/http-v2`, { ...rootOwned, mode: 0o755 })])).cure("share").needs).toBe("root");
    expect(examine(problem, sharedMachine([mine("wheels")], { closedCount: 60 })).cure("share").needs).toBe("root");
  });

  it("without setfacl open what is there, and are proved under the umask they ask for", () => {
    const { ids, cure } = examine(problem, sharedMachine([theirs("wheels")], { setfacl: false }));
    expect(ids).toEqual(["share-by-modes", "own-cache", "once-without"]);
    expect(cure("share-by-modes").steps.map(({ kind }) => kind)).toEqual(["chmod"]);
    expect(cure("share-by-modes").share?.umask).toBe(0o002);
  });
});

describe("in a uv cache", () => {
  it("finds what the user is refused; the administrator is told what to type, and one's own cache is made", () => {
    const { found, ids, cure } = examine(problem, sharedUv({ uid: 1001 }));
    expect(found).toMatchObject({ severity: "error", subject: "/srv/uv", params: { path: "/srv/uv/wheels-v8", pip: "uv 0.13.9", variant: "denied" } });
    expect(ids).toEqual(["share-by-root", "own-cache", "once-without"]);
    expect(cure("share-by-root").shown?.[1]).toBe("sudo chmod g+rw /srv/uv/.lock /srv/uv/sdists-v*/.git");
  });

  it("finds what the user's own umask shut, and opens it without root: packages are only read", () => {
    const { found, cure } = examine(problem, sharedUv({}));
    expect(found).toMatchObject({ severity: "warning", params: { variant: "own" } });
    expect(cure("share").steps).toMatchObject([
      { kind: "chmod", root: "/srv/uv", dirs: { add: 0o2070 }, files: { add: 0 } }, { kind: "chmod", only: ["sdists-v11"], files: { add: 0o060 } }, { kind: "default-acl" },
    ]);
  });
});
