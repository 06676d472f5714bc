import { describe, expect, it } from "vitest";
import { normalizedName } from "./core-metadata.ts";
import { distributionFile, sameVersion } from "./distribution-file.ts";

describe("distributionFile", () => {
  it.each([
    ["numpy-1.26.4-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", "wheel", "numpy", "1.26.4", "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64"],
    ["Foo.Bar-1.0-2build-py3-none-any.whl", "wheel", "Foo.Bar", "1.0", "2build-py3-none-any"],
    ["torch-2.1.0+cu118-cp311-cp311-linux_x86_64.whl", "wheel", "torch", "2.1.0+cu118", "cp311-cp311-linux_x86_64"],
    ["six-1.16.0.tar.gz", "sdist", "six", "1.16.0", null],
    ["backports.ssl-match-hostname-3.7.0.1.tar.gz", "sdist", "backports.ssl-match-hostname", "3.7.0.1", null],
    ["zope.interface-5.0.zip", "sdist", "zope.interface", "5.0", null],
    ["pkg-1.0-1.tar.bz2", "sdist", "pkg", "1.0-1", null],
  ])("%s", (name, ...says) => {
    const file = distributionFile(name);
    expect([file?.kind, file?.project, file?.version, file?.tags]).toEqual(says);
  });

  it.each(["../six-1.0.tar.gz", "a/b-1-py3-none-any.whl", ".hidden-1.0.tar.gz", "six.whl", "six-1.0-py3.whl", "readme.txt", "six.tar.gz", "a\nb-1.0.zip", "", "a-b-py3-none-any.whl"])("%j is none", (name) => {
    expect(distributionFile(name)).toBeUndefined();
  });
});

describe("normalizedName", () => {
  it("is the same whatever the spelling", () => {
    expect(["Foo.Bar", "foo_bar", "FOO--bar", "foo-._bar"].map(normalizedName)).toEqual(["foo-bar", "foo-bar", "foo-bar", "foo-bar"]);
  });
});

describe("sameVersion", () => {
  it.each([["1.0", "1.0.0"], ["1.0RC1", "1.0rc1"], ["v2.0", "2"], ["1.0-1", "1.0.post1"], ["1.0_1", "1.0.post1"], ["1.0.alpha", "1a0"], ["2.1.0+cu.118", "2.1+cu-118"], ["01.2", "1.2"]])("%s is %s", (a, b) => {
    expect(sameVersion(a, b)).toBe(true);
  });

  it.each([["1.0", "1.0.1"], ["1.0", "1.0rc1"], ["1.0", "1.0+cu118"], ["1!1.0", "1.0"], ["10", "1"]])("%s is not %s", (a, b) => {
    expect(sameVersion(a, b)).toBe(false);
  });
});
