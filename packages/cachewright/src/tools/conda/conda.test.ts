import { describe, expect, it } from "vitest";
import { toolContract } from "../../../test/tools/tool-contract.ts";
import { pythonTree } from "../../../test/pythons/python-tree.ts";
import { conda } from "./conda.ts";

for (const version of ["4.6.14", "4.12.0", "23.1.0", "24.11.3", "26.7.1"]) {
  toolContract({
    tool: conda, version,
    inFile: { key: "always_copy", text: "# mine\nchannels: [a]\nalways_copy: yes\n", line: 3, effective: true },
    inVariable: { key: "safety_checks", name: "CONDA_SAFETY_CHECKS", value: "enabled", effective: "enabled" },
  });
}

describe("locate", () => {
  it("names caches and environments with what moved them", () => {
    const tree = pythonTree();
    try {
      tree.file("root/conda-meta/history");
      tree.file("home/.condarc", "pkgs_dirs:\n  - ~/p\n");
      const install = { tool: "conda", version: "26.7.1", program: tree.at("root/bin/conda"), prefix: tree.at("root"), found: ["PATH"], chosen: true } as const;
      const places = conda.locate({ machine: tree.machine({ HOME: tree.at("home"), CONDA_ENVS_DIRS: tree.at("e") }), home: tree.at("home"), version: "26.7.1", install });
      expect(places.map(({ kind, name, path, source }) => [kind, name, path.slice(tree.root.length + 1), source])).toEqual([
        ["cache", "packages", "home/p", { file: tree.at("home/.condarc"), line: 2 }],
        ["cache", "notices", "home/.cache/conda/notices", "default"],
        ["envs", "environments", "e", { env: "CONDA_ENVS_DIRS" }],
        ["envs", "environments", "root/envs", "default"],
        ["envs", "environments", "home/.conda/envs", "default"],
        ["data", "base environment", "root", "default"],
        ["state", "environments.txt", "home/.conda", "default"],
      ]);
    } finally {
      tree.remove();
    }
  });
});
