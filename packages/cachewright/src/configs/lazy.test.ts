import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const src = join(import.meta.dirname, "..");

/** Files and packages that are loaded together with a file: `import type` and `import()` are not. */
function loadedWith(entry: string): Set<string> {
  const seen = new Set<string>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    if (!existsSync(file)) continue;
    for (const [, what = "", name = ""] of readFileSync(file, "utf8").matchAll(/^(?:import|export)\s+([^;]*?from\s+)?"([^"]+)";/gms)) {
      if (/^type\s/.test(what)) continue;
      open.push(name.startsWith(".") ? join(dirname(file), name) : name);
    }
  }
  return seen;
}

describe("editors of TOML, YAML and variables", () => {
  it("are loaded by what edits, not by the command line's start", () => {
    const loaded = [...loadedWith(join(src, "cli/main.ts"))].map((file) => (file.startsWith(src) ? relative(src, file).replaceAll("\\", "/") : file));
    expect(loaded.filter((file) => /^configs\/(?:toml|yaml|env|shell)|^(?:smol-toml|yaml)$/.test(file))).toEqual([]);
    expect(loaded.length).toBeGreaterThan(1);
  });

  it("are loaded by no diagnosis and no look at settings before a tool is found that needs them", () => {
    for (const entry of ["cli/doctor.ts", "facts/collect-facts.ts", "problems/all-problems.generated.ts", "cli/config.ts", "cli/config-show.ts"]) {
      const loaded = [...loadedWith(join(src, entry))].map((file) => (file.startsWith(src) ? relative(src, file).replaceAll("\\", "/") : file));
      // What facts ask of the caches of rattler, mamba and uv are small files that need neither library.
      const light = /^tools\/(?:mamba\/cache|pixi\/(?:locations|plain-config|settings)|uv\/(?:buckets|cache|damage|leftovers|version))\.ts$/;
      expect(loaded.filter((file) => !light.test(file) && /^configs\/(?:toml|yaml|env|shell)|^(?:smol-toml|yaml)$|^tools\/(?:mamba|pixi|uv)\/|^tools\/conda\/conda(?:rc)?\.ts$/.test(file)), entry).toEqual([]);
    }
  });

  it("are found by this test where they are loaded", () => {
    expect([...loadedWith(join(src, "configs/toml-edits.ts"))]).toContain("smol-toml");
    expect([...loadedWith(join(src, "configs/yaml-edits.ts"))]).toContain("yaml");
    expect([...loadedWith(join(src, "configs/toml-edits.ts"))]).not.toContain("yaml");
  });
});
