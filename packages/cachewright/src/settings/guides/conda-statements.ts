/** conda 26.7: base/constants.py, base/context.py, common/configuration.py; its documentation says "overwrites" of CONDA_PKGS_DIRS. */
import type { Statement } from "./statement.ts";

const condarc = (text: string): Record<string, string> => ({ "/home/me/.condarc": text });
const tool = "conda";

export const condaStatements: readonly Statement[] = [
  { id: "conda-pkgs-dirs-comma", tool, says: "several `CONDA_PKGS_DIRS` are parted by colons, as `PATH` is", verdict: "wrong", truth: "By commas, on every system.", ask: { of: "setting", key: "pkgs_dirs", given: { env: { CONDA_PKGS_DIRS: "/a,/b" } } }, answer: ["/a", "/b"] },
  { id: "conda-pkgs-dirs-colon", tool, says: "`CONDA_PKGS_DIRS=/a:/b` names two directories", verdict: "wrong", truth: "It is one path with a colon in it.", ask: { of: "setting", key: "pkgs_dirs", given: { env: { CONDA_PKGS_DIRS: "/a:/b" } } }, answer: ["/a:/b"] },
  { id: "conda-pkgs-dirs-overwrites", tool, says: "`CONDA_PKGS_DIRS` overwrites what stands in files", verdict: "wrong", truth: "It goes before them; theirs stay in the list.", ask: { of: "setting", key: "pkgs_dirs", given: { env: { CONDA_PKGS_DIRS: "/a" }, files: condarc("pkgs_dirs: [/rc]\n") } }, answer: ["/a", "/rc"] },
  { id: "condarc-linux", tool, says: "`.condarc` is `~/.condarc` on Linux", verdict: "true", ask: { of: "own-file" }, answer: "/home/me/.condarc" },
  { id: "condarc-macos", tool, says: "`.condarc` is `~/.condarc` on macOS", verdict: "true", ask: { of: "own-file", given: { on: "darwin" } }, answer: "/Users/me/.condarc" },
  { id: "condarc-windows", tool, says: "`.condarc` is `%USERPROFILE%\\.condarc` on Windows", verdict: "true", ask: { of: "own-file", given: { on: "win32" } }, answer: "C:\\Users\\me\\.condarc" },
  { id: "condarc-etc", tool, says: "for everybody it is `/etc/conda/.condarc`", verdict: "true", truth: "Among others; this one is the weakest.", ask: { of: "first-file" }, answer: "/etc/conda/.condarc" },
  { id: "condarc-programdata", tool, says: "for everybody on Windows it is `C:\\ProgramData\\conda\\.condarc`", verdict: "true", ask: { of: "first-file", given: { on: "win32" } }, answer: "C:\\ProgramData\\conda\\.condarc" },
  { id: "condarc-base", tool, says: "the base environment's `.condarc` overrides mine", verdict: "wrong", truth: "Mine is stronger.", ask: { of: "setting", key: "always_copy", given: { files: { "/opt/base/.condarc": "always_copy: true\n", ...condarc("always_copy: false\n") } } }, answer: false },
  { id: "condarc-variable", tool, says: "`CONDARC` may name any file", verdict: "wrong", truth: "Only one called `.condarc` or `condarc`, or that ends in `.yml` or `.yaml`; any other is passed over without a word.", ask: { of: "setting", key: "always_copy", given: { env: { CONDARC: "/my.conf" }, files: { "/my.conf": "always_copy: true\n" } } }, answer: false },
  { id: "conda-add-pkgs-dirs", tool, says: "`conda config --add pkgs_dirs X` adds X to the usual places", verdict: "wrong", truth: "With any `pkgs_dirs` the usual places are gone.", ask: { of: "setting", key: "pkgs_dirs", given: { files: condarc("pkgs_dirs:\n  - /x\n") } }, answer: ["/x"] },
  { id: "conda-add-envs-dirs", tool, says: "`conda config --add envs_dirs X` takes the usual places away in the same manner", verdict: "wrong", truth: "There they stay, after X.", ask: { of: "setting", key: "envs_dirs", given: { files: condarc("envs_dirs:\n  - /x\n") } }, answer: ["/x", "/home/me/.conda/envs", "/opt/base/envs"] },
];
