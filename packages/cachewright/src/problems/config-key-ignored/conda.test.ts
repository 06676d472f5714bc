import { describe, expect, it } from "vitest";
import { condarc, withConda } from "../../facts/example-conda.ts";
import { present, rootOwned } from "../../facts/example-facts.ts";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const own = present(condarc, { type: "file" });
const ill = (key: string, text: string | null, { meant = "pkgs_dirs", fits = true, at = own }: { meant?: string; fits?: boolean; at?: PathFact } = {}): Facts =>
  withConda({ configs: [{ path: condarc, scope: "user", state: "read", strays: [{ key, line: 2, meant, fits, text }] }] }, [at]);

describe("config-key-ignored in a condarc", () => {
  it("finds nothing in a healthy one, and nothing in conda's own variables", () => {
    expect(problem.detect(withConda({}, [], { env: { CONDA_PREFIX: "/opt/conda", CONDA_PKGS_DIRS: "/x", CONDA_SHLVL: "1" } }))).toEqual([]);
  });

  it("finds a key that conda does not know, and exchanges the name in its place", () => {
    const { found, cure } = examine(problem, ill("pkgs_dir", "pkgs_dir:  # mine"));
    expect(found).toMatchObject({ subject: `${condarc}:2`, params: { key: "pkgs_dir", right: "pkgs_dirs", variant: "key" } });
    expect(cure("right-name").steps).toMatchObject([{ path: condarc, change: { do: "replace-line", line: 2, old: "pkgs_dir:  # mine", text: "pkgs_dirs:  # mine" } }]);
  });

  it("makes a list of a word where conda wants a list", () => {
    expect(examine(problem, ill("pkg_dirs", "pkg_dirs: /data/pkgs", { fits: false })).cure("right-name").steps).toMatchObject([{ change: { text: "pkgs_dirs: [/data/pkgs]" } }]);
  });

  it("only shows the edit of what it cannot write for sure, or may not", () => {
    for (const facts of [ill("pkg_dirs", "pkg_dirs: [a, b] # x", { fits: false }), ill("pkgs_dir", null), ill("always-copy", "always-copy: [x]", { meant: "always_copy", fits: false }), ill("pkgs_dir", "pkgs_dir:", { at: present(condarc, { type: "file", ...rootOwned }) })]) {
      expect(examine(problem, facts).cure("right-name").steps).toEqual([]);
    }
  });

  it("finds a variable of a slightly wrong name", () => {
    const { found, cure } = examine(problem, withConda({ strayVariables: [{ name: "CONDA_PKGS_DIR", meant: "CONDA_PKGS_DIRS" }] }, [], { env: { CONDA_PKGS_DIR: "/data/my pkgs" } }));
    expect(found).toMatchObject({ subject: "CONDA_PKGS_DIR", params: { right: "CONDA_PKGS_DIRS", variant: "variable" } });
    expect(cure("right-variable").shown).toEqual(["unset CONDA_PKGS_DIR", "export CONDA_PKGS_DIRS='/data/my pkgs'"]);
  });
});
