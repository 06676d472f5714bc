import { describe, expect, it } from "vitest";
import { condaRoot, condarc, ownPkgs, pkgsDir, withConda } from "../../facts/example-conda.ts";
import { mount, present, rootOwned } from "../../facts/example-facts.ts";
import type { CondaFact, Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const cache = "/srv/pkgs";
const source = `${cache}/zlib-1.3.1-h5eee18b_0/lib/z.txt`;
const copy = `${condaRoot}/envs/work/lib/z.txt`;
const links = (mode: "hard" | "soft" | "copy" = "hard"): Partial<CondaFact> => ({ links: { mode, from: { call: "default" }, soft: [], refused: [{ cache, file: source, copy }] } });
const named = (value: string, line: number): CondaFact["written"][number] => ({ value, from: { path: condarc, line }, kind: "list" });
const ill = (words: Partial<CondaFact> = {}): Facts => withConda({
  ...links(), pkgsDirs: [pkgsDir(cache, { status: "read-only" }), pkgsDir(ownPkgs)], configs: [{ path: condarc, scope: "user", state: "read" }], written: [named(cache, 2), named(ownPkgs, 3)], ...words,
}, [present(cache, rootOwned), present(source, { type: "file", ...rootOwned }), present(copy, { type: "file" }), present(condarc, { type: "file" })]);

describe("conda-links-refused finds", () => {
  it("nothing where no link was refused, and nothing where none is asked for", () => {
    expect(problem.detect(withConda())).toEqual([]);
    expect(problem.detect(ill(links("copy")))).toEqual([]);
    expect(problem.detect(ill(links("soft")))).toEqual([]);
  });

  it("nothing where another mount is in between", () => {
    expect(problem.detect({ ...ill(), mounts: { ok: true, value: [mount("/"), mount("/srv")], from: { call: "mounts" } } })).toEqual([]);
  });

  it("the cache, with a file, its copy and the kernel's setting", () => {
    const { found } = examine(problem, ill());
    expect(found).toMatchObject({ severity: "note", subject: cache, params: { owner: "root" } });
    expect(found.evidence.map(({ from }) => from.path)).toEqual([source, copy, "/proc/sys/fs/protected_hardlinks"]);
  });
});

describe("the cures", () => {
  it("show what the cache's owner can do, or leave the shared cache out of one's own list", () => {
    const { ids, cure } = examine(problem, ill());
    expect(ids).toEqual(["open-to-group", "own-only"]);
    expect(cure("open-to-group").steps).toEqual([]);
    expect(cure("own-only").steps).toMatchObject([{ path: condarc, change: { do: "set-list", key: "pkgs_dirs", values: [ownPkgs] } }]);
  });

  it("leave the list alone where it is not the user's, names nothing else that is writable, or was written in another way", () => {
    for (const words of [
      { written: [{ value: cache, from: { path: "/etc/conda/.condarc", line: 1 }, kind: "list" as const }] },
      { written: [named(cache, 2)], pkgsDirs: [pkgsDir(cache, { status: "read-only" })] },
      { written: [named("$SHARED/pkgs", 2), named(ownPkgs, 3)] },
      { written: [named(cache, 2), { value: "/x", from: { env: "CONDA_PKGS_DIRS" }, kind: "list" as const }] },
    ]) expect(examine(problem, ill(words)).ids).toEqual(["open-to-group"]);
  });
});
