import { describe, expect, it } from "vitest";
import { plainCondarc } from "./plain-condarc.ts";
import { meantCondaKey, meantCondaVariable, strayCondaKeys } from "./stray-keys.ts";

const strays = (text: string) => strayCondaKeys(plainCondarc(Buffer.from(text)) ?? { entries: [], fault: null });

describe("meantCondaKey", () => {
  it.each([["pkgs_dir", "pkgs_dirs"], ["pkgs-dirs", "pkgs_dirs"], ["pkg_dirs", "pkgs_dirs"], ["package_cache", "pkgs_dirs"], ["Pkgs_Dirs", "pkgs_dirs"], ["env_dirs", "envs_dirs"], ["always-copy", "always_copy"], ["allow_softlink", "allow_softlinks"], ["always_softlinks", "always_softlink"]])("%s means %s", (name, meant) => {
    expect(meantCondaKey(name)).toBe(meant);
  });

  it("takes no key that conda or a neighbour of its knows for a slip", () => {
    for (const name of ["pkgs_dirs", "envs_path", "copy", "softlink", "channels", "use_lockfiles", "always_yes", "root_prefix", "channel_alias", "anaconda_upload", "experimental_repodata_parsing", "lock_timeout", "conda-build", "locks"]) expect(meantCondaKey(name), name).toBeUndefined();
  });
});

describe("strayCondaKeys", () => {
  it("tells the line, and whether the value fits", () => {
    expect(strays("channels:\n  - a\npkgs_dir:\n  - /x\n")).toEqual([{ key: "pkgs_dir", line: 3, meant: "pkgs_dirs", fits: true }]);
    expect(strays("pkgs_dir: /x\nalways-copy: true\n")).toMatchObject([{ key: "pkgs_dir", fits: false }, { key: "always-copy", fits: true }]);
  });

  it("says nothing of empty ones, nor where the right name stands beside", () => {
    expect(strays("pkgs_dir:\n")).toEqual([]);
    expect(strays("pkgs_dir: /x\npkgs_dirs:\n  - /y\n")).toEqual([]);
  });
});

describe("meantCondaVariable", () => {
  it("knows slips in names, and leaves conda's own variables alone", () => {
    expect(meantCondaVariable("CONDA_PKGS_DIR")).toBe("CONDA_PKGS_DIRS");
    expect(meantCondaVariable("CONDA_PKG_DIRS")).toBe("CONDA_PKGS_DIRS");
    for (const name of ["CONDA_PKGS_DIRS", "CONDA_ENVS_PATH", "CONDA_PREFIX", "CONDA_EXE", "CONDA_SHLVL", "CONDA_DEFAULT_ENV", "CONDA_ROOT", "CONDA_PYTHON_EXE", "conda_pkgs_dir"]) expect(meantCondaVariable(name), name).toBeUndefined();
  });
});
