import { describe, expect, it } from "vitest";
import { pkgs, withConda } from "../../facts/example-conda.ts";
import { present, rootOwned } from "../../facts/example-facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const note = (name: string): string => `${pkgs}/cache/${name}.info.json`;
const file = (path: string, words: Parameters<typeof present>[1] = rootOwned): ReturnType<typeof present> => present(path, { type: "file", ...words });
const noted = withConda({ files: [{ path: note("cf73e938"), what: "repodata" }, { path: note("0123abcd"), what: "repodata" }] }, [file(note("cf73e938")), file(note("0123abcd"))]);
const registry = "/home/me/.conda/environments.txt";

describe("conda-not-writable-file finds", () => {
  it("nothing on a healthy machine", () => {
    expect(problem.detect(withConda())).toEqual([]);
  });

  it("all files of a kind as one", () => {
    const { found } = examine(problem, noted);
    expect(found).toMatchObject({ subject: note("cf73e938"), severity: "error", params: { count: "2", owner: "root", variant: "" } });
    expect(found.evidence).toHaveLength(2);
  });

  it("each kind for itself: another thing is lost by it", () => {
    const facts = withConda({ files: [{ path: note("cf73e938"), what: "repodata" }, { path: registry, what: "environments.txt" }] }, [file(note("cf73e938")), file(registry)]);
    expect(problem.detect(facts).map(({ subject, severity }) => [subject, severity])).toEqual([[note("cf73e938"), "error"], [registry, "warning"]]);
  });
});

describe("the cures", () => {
  it("move what is noted of channels aside as a whole, or give the files back", () => {
    const { ids, cure } = examine(problem, noted);
    expect(ids).toEqual(["set-aside", "give-back"]);
    expect(cure("set-aside").steps).toMatchObject([{ kind: "rename", from: `${pkgs}/cache` }, { kind: "make-dir", path: `${pkgs}/cache` }]);
    expect(cure("give-back").steps.map((step) => ("root" in step ? step.root : ""))).toEqual([note("cf73e938"), note("0123abcd")]);
  });

  it("move the list of environments aside", () => {
    const { ids, cure } = examine(problem, withConda({ files: [{ path: registry, what: "environments.txt" }] }, [file(registry)]));
    expect(ids).toEqual(["set-aside", "give-back"]);
    expect(cure("set-aside").steps).toMatchObject([{ kind: "rename", from: registry }, { kind: "edit-config", path: registry, of: null }]);
  });

  it("never move packages: environments may need them", () => {
    const zlib = `${pkgs}/zlib-1.3.1-h5eee18b_0`;
    const { ids, cure } = examine(problem, withConda({ files: [{ path: zlib, what: "package" }] }, [present(zlib, rootOwned)]));
    expect(ids).toEqual(["give-back"]);
    expect(cure("give-back").steps).toMatchObject([{ root: zlib, select: "tree" }]);
  });

  it("reopen what is one's own", () => {
    const { ids, cure } = examine(problem, withConda({ files: [{ path: note("cf73e938"), what: "repodata" }] }, [file(note("cf73e938"), { mode: 0o444, write: "EACCES" })]));
    expect(ids).toEqual(["restore-mode"]);
    expect(cure("restore-mode").steps).toMatchObject([{ kind: "chmod", root: note("cf73e938") }]);
  });

  it("do nothing in a cache that is somebody else's", () => {
    const theirs = "/srv/pkgs/cache/cf73e938.info.json";
    const facts = withConda({ files: [{ path: theirs, what: "repodata" }] }, [present("/srv", rootOwned), present("/srv/pkgs", rootOwned), present("/srv/pkgs/cache", rootOwned), file(theirs)]);
    expect(examine(problem, facts).ids).toEqual([]);
  });
});
