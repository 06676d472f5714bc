import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesPattern, type Named } from "./entry-pattern.ts";

function wheel(name: string): Named {
  const [project = "", version = "", ...tags] = name.replace(/\.whl$/, "").split("-");
  return { project, version, detail: tags.join("-"), paths: [`/home/me/.cache/pip/wheels/aa/bb/cc/dd/${name}`, "/home/me/.cache/pip/wheels/aa/bb/cc/dd/origin.json"] };
}

/** The cache of pip's own tests (tests/functional/test_cache.py, `populate_wheel_cache`). */
const populated = ["yyy-1.2.3", "zzz-4.5.6", "zzz-4.5.7", "zzz-7.8.9"].map((stem) => `${stem}-py3-none-any.whl`);
const download: Named = { project: "Ruamel.Yaml", version: "0.17.21", detail: "cp311-cp311-manylinux_2_17_x86_64", paths: ["/c/http-v2/a", "/c/http-v2/a.body"] };
const page: Named = { project: "numpy", version: null, detail: "page, JSON", paths: ["/c/http-v2/b"] };
const nameless: Named = { project: null, version: null, detail: null, paths: ["/c/http-v2/c"] };

describe("what pip's own tests of `pip cache` ask for", () => {
  it.each([
    // test_cache_list_name_match(_abspath), test_cache_remove_name_match
    ["zzz", ["zzz-4.5.6", "zzz-4.5.7", "zzz-7.8.9"]],
    ["yyy", ["yyy-1.2.3"]],
    // test_cache_list_name_and_version_match(_abspath), test_cache_remove_name_and_version_match
    ["zzz-4.5.6", ["zzz-4.5.6"]],
    ["zzz-4.5", ["zzz-4.5.6", "zzz-4.5.7"]],
    // test_cache_remove_with_bad_pattern
    ["aaa", []],
    // test_cache_list, test_cache_purge
    ["*", ["yyy-1.2.3", "zzz-4.5.6", "zzz-4.5.7", "zzz-7.8.9"]],
    ["zz", []],
    ["z*", ["zzz-4.5.6", "zzz-4.5.7", "zzz-7.8.9"]],
    ["?yy", ["yyy-1.2.3"]],
    ["[xy]yy", ["yyy-1.2.3"]],
    ["[!y]*", ["zzz-4.5.6", "zzz-4.5.7", "zzz-7.8.9"]],
    ["zzz-*.8", ["zzz-7.8.9"]],
  ] as const)("%s", (pattern, stems) =>
    expect(populated.filter((name) => matchesPattern(wheel(name), pattern))).toEqual(stems.map((stem) => `${stem}-py3-none-any.whl`)));

  it("finds nothing in an empty cache, and with * what has no name", () => {
    expect([].filter((entry) => matchesPattern(entry, "*"))).toEqual([]);
    expect([nameless, page].map((entry) => matchesPattern(entry, "*"))).toEqual([true, true]);
    expect(matchesPattern(nameless, "n*")).toBe(false);
  });
});

describe("a project in any spelling (PEP 503)", () => {
  it.each(["ruamel-yaml", "ruamel_yaml", "Ruamel.YAML", "RUAMEL--yaml", "ruamel*", "ruamel.yaml-0.17", "ruamel-yaml-0.17.21-cp311", "*yaml-0.17*"])("%s", (pattern) => expect(matchesPattern(download, pattern)).toBe(true));
  it.each(["ruamel", "ruamel-y", "yaml", "ruamel-yaml-0.18", "ruamel.yaml-17", ""])("not %s", (pattern) => expect(matchesPattern(download, pattern)).toBe(false));

  it("is no longer name that begins alike", () => {
    expect(matchesPattern({ ...download, project: "foo-bar" }, "foo")).toBe(false);
    expect(matchesPattern({ ...download, project: "foo-bar" }, "foo-b")).toBe(false);
    expect(matchesPattern({ ...download, project: "foo", version: "b1" }, "foo-b")).toBe(true);
  });

  it("of a page has no version", () => {
    expect(matchesPattern(page, "num*")).toBe(true);
    expect(matchesPattern(page, "numpy-1")).toBe(false);
  });
});

describe("any pattern", () => {
  it("matches what it was made of, and never hangs", () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z][a-z0-9]{0,8}(?:[-_.][a-z0-9]{1,4}){0,2}$/), (project) => {
      expect(matchesPattern({ ...download, project }, project)).toBe(true);
    }), { numRuns: 100 });
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom("*", "?", "[", "]", "!", "-", "a", "."), maxLength: 60 }), (pattern) => {
      expect(typeof matchesPattern({ ...download, project: "a".repeat(200) }, pattern)).toBe("boolean");
    }), { numRuns: 200 });
  });
});
