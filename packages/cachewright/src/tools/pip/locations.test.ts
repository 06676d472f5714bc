import { describe, expect, it } from "vitest";
import { pipCacheMarks, pipConfigFiles, pipDefaultCacheDir, pipHomeError, type PipInstallPlace } from "./locations.ts";

const linux: PipInstallPlace = {
  platform: "linux", env: { HOME: "/home/test" }, accountHome: "/home/account", cwd: "/work", version: "25.3",
  prefix: "/usr", basePrefix: "/usr", exists: () => false,
};
const mac: PipInstallPlace = { ...linux, platform: "darwin" };
const windows: PipInstallPlace = {
  ...linux, platform: "win32", cwd: "C:\\work", prefix: "C:\\Python", basePrefix: "C:\\Python",
  env: { USERPROFILE: "C:\\Users\\test", LOCALAPPDATA: "C:\\Users\\test\\AppData\\Local", APPDATA: "C:\\Users\\test\\AppData\\Roaming", ProgramData: "C:\\ProgramData" },
};

const cache = (place: PipInstallPlace, version: string, env: Record<string, string>): string => {
  const found = pipDefaultCacheDir({ ...place, version, env });
  return "error" in found ? found.error : `${found.path} (${found.from})`;
};
const files = (place: PipInstallPlace, version: string, env: Record<string, string> = {}): string[] =>
  pipConfigFiles({ ...place, version, env: { ...place.env, ...env } }).map(({ level, path }) => `${level} ${path}`);
const dirs = (place: PipInstallPlace, version: string, env: Record<string, string> = {}): string[] =>
  files(place, version, env).filter((one) => one.startsWith("global ")).map((one) => one.slice(7));

describe("pipDefaultCacheDir", () => {
  it.each<[string, PipInstallPlace, string, Record<string, string>, string]>([
    ["the home's cache", linux, "26.2.1", { HOME: "/home/test" }, "/home/test/.cache/pip (default)"],
    ["XDG_CACHE_HOME", linux, "26.2.1", { HOME: "/home/test", XDG_CACHE_HOME: "/home/test/.other-cache" }, "/home/test/.other-cache/pip (XDG_CACHE_HOME)"],
    ["a home that is the root", linux, "9.0.3", { HOME: "/" }, "/.cache/pip (default)"],
    ["a home with a slash behind it", linux, "26.3", { HOME: "/home/test/" }, "/home/test/.cache/pip (default)"],
    ["a relative home", linux, "24.0", { HOME: "h" }, "/work/h/.cache/pip (default)"],
    ["an empty XDG_CACHE_HOME is the working directory until 21.2", linux, "21.2.4", { HOME: "/h", XDG_CACHE_HOME: "" }, "/work/pip (XDG_CACHE_HOME)"],
    ["… and none since 21.3", linux, "21.3", { HOME: "/h", XDG_CACHE_HOME: "" }, "/h/.cache/pip (default)"],
    ["blanks are none, too", linux, "21.3", { HOME: "/h", XDG_CACHE_HOME: "  " }, "/h/.cache/pip (default)"],
    ["blanks before it belong to it until 26.1", linux, "26.1.2", { HOME: "/h", XDG_CACHE_HOME: " /x" }, "/work/ /x/pip (XDG_CACHE_HOME)"],
    ["… and are cut off since 26.2", linux, "26.2", { HOME: "/h", XDG_CACHE_HOME: " /x" }, "/x/pip (XDG_CACHE_HOME)"],
    ["a relative one is followed until 26.2", linux, "26.2.1", { HOME: "/h", XDG_CACHE_HOME: "rel" }, "/work/rel/pip (XDG_CACHE_HOME)"],
    ["… and ignored since 26.3", linux, "26.3", { HOME: "/h", XDG_CACHE_HOME: "rel" }, "/h/.cache/pip (default)"],
    ["a tilde in it is expanded until 26.2", linux, "26.2.1", { HOME: "/h", XDG_CACHE_HOME: "~/c" }, "/h/c/pip (XDG_CACHE_HOME)"],
    ["… and ignored since 26.3", linux, "26.3", { HOME: "/h", XDG_CACHE_HOME: "~/c" }, "/h/.cache/pip (default)"],
    ["an empty HOME is the root until 26.2", linux, "26.2.1", { HOME: "" }, "/.cache/pip (default)"],
    ["… and the account's home since 26.3", linux, "26.3", { HOME: "" }, "/home/account/.cache/pip (default)"],
    ["without HOME the account's home", linux, "24.0", {}, "/home/account/.cache/pip (default)"],
    ["without any home a directory named ~ until 26.2", { ...linux, accountHome: null }, "26.2.1", {}, "/work/~/.cache/pip (default)"],
    ["… and an error since 26.3", { ...linux, accountHome: null }, "26.3", {}, "RuntimeError: could not determine the home directory for '~/.cache', set HOME or an absolute XDG variable"],
    ["macOS", mac, "24.0", { HOME: "/home/test", XDG_CACHE_HOME: "/x" }, "/home/test/Library/Caches/pip (default)"],
    ["macOS follows XDG_CACHE_HOME since 26.2", mac, "26.2", { HOME: "/home/test", XDG_CACHE_HOME: "/home/test/.other-cache" }, "/home/test/.other-cache/pip (XDG_CACHE_HOME)"],
    ["Windows", windows, "25.3", { LOCALAPPDATA: "C:\\Users\\test\\AppData\\Local" }, "C:\\Users\\test\\AppData\\Local\\pip\\Cache (default)"],
    ["Windows without the variable", windows, "25.3", { USERPROFILE: "C:\\Users\\test" }, "C:\\Users\\test\\AppData\\Local\\pip\\Cache (default)"],
    ["Windows with platformdirs' own variable, since 26.2", windows, "26.2", { LOCALAPPDATA: "C:\\L", WIN_PD_OVERRIDE_LOCAL_APPDATA: "D:\\o" }, "D:\\o\\pip\\Cache (WIN_PD_OVERRIDE_LOCAL_APPDATA)"],
  ])("%s", (_what, ...[place, version, env, expected]) => {
    expect(cache(place, version, env)).toBe(expected);
  });
});

describe("pipConfigFiles", () => {
  const usual = ["global /etc/xdg/pip/pip.conf", "global /etc/pip.conf", "user /home/test/.pip/pip.conf", "user /home/test/.config/pip/pip.conf"];

  it("reads global, user and the interpreter's own files, the strongest last", () => {
    expect(files(linux, "25.3")).toEqual([...usual, "site /usr/pip.conf"]);
  });

  it("reads an interpreter's own file only in environments until 19.0", () => {
    const venv = { ...linux, prefix: "/v" };
    for (const version of ["9.0.3", "10.0.1", "19.0.3"]) {
      expect(files(linux, version)).toEqual(usual);
      expect(files(venv, version)).toEqual([...usual, "site /v/pip.conf"]);
    }
    expect(files(linux, "19.1")).toEqual([...usual, "site /usr/pip.conf"]);
  });

  it("reads the base interpreter's file as well in 23.1.0 alone", () => {
    const venv = { ...linux, prefix: "/v" };
    expect(files(venv, "23.1").slice(4)).toEqual(["site /usr/pip.conf", "site /v/pip.conf"]);
    expect(files(venv, "23.1.1").slice(4)).toEqual(["site /v/pip.conf"]);
  });

  describe("PIP_CONFIG_FILE", () => {
    const there = { ...linux, exists: () => true };

    it("takes the user files' place when it exists, and is the strongest", () => {
      expect(files(there, "25.3", { PIP_CONFIG_FILE: "my.conf" })).toEqual([...usual.slice(0, 2), "site /usr/pip.conf", "env /work/my.conf"]);
    });

    it("for pip 9 is weaker than the environment's file", () => {
      expect(files({ ...there, prefix: "/v" }, "9.0.3", { PIP_CONFIG_FILE: "/my.conf" })).toEqual([...usual.slice(0, 2), "env /my.conf", "site /v/pip.conf"]);
    });

    it("leaves the user files when it does not exist or is empty", () => {
      expect(files(linux, "25.3", { PIP_CONFIG_FILE: "~/my.conf" })).toEqual([...usual, "site /usr/pip.conf", "env /work/~/my.conf"]);
      expect(files(linux, "9.0.3", { PIP_CONFIG_FILE: "/my.conf" })).toEqual(usual);
      expect(files(linux, "25.3", { PIP_CONFIG_FILE: "" })).toEqual([...usual, "site /usr/pip.conf"]);
    });

    it("switches every file off when it is the null device", () => {
      expect(files(there, "9.0.3", { PIP_CONFIG_FILE: "/dev/null" })).toEqual([]);
      expect(files(there, "26.3", { PIP_CONFIG_FILE: "/dev/null" })).toEqual([]);
      expect(files(windows, "26.3", { PIP_CONFIG_FILE: "nul" })).toEqual([]);
    });
  });

  it.each<[string, string, string, string[]]>([
    ["every member, and /etc last", "26.2.1", "/spam:/etc:/etc/xdg", ["/spam/pip", "/etc/pip", "/etc/xdg/pip", "/etc"]],
    ["an empty value is none", "21.3", "", ["/etc/xdg/pip", "/etc"]],
    ["an empty value is none at all until 19.3", "19.3.1", "", ["/etc"]],
    ["an empty member is the working directory", "25.3", "/a:", ["/a/pip", "/work/pip", "/etc"]],
    ["an empty member is left out from 20.0 to 21.2", "20.3.4", "/a:", ["/a/pip", "/etc"]],
    ["… and from 26.2", "26.2.1", "/a:", ["/a/pip", "/etc"]],
    ["a tilde is expanded until 24.0", "24.0", "~/x", ["/home/test/x/pip", "/etc"]],
    ["… and literal from 24.1", "24.1", "~/x", ["/work/~/x/pip", "/etc"]],
    ["relative members are dropped from 26.3", "26.3", "x:~/y: /z", ["/z/pip", "/etc"]],
    ["… and when none is left, the usual one is taken", "26.3", "x", ["/etc/xdg/pip", "/etc"]],
    ["nothing but separators is a pip.conf in the working directory", "26.2.1", ":", ["/work", "/etc"]],
  ])("XDG_CONFIG_DIRS: %s (%s)", (_what, version, value, expected) => {
    expect(dirs(linux, version, { XDG_CONFIG_DIRS: value })).toEqual(expected.map((dir) => `${dir}/pip.conf`));
  });

  it.each<[string, string, Record<string, string>, string]>([
    ["XDG_CONFIG_HOME", "9.0.3", { XDG_CONFIG_HOME: "/home/test/.other-config" }, "/home/test/.other-config/pip/pip.conf"],
    ["its tilde is never expanded", "20.3.4", { XDG_CONFIG_HOME: "~/c" }, "/work/~/c/pip/pip.conf"],
    ["a relative one is ignored from 26.3", "26.3", { XDG_CONFIG_HOME: "c" }, "/home/test/.config/pip/pip.conf"],
    ["a home that is the root", "26.3", { HOME: "/" }, "/.config/pip/pip.conf"],
    ["an empty home is the account's from 26.3", "26.3", { HOME: "" }, "/home/account/.config/pip/pip.conf"],
  ])("the user's file: %s (%s)", (_what, version, env, expected) => {
    expect(files(linux, version, env)[3]).toBe(`user ${expected}`);
  });

  it("still asks os.path for the legacy file: an empty HOME is the root", () => {
    expect(files(linux, "26.3", { HOME: "" })[2]).toBe("user /.pip/pip.conf");
  });

  describe("macOS", () => {
    const brewed = { ...mac, prefix: "/opt/homebrew/opt/python@3.13/Frameworks/Python.framework/Versions/3.13" };
    const library = "/Library/Application Support/pip/pip.conf";

    it("takes the user's Library only when it is there, except in pip 9", () => {
      const there = { ...mac, exists: (path: string) => path === "/home/test/Library/Application Support/pip" };
      expect(files(mac, "25.3")[2]).toBe("user /home/test/.config/pip/pip.conf");
      expect(files(there, "25.3")[2]).toBe("user /home/test/Library/Application Support/pip/pip.conf");
      expect(files(mac, "9.0.3")[2]).toBe("user /home/test/Library/Application Support/pip/pip.conf");
    });

    it("takes XDG_DATA_HOME for it since 26.2, when it is there", () => {
      const there = { ...mac, exists: (path: string) => path === "/home/test/.other-config/pip" };
      const env = { XDG_DATA_HOME: "/home/test/.other-config" };
      expect(files(there, "26.2", env)[2]).toBe("user /home/test/.other-config/pip/pip.conf");
      expect(files(mac, "26.2", env)[2]).toBe("user /home/test/.config/pip/pip.conf");
      expect(files(there, "25.3", env)[2]).toBe("user /home/test/.config/pip/pip.conf");
    });

    it("takes Homebrew's directory first", () => {
      const base = { ...brewed, basePrefix: brewed.prefix };
      expect(dirs(base, "24.0")).toEqual([library]);
      expect(dirs(base, "24.1")).toEqual([`/opt/homebrew/share/pip:${library}`]);
      expect(dirs(base, "25.1")).toEqual(["/opt/homebrew/share/pip/pip.conf", library]);
      expect(dirs({ ...base, prefix: "/v" }, "26.2")).toEqual([library]);
      expect(dirs({ ...base, prefix: "/v" }, "26.3")).toEqual(["/opt/homebrew/share/pip/pip.conf", library]);
    });

    it("takes XDG_DATA_DIRS instead since 26.2", () => {
      const env = { XDG_DATA_DIRS: "/spam:/etc:/etc/xdg" };
      expect(dirs(brewed, "26.2", env)).toEqual(["/spam/pip/pip.conf", "/etc/pip/pip.conf", "/etc/xdg/pip/pip.conf"]);
      expect(dirs(mac, "26.1", env)).toEqual([library]);
    });
  });

  it("Windows", () => {
    expect(files(windows, "25.3")).toEqual([
      "global C:\\ProgramData\\pip\\pip.ini", "user C:\\Users\\test\\pip\\pip.ini",
      "user C:\\Users\\test\\AppData\\Roaming\\pip\\pip.ini", "site C:\\Python\\pip.ini",
    ]);
  });
});

describe("pipHomeError", () => {
  const homeless = { ...linux, accountHome: null };
  const error = (version: string, env: Record<string, string>): string | null => pipHomeError({ ...homeless, version, env });

  it("is what every command of 26.3 dies of without a home", () => {
    expect(error("26.3", {})).toMatch(/RuntimeError.*'~\/\.cache'/);
    expect(error("26.3", { XDG_CACHE_HOME: "/c" })).toMatch(/RuntimeError.*'~\/\.config'/);
    expect(error("26.3", { HOME: "", XDG_CACHE_HOME: "c" })).toMatch(/RuntimeError.*'~\/\.cache'/);
  });

  it("is cured by a HOME, or by both XDG variables; older versions go on without", () => {
    expect(error("26.3", { HOME: "/nowhere" })).toBe(null);
    expect(error("26.3", { XDG_CACHE_HOME: "/c", XDG_CONFIG_HOME: "/d" })).toBe(null);
    expect(error("26.2.1", {})).toBe(null);
    expect(pipHomeError({ ...linux, version: "26.3", env: {} })).toBe(null);
  });
});

describe("pipCacheMarks", () => {
  it("names what pip has kept at the top of its cache since version 6", () => {
    expect([...pipCacheMarks].sort()).toEqual(["http", "http-v2", "selfcheck", "selfcheck.json", "wheels"]);
  });
});
