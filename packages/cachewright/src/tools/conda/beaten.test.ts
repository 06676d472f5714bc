import { describe, expect, it } from "vitest";
import type { ConfigScope } from "../tool.ts";
import { beatenSettings } from "./beaten.ts";
import { readCondarc } from "./condarc.ts";
import { condaSettings } from "./settings.ts";

const files: readonly { path: string; scope: ConfigScope }[] = [
  { path: "/etc/conda/.condarc", scope: "global" }, { path: "/h/.conda/.condarc", scope: "user" }, { path: "/h/.condarc", scope: "user" }, { path: "/e/.condarc", scope: "project" },
];

function beaten(texts: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}): unknown[] {
  const place = { platform: "linux", env: { HOME: "/h", ...env }, accountHome: null, cwd: "/w", version: "26.7.1", prefix: "/base" };
  const read = files.flatMap(({ path }) => (texts[path] === undefined ? [] : [{ path, condarc: readCondarc(Buffer.from(texts[path])) }]));
  return beatenSettings(condaSettings({ place, files: read, rootWritable: false }), files)
    .map(({ key, beaten: one, winner, isClosed }) => [key, one.value, one.source, winner.value, winner.source, isClosed]);
}

describe("beatenSettings", () => {
  it("tells a list and a single value that an administrator's file closes", () => {
    expect(beaten({ "/etc/conda/.condarc": "pkgs_dirs: #!final\n  - /all\nalways_copy: true #!final\n", "/h/.condarc": "pkgs_dirs: [/mine]\nalways_copy: false\n" })).toEqual([
      ["pkgs_dirs", ["/mine"], { file: "/h/.condarc", line: 1 }, ["/all"], { file: "/etc/conda/.condarc", line: 2 }, true],
      ["always_copy", false, { file: "/h/.condarc", line: 2 }, true, { file: "/etc/conda/.condarc", line: 3 }, true],
    ]);
  });

  it("tells a list of environments closed, without what always stands behind it", () => {
    expect(beaten({ "/etc/conda/.condarc": "envs_dirs: #!final\n  - /all\n", "/h/.condarc": "envs_dirs: [/mine]\n" })).toMatchObject([["envs_dirs", ["/mine"], {}, ["/all"], {}, true]]);
  });

  it("tells one file of a person's that another one beats", () => {
    expect(beaten({ "/h/.conda/.condarc": "always_copy: true\n", "/h/.condarc": "always_copy: false\n" })).toMatchObject([["always_copy", true, { file: "/h/.conda/.condarc" }, false, { file: "/h/.condarc" }, false]]);
  });

  it("tells nothing of what lists are made of, of variables and of an environment's own file", () => {
    expect(beaten({ "/etc/conda/.condarc": "pkgs_dirs: [/all]\n", "/h/.condarc": "pkgs_dirs: [/all]\n" })).toEqual([]);
    expect(beaten({ "/h/.condarc": "pkgs_dirs: [/mine]\nalways_copy: false\n" }, { CONDA_PKGS_DIRS: "/mine", CONDA_ALWAYS_COPY: "true" })).toEqual([]);
    expect(beaten({ "/h/.condarc": "always_copy: true\n", "/e/.condarc": "always_copy: false\n" })).toEqual([]);
  });

  it("tells nothing where both say the same, where nobody says more, or where a value is refused", () => {
    expect(beaten({ "/etc/conda/.condarc": "pkgs_dirs: #!final\n  - /mine\nalways_copy: true #!final\n", "/h/.condarc": "pkgs_dirs: [/mine]\nalways_copy: true\n" })).toEqual([]);
    expect(beaten({ "/etc/conda/.condarc": "always_copy: false\n", "/h/.condarc": "always_copy: true\n" })).toEqual([]);
    expect(beaten({ "/etc/conda/.condarc": "always_copy: maybe #!final\n", "/h/.condarc": "always_copy: true\n" })).toEqual([]);
  });
});
