import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import type { EffectiveSetting } from "../tool.ts";
import { readCondarc } from "./condarc.ts";
import type { CondaPlace } from "./home.ts";
import { condaSettings } from "./settings.ts";

interface Case {
  readonly env?: Readonly<Record<string, string>>;
  /** Contents of the files, the weakest first. */
  readonly files?: readonly string[];
  readonly version?: string;
  readonly platform?: string;
  readonly rootWritable?: boolean;
}

function setting(key: string, { env = {}, files = [], version = "26.7.1", platform = "linux", rootWritable = true }: Case = {}): EffectiveSetting {
  const place: CondaPlace = platform === "win32"
    ? { platform, env: { USERPROFILE: "C:\\Users\\me", LOCALAPPDATA: "C:\\Users\\me\\AppData\\Local", ...env }, accountHome: null, cwd: "C:\\w", version, prefix: "C:\\base" }
    : { platform, env: { HOME: "/h", ...env }, accountHome: null, cwd: "/w", version, prefix: "/base" };
  const read = files.map((text, i) => ({ path: `/rc${i + 1}`, condarc: readCondarc(Buffer.from(text)) }));
  const found = condaSettings({ place, files: read, rootWritable }).find((one) => one.key === key);
  if (found === undefined) throw new Error(`conda ${version} has no ${key}`);
  return found;
}

const value = (key: string, given: Case = {}): unknown => setting(key, given).effective;
const rc = (...items: string[]): string => `pkgs_dirs: [${items.join(", ")}]\n`;

describe("pkgs_dirs", () => {
  it.each([
    ["commas part, the files follow", "/a,/b", [rc("/rc1", "/rc2")], ["/a", "/b", "/rc1", "/rc2"]],
    ["a colon parts nothing", "/a:/b", [], ["/a:/b"]],
    ["a semicolon parts nothing", "/a;/b", [], ["/a;/b"]],
    ["blanks go, variables and ~ are expanded", "/a, ~/b ,$HOME/c", [], ["/a", "/h/b", "/h/c"]],
    ["a final list in a file cuts the variable off", "/a", ["pkgs_dirs: #!final\n  - /rc1\n"], ["/rc1"]],
    ["relative", "rel", [], ["/w/rel"]],
    ["empty", "", [rc("/rc1")], ["/rc1"]],
    ["an item twice", "/a,/b", [rc("/b", "/c")], ["/a", "/b", "/c"]],
    ["the same place spelt twice", "/a,/x/../a", [], ["/a"]],
    ["an unknown variable and account stay", "$NOPE/a,~nobody/b", [], ["/w/$NOPE/a", "/w/~nobody/b"]],
  ])("CONDA_PKGS_DIRS: %s", (_what, variable, files, expected) => {
    expect(value("pkgs_dirs", { env: { CONDA_PKGS_DIRS: variable }, files })).toEqual(expected);
  });

  it("is below root and ~/.conda when nobody says otherwise, on Windows below LOCALAPPDATA too", () => {
    expect(value("pkgs_dirs")).toEqual(["/base/pkgs", "/h/.conda/pkgs"]);
    expect(value("pkgs_dirs", { files: ["force_32bit: true\n"] })).toEqual(["/base/pkgs32", "/h/.conda/pkgs32"]);
    expect(value("pkgs_dirs", { files: ["root_prefix: ~/r\n"] })).toEqual(["/h/r/pkgs", "/h/.conda/pkgs"]);
    expect(value("pkgs_dirs", { platform: "win32" })).toEqual(["C:\\base\\pkgs", "C:\\Users\\me\\.conda\\pkgs", "C:\\Users\\me\\AppData\\Local\\conda\\conda\\pkgs"]);
  });

  it("does not depend on whether root is writable", () => {
    expect(value("pkgs_dirs", { rootWritable: false })).toEqual(["/base/pkgs", "/h/.conda/pkgs"]);
  });

  it("takes an empty map for an empty list, and no other", () => {
    expect(setting("pkgs_dirs", { files: ["pkgs_dirs: {}\n"] })).toMatchObject({ effective: ["/base/pkgs", "/h/.conda/pkgs"] });
    expect(setting("pkgs_dirs", { files: ["pkgs_dirs: {}\n"] }).error).toBeUndefined();
    expect(value("channels", { files: ["channels: {}\n"] })).toEqual([]);
    expect(setting("pkgs_dirs", { files: ["pkgs_dirs: {a: b}\n"] }).error).toMatch(/^AttributeError/);
  });

  it("ends over a list in the list", () => {
    expect(setting("pkgs_dirs", { files: ["pkgs_dirs:\n  - [/a]\n  - /b\n"] }).error).toBe("AttributeError: 'YamlRawParameter' object has no attribute 'expand'");
    expect(setting("channels", { files: ["channels:\n  - a: b\n"] }).error).toMatch(/^AttributeError/);
  });

  it("takes YAML's ~ in a list for a word", () => {
    expect(value("pkgs_dirs", { files: ["pkgs_dirs: [~, /x]\n"] })).toEqual(["/w/None", "/x"]);
  });

  it("says for each item where it stands, and who said something in vain", () => {
    const found = setting("pkgs_dirs", { env: { CONDA_PKGS_DIRS: "/e" }, files: ["pkgs_dirs:\n  - /low\n", "pkgs_dirs:  #!final\n  - /a\n  - /b\n", rc("/cut")] });
    expect(found.effective).toEqual(["/a", "/b", "/low"]);
    expect(found.items).toEqual([{ file: "/rc2", line: 2 }, { file: "/rc2", line: 3 }, { file: "/rc1", line: 2 }]);
    expect(found.source).toEqual({ file: "/rc2", line: 2 });
    expect(found.shadows).toEqual([{ value: "/e", source: { env: "CONDA_PKGS_DIRS" } }, { value: ["/cut"], source: { file: "/rc3", line: 1 } }]);
  });

  it("counts a variable by its prefix in capitals, the rest in any case", () => {
    expect(value("pkgs_dirs", { env: { conda_pkgs_dirs: "/a" } })).toEqual(["/base/pkgs", "/h/.conda/pkgs"]);
    expect(value("pkgs_dirs", { env: { CONDA_Pkgs_Dirs: "/a" } })).toEqual(["/a"]);
  });

  it.each([
    ["pkgs_dirs: /tmp/rc1\n", "InvalidTypeError: Parameter _pkgs_dirs = '/tmp/rc1' declared in /rc1 has type str.\nValid types:\n  - tuple"],
    ["pkgs_dirs: 7\n", "InvalidTypeError: Parameter _pkgs_dirs = 7 declared in /rc1 has type int.\nValid types:\n  - tuple"],
    ["pkgs_dirs: {a: b}\n", "AttributeError: 'str' object has no attribute 'value'"],
  ])("%j is refused", (text, error) => {
    expect(setting("pkgs_dirs", { files: [text] }).error).toBe(error);
  });

  it("with nothing behind it says nothing", () => {
    expect(setting("pkgs_dirs", { files: ["pkgs_dirs:\n"] })).toMatchObject({ effective: ["/base/pkgs", "/h/.conda/pkgs"], source: "default", shadows: [] });
  });
});

describe("envs_dirs", () => {
  it("has the usual places after what is configured, in an order that goes by whether root is writable", () => {
    expect(value("envs_dirs", { env: { CONDA_ENVS_PATH: "/a:/b" } })).toEqual(["/a", "/b", "/base/envs", "/h/.conda/envs"]);
    expect(value("envs_dirs", { rootWritable: false })).toEqual(["/h/.conda/envs", "/base/envs"]);
  });

  it("parts by semicolon on Windows", () => {
    expect(value("envs_dirs", { platform: "win32", env: { CONDA_ENVS_DIRS: "C:\\a;C:\\b" } })).toEqual(["C:\\a", "C:\\b", "C:\\base\\envs", "C:\\Users\\me\\.conda\\envs", "C:\\Users\\me\\AppData\\Local\\conda\\conda\\envs"]);
  });

  it("goes by no name when both are set", () => {
    const found = setting("envs_dirs", { env: { CONDA_ENVS_DIRS: "/a", CONDA_ENVS_PATH: "/b" } });
    expect(found.effective).toEqual(["/base/envs", "/h/.conda/envs"]);
    expect(found.error).toBe("MultipleKeysError: Multiple aliased keys in file envvars:\n  - envs_dirs\n  - envs_path\nMust declare only one. Prefer '_envs_dirs'");
  });
});

describe("single values", () => {
  it.each([
    ["true", true], ["yes", true], ["On", true], ["y", true], ["1", true], ["2", true], ["false", false], ["no", false], ["off", false], ["n", false], ["none", false], ["non", false], ["0", false], ["0.0", false], ["0.1", true], ["~", false], ["''", false],
  ])("always_copy: %s is %s", (text, expected) => {
    expect(setting("always_copy", { files: [`always_copy: ${text}\n`] })).toMatchObject({ effective: expected, source: { file: "/rc1", line: 1 } });
  });

  it("a wrong word is refused in conda's words", () => {
    expect(setting("always_copy", { files: ["always_copy: maybe\n"] }).error).toBe("CustomValidationError: Parameter always_copy = 'maybe' declared in <<merged>> is invalid.\nThe value 'maybe' cannot be boolified.");
    expect(setting("safety_checks", { files: ["safety_checks: loud\n"] }).error).toContain("'loud' is not a valid SafetyChecks\nValid choices for safety_checks: 'disabled', 'warn', 'enabled'");
  });

  it("the strongest counts, the weakest final one before all, `!important` in a variable likewise", () => {
    expect(setting("offline", { files: ["offline: true\n", "offline: false\n"] })).toMatchObject({ effective: false, source: { file: "/rc2", line: 1 }, shadows: [{ value: true, source: { file: "/rc1", line: 1 } }] });
    expect(setting("offline", { env: { CONDA_OFFLINE: "no" }, files: ["offline: true #!final\n", "offline: false\n"] })).toMatchObject({ effective: true, source: { file: "/rc1", line: 1 } });
    expect(value("offline", { env: { CONDA_OFFLINE: "true!important" } })).toBe(true);
  });

  it.each([["1.5", "1.5"], ["1.0", "1.0"], ["1e3", "1e3"], ["'1e3'", "1e3"], ["~", "None"]])("local_repodata_ttl: %s is no whole number and no boolean", (written, variable) => {
    expect(setting("local_repodata_ttl", { files: [`local_repodata_ttl: ${written}\n`] }).error).toMatch(/^InvalidTypeError: Parameter local_repodata_ttl/);
    expect(setting("local_repodata_ttl", { env: { CONDA_LOCAL_REPODATA_TTL: variable } }).error).toMatch(/^InvalidTypeError/);
  });

  it("an empty variable is false, also where null could be", () => {
    expect(["", "none", "null", "~"].map((text) => value("use_only_tar_bz2", { env: { CONDA_USE_ONLY_TAR_BZ2: text } }))).toEqual([false, null, null, null]);
  });

  it("an empty variable is a value", () => {
    expect(setting("always_copy", { env: { CONDA_ALWAYS_COPY: "" }, files: ["always_copy: true\n"] })).toMatchObject({ effective: false, source: { env: "CONDA_ALWAYS_COPY" } });
  });

  it("a null beats a weaker file", () => {
    expect(value("always_copy", { files: ["always_copy: true\n", "always_copy:\n"] })).toBe(false);
  });

  it("knows the other names, and refuses two in one file", () => {
    expect(value("always_copy", { files: ["copy: true\n"] })).toBe(true);
    expect(setting("always_copy", { files: ["copy: true\nalways_copy: false\n"] })).toMatchObject({ effective: false, error: "MultipleKeysError: Multiple aliased keys in file /rc1:\n  - always_copy\n  - copy\nMust declare only one. Prefer 'always_copy'" });
  });

  it("refuses both kinds of links at once", () => {
    expect(setting("always_softlink", { files: ["always_copy: true\nalways_softlink: true\n"] }).error).toContain("mutually exclusive");
  });

  it("takes secrets out of what it shows", () => {
    const files = ["channels:\n  - https://me:s3cret@host/c\nchannel_alias: https://u:pw@host\n"];
    expect(JSON.stringify([setting("channels", { files }), setting("channel_alias", { files })])).not.toMatch(/s3cret|pw@/);
  });

  it("has each setting from the version that brought it", () => {
    expect(() => setting("no_lock", { version: "23.1.0" })).toThrow("has no no_lock");
    expect(value("no_lock", { version: "23.9.0" })).toBe(false);
    expect(value("channels", { version: "24.7.1" })).toEqual(["defaults"]);
    expect(value("channels", { version: "24.9.0" })).toEqual([]);
  });
});
