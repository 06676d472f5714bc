import { describe, expect, it } from "vitest";
import { present, rootOwned } from "../../facts/example-facts.ts";
import { rattlerCache, rattlerPkgs, rattlerRoot, withRattler } from "../../facts/example-rattler.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const lock = `${rattlerPkgs}/.cache.lock`;
const zlib = `${rattlerPkgs}/zlib-1.3.1-h5eee18b_0`;
const roots = (path: string, words: Parameters<typeof present>[1] = {}): ReturnType<typeof present> => present(path, { type: "file", ...rootOwned, ...words });
const one = withRattler({ caches: [rattlerCache([lock])] }, [roots(lock)]);

describe("rattler-cache-denied finds", () => {
  it("nothing without such a cache, and nothing in a healthy one", () => {
    expect(problem.detect({ ...one, rattler: undefined })).toEqual([]);
    expect(problem.detect(withRattler())).toEqual([]);
  });

  it("one cause as one, with every file as evidence", () => {
    const facts = withRattler({ caches: [rattlerCache([lock, `${zlib}.lock`])] }, [roots(lock), roots(`${zlib}.lock`)]);
    const { found } = examine(problem, facts);
    expect(found).toMatchObject({ subject: lock, severity: "error", params: { owner: "root", user: "me", count: "2", variant: "" } });
    expect(found.evidence.map(({ from }) => from.path)).toEqual([lock, `${zlib}.lock`]);
  });

  it("a copy of a channel's index that only its owner may read", () => {
    const json = `${rattlerRoot}/repodata/c663688a.json`;
    const facts = withRattler({ caches: [rattlerCache([json])] }, [roots(json, { mode: 0o600, read: "EACCES" })]);
    expect(examine(problem, facts).found.params["because"]).toMatch(/root/);
  });

  it("a place that cannot be made", () => {
    const facts = withRattler({ caches: [rattlerCache(["/srv"], { exists: false, root: "/srv/rattler", pkgs: "/srv/rattler/pkgs" })] }, [present("/srv", rootOwned)]);
    expect(examine(problem, facts)).toMatchObject({ found: { subject: "/srv", params: { variant: "unmade", root: "/srv/rattler" } }, ids: ["elsewhere"] });
  });
});

describe("the cures", () => {
  it("make a fresh cache and move what is sound back into it; nothing put aside stays inside", () => {
    const { ids, cure } = examine(problem, one);
    expect(ids).toEqual(["set-aside", "give-back", "elsewhere"]);
    const { steps } = cure("set-aside");
    expect(steps[0]).toMatchObject({ kind: "rename", from: rattlerRoot, aside: true });
    const back = steps.flatMap((step) => (step.kind === "rename" && !step.aside ? [step.to] : []));
    expect(back.sort()).toEqual([zlib, `${zlib}.lock`, `${rattlerRoot}/repodata`].sort());
  });

  it("leave foreign directories in what is put aside: the user cannot move them to another parent", () => {
    const facts = withRattler({ caches: [rattlerCache([`${zlib}.lock`])] }, [roots(`${zlib}.lock`), present(zlib, rootOwned)]);
    const back = examine(problem, facts).cure("set-aside").steps.flatMap((step) => (step.kind === "rename" && !step.aside ? [step.to] : []));
    expect(back).not.toContain(zlib);
    expect(back).toContain(lock);
  });

  it("give a cache back from its top, with the directory that holds nothing else", () => {
    const top = "/home/me/.cache/rattler";
    const facts = withRattler({ caches: [rattlerCache([rattlerRoot])] }, [present(top, rootOwned), present(rattlerRoot, rootOwned)]);
    const { ids, cure } = examine(problem, facts);
    expect(ids).toEqual(["set-aside", "give-back", "elsewhere"]);
    expect(cure("give-back").steps).toMatchObject([{ kind: "chown", root: top, select: "tree" }]);
    expect(cure("set-aside").steps).toMatchObject([{ kind: "rename", from: top }, { kind: "make-dir", path: top }]);
  });

  it("do not let root give away what is closed to the user: in a directory of theirs it can be anything", () => {
    const json = `${rattlerRoot}/repodata/c663688a.json`;
    expect(examine(problem, withRattler({ caches: [rattlerCache([json])] }, [roots(json, { mode: 0o600, read: "EACCES" })])).ids).toEqual(["set-aside", "elsewhere"]);
  });

  it("reopen what is one's own", () => {
    const facts = withRattler({ caches: [rattlerCache([lock])] }, [present(lock, { type: "file", mode: 0o444, write: "EACCES" })]);
    const { ids, cure } = examine(problem, facts);
    expect(ids).toEqual(["restore-mode"]);
    expect(cure("restore-mode").steps).toMatchObject([{ kind: "chmod", root: lock }]);
  });

  it("make the whole anew where not everything beside it was looked at", () => {
    const facts = withRattler({ caches: [rattlerCache([lock], { movable: false })] }, [roots(lock)]);
    expect(examine(problem, facts).cure("set-aside").steps).toMatchObject([{ kind: "rename", from: rattlerRoot }, { kind: "make-dir", path: rattlerRoot }]);
  });

  it("change nothing in somebody else's place", () => {
    const theirs = "/srv/rattler/pkgs/.cache.lock";
    const facts = withRattler({ caches: [rattlerCache([theirs], { root: "/srv/rattler", pkgs: "/srv/rattler/pkgs" })] }, [present("/srv", rootOwned), present("/srv/rattler", rootOwned), present("/srv/rattler/pkgs", rootOwned), roots(theirs)]);
    expect(examine(problem, facts).ids).toEqual(["elsewhere"]);
  });
});
