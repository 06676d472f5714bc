import { describe, expect, it } from "vitest";
import { parseIni } from "../../configs/ini.ts";
import { meantOption, meantVariable, straySettings } from "./stray-settings.ts";

const strays = (text: string): string[] => straySettings(parseIni(Buffer.from(text))).map(({ section, key, line, meant }) => `${line}: [${section}] ${key} -> [${meant.section}] ${meant.key}`);

describe("meantOption", () => {
  it.each([
    ["cachedir", "cache-dir"], ["cache-directory", "cache-dir"], ["chache-dir", "cache-dir"], ["cahce-dir", "cache-dir"], ["cache-dri", "cache-dir"], ["global.cache-dir", "cache-dir"],
    ["no-cache", "no-cache-dir"], ["nocachedir", "no-cache-dir"], ["disable-cache", "no-cache-dir"],
    ["break-system-package", "break-system-packages"], ["break-systems-packages", "break-system-packages"], ["require-virtual-env", "require-virtualenv"],
  ])("%s is meant for %s", (name, meant) => {
    expect(meantOption(name)).toBe(meant);
  });

  it.each(["cache-dir", "no-cache-dir", "user", "users", "use", "root", "src", "log", "no-color", "no-clean", "timeout", "index-url", "cache", "require-venv", "target", "no-user", "use-pep517", "break"])("%s is left alone", (name) => {
    expect(meantOption(name)).toBeUndefined();
  });
});

describe("straySettings", () => {
  it("names keys in a section of the wrong case", () => {
    expect(strays("[Global]\ncache-dir = /c\ntimeout = 30\n[INSTALL]\nuser = yes\n")).toEqual(["2: [Global] cache-dir -> [global] cache-dir", "5: [INSTALL] user -> [install] user"]);
  });

  it("names pip's own keys in sections no pip reads, not other programs' words", () => {
    expect(strays("[pip]\nno_cache_dir = 1\nuser = me\n[deploy]\nuser = me\ncachedir = /c\n")).toEqual(["2: [pip] no-cache-dir -> [global] no-cache-dir"]);
  });

  it("names misspelt keys in the right section", () => {
    expect(strays("[global]\nCacheDir = /c\n[install]\nbreak-system-package = 1\n")).toEqual(["2: [global] cachedir -> [global] cache-dir", "4: [install] break-system-package -> [install] break-system-packages"]);
  });

  it("names what `pip config set cache.dir` left", () => {
    expect(strays("[cache]\ndir = /c\n")).toEqual(["2: [cache] dir -> [global] cache-dir"]);
    expect(strays("[global]\ndir = /c\n")).toEqual(["2: [global] dir -> [global] cache-dir"]);
  });

  it("names [DEFAULT] where it stands alone, and not where a section takes its values over", () => {
    expect(strays("[DEFAULT]\ncache-dir = /c\n")).toEqual(["2: [DEFAULT] cache-dir -> [global] cache-dir"]);
    expect(strays("[DEFAULT]\ncache-dir = /c\n[global]\n")).toEqual([]);
  });

  it("names nothing in a sound file", () => {
    expect(strays("[global]\ncache_dir = /c\n--no-cache-dir = 1\nindex-url = https://index.example/simple\n[install]\nuser = no\n[freeze]\ntimeout = 10\n")).toEqual([]);
  });
});

describe("meantVariable", () => {
  it.each([["PIP_NO_CACHE", "PIP_NO_CACHE_DIR"], ["PIP_CACHEDIR", "PIP_CACHE_DIR"], ["pip_cache_dir", "PIP_CACHE_DIR"], ["PIP_BREAK_SYSTEM_PACKAGE", "PIP_BREAK_SYSTEM_PACKAGES"]])("%s is meant for %s", (name, meant) => {
    expect(meantVariable(name)).toBe(meant);
  });

  it.each(["PIP_CACHE_DIR", "PIP_CACHE", "PIP_NO_CACHE_DIR", "PIP_USER", "PIP_VERSION", "PIP_", "PIP_INDEX_URL", "XDG_CACHE_HOME"])("%s is left alone", (name) => {
    expect(meantVariable(name)).toBeUndefined();
  });
});
