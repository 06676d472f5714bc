import { describe, expect, it } from "vitest";
import { pkgs, pkgsDir, withConda } from "../../facts/example-conda.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const zlib = `${pkgs}/zlib-1.3.1-h5eee18b_0`;
const unseen = { status: "unknown", unseen: [zlib] } as const;

describe("conda-urls-txt-missing finds", () => {
  it("nothing in a cache that is not there yet, or empty", () => {
    expect(problem.detect(withConda())).toEqual([]);
    expect(problem.detect(withConda({ pkgsDirs: [pkgsDir(pkgs, { status: "unknown" })] }))).toEqual([]);
  });

  it("packages that conda does not see, a few of them by name", () => {
    const { found } = examine(problem, withConda({ pkgsDirs: [pkgsDir(pkgs, { ...unseen, unseen: [zlib] })] }));
    expect(found).toMatchObject({ subject: pkgs, severity: "warning" });
    expect(found.evidence.map(({ from }) => from.path)).toEqual([`${pkgs}/urls.txt`, zlib]);
  });
});

describe("the cures", () => {
  it("make an empty file, with the mode that any new file gets", () => {
    const { ids, cure } = examine(problem, withConda({ pkgsDirs: [pkgsDir(pkgs, { ...unseen, unseen: [zlib] })] }));
    expect(ids).toEqual(["make-file"]);
    expect(cure("make-file").steps).toMatchObject([{ kind: "edit-config", path: `${pkgs}/urls.txt`, edits: [], of: null, mode: 0o644 }]);
  });

  it("leave a directory alone that is somebody else's", () => {
    const { ids, cure } = examine(problem, withConda({ pkgsDirs: [pkgsDir("/opt/conda/pkgs", { ...unseen, unseen: [zlib], because: { path: "/opt/conda/pkgs", errno: "EACCES" } })] }));
    expect(ids).toEqual(["ask-owner"]);
    expect(cure("ask-owner").shown).toEqual(["sudo touch /opt/conda/pkgs/urls.txt"]);
  });
});
