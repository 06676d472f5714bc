import { describe, expect, it } from "vitest";
import { optionName, parseIni } from "../../configs/ini.ts";
import type { PipUseFact } from "../../facts/facts.ts";
import type { PipConfigLevel } from "./locations.ts";
import { relevantPipKeys, resolvePipUse, type PipUse } from "./settings.ts";

interface Case {
  readonly pip?: string;
  readonly python?: string;
  readonly command?: string;
  readonly env?: Record<string, string>;
  /** Files in reading order. */
  readonly global?: string | Buffer;
  readonly legacy?: string | Buffer;
  readonly user?: string | Buffer;
  readonly site?: string | Buffer;
  readonly named?: string | Buffer;
}

const paths: [keyof Case, PipConfigLevel, string][] = [
  ["global", "global", "/etc/pip.conf"], ["legacy", "user", "/T/home2/.pip/pip.conf"], ["user", "user", "/T/home2/.config/pip/pip.conf"],
  ["site", "site", "/v/pip.conf"], ["named", "env", "/T/my.conf"],
];

function use(given: Case): PipUse {
  const files = paths.map(([name, level, path]) => {
    const text = given[name];
    return { path, level, ini: text === undefined ? null : parseIni(Buffer.from(text as string)) };
  });
  const place = {
    platform: "linux", env: { HOME: "/T/home2", LANG: "C.UTF-8", ...given.env }, accountHome: "/root", cwd: "/T",
    version: given.pip ?? "26.2.1", prefix: "/v", basePrefix: "/usr", exists: () => false,
  };
  return resolvePipUse({ place, python: given.python ?? "3.11", files, ...(given.command === undefined ? {} : { command: given.command }) });
}

/** The way the golden outputs of `pip cache dir` read. */
function cacheDir(given: Case): string {
  const { breaks, cacheOff, cacheDir: dir } = use(given);
  return breaks[0]?.text ?? (cacheOff === null ? String(dir) : "disabled");
}

const breaks = (given: Case): string[] => use(given).breaks.map(({ path, env, line, kind }) => `${env ?? path}${line === undefined ? "" : `:${line}`} ${kind}`);

describe("resolvePipUse: the cache of `pip cache dir`, as real pips said", () => {
  const config = (text: string): Case => ({ user: text });
  const env = (name: string, value: string): Case => ({ env: { [name]: value } });
  const usual = "/T/home2/.cache/pip";
  const golden: [string, Case, string][] = [
    ["section cache beats global", config("[global]\ncache-dir = /g\n[cache]\ncache-dir = /c\n"), "/c"],
    ["env beats [cache]", { user: "[cache]\ncache-dir = /c\n", env: { PIP_CACHE_DIR: "/e" } }, "/e"],
    ["empty env ignored", { user: "[cache]\ncache-dir = /c\n", env: { PIP_CACHE_DIR: "" } }, "/c"],
    ["no-cache-dir in file vs PIP_CACHE_DIR", { user: "[global]\nno-cache-dir = true\n", env: { PIP_CACHE_DIR: "/e" } }, "disabled"],
    ["no-cache-dir env=0, file true", { user: "[global]\nno-cache-dir = true\n", env: { PIP_NO_CACHE_DIR: "0" } }, "disabled"],
    ["no-cache-dir=false in file", config("[global]\nno-cache-dir = false\n"), "disabled"],
    ["no-cache-dir= in file", config("[global]\nno-cache-dir =\n"), usual],
    ["PIP_NO_CACHE_DIR empty", env("PIP_NO_CACHE_DIR", ""), usual],
    ...["0", "1", "off", "false", "no", "true", "yes", "on", "False", "TRUE"].map((value): [string, Case, string] => [`PIP_NO_CACHE_DIR=${value}`, env("PIP_NO_CACHE_DIR", value), "disabled"]),
    ["PIP_NO_CACHE_DIR=maybe", env("PIP_NO_CACHE_DIR", "maybe"), "--no-cache-dir error: invalid truth value 'maybe'"],
    ["PIP_NO_CACHE_DIR=2", env("PIP_NO_CACHE_DIR", "2"), "--no-cache-dir error: invalid truth value '2'"],
    ["PIP_NO_CACHE=1 (not an option)", env("PIP_NO_CACHE", "1"), usual],
    ["XDG_CACHE_HOME", env("XDG_CACHE_HOME", "/T/xc"), "/T/xc/pip"],
    ["XDG_CACHE_HOME empty", env("XDG_CACHE_HOME", ""), usual],
    ["XDG_CACHE_HOME relative", env("XDG_CACHE_HOME", "rel"), "/T/rel/pip"],
    ["XDG_CACHE_HOME tilde", env("XDG_CACHE_HOME", "~/zz"), "/T/home2/zz/pip"],
    ["PIP_CACHE_DIR relative", env("PIP_CACHE_DIR", "rel"), "/T/rel"],
    ["PIP_CACHE_DIR tilde", env("PIP_CACHE_DIR", "~/q"), "/T/home2/q"],
    ["pip_cache_dir lower", env("pip_cache_dir", "/e"), usual],
    ["PIP__CACHE_DIR", env("PIP__CACHE_DIR", "/e"), usual],
    ["[Global] section case", config("[Global]\ncache-dir = /G\n"), usual],
    ["--cache-dir key", config("[global]\n--cache-dir = /G\n"), "/G"],
    ["cache_dir and cache-dir", config("[global]\ncache_dir = /G1\ncache-dir = /G2\n"), "/G2"],
    ["[DEFAULT] only", config("[DEFAULT]\ncache-dir = /D\n"), usual],
    ["[DEFAULT]+empty [global]", config("[DEFAULT]\ncache-dir = /D\n[global]\n"), "/D"],
    ["quotes", config('[global]\ncache-dir = "/quoted"\n'), '/T/"/quoted"'],
    ["inline comment", config("[global]\ncache-dir = /a # c\n"), "/a # c"],
    ["dollar HOME", config("[global]\ncache-dir = $HOME/a\n"), "/T/$HOME/a"],
  ];

  for (const pip of ["24.3.1", "25.1.1", "25.2", "26.2.1"]) {
    it.each(golden)(`${pip}: %s`, (_what, given, expected) => {
      expect(cacheDir({ ...given, pip, command: "cache" })).toBe(expected);
    });
  }

  it.each([["24.3.1", usual], ["25.1.1", usual], ["25.2", "/legacy"], ["25.3", "/legacy"], ["26.0", usual], ["26.2.1", usual]])(
    "%s: an empty value in the new user file against one in the legacy file: %s", (pip, expected) => {
      expect(cacheDir({ pip, legacy: "[global]\ncache-dir = /legacy\n", user: "[global]\ncache-dir =\n" })).toBe(expected);
    });
});

describe("resolvePipUse: which setting wins", () => {
  const every = ["9.0.3", "10.0.1", "19.3.1", "20.3.4", "24.3.1", "25.2", "25.3", "26.2.1", "26.3"];

  it.each(every)("%s: the command's section beats [global] of a stronger file", (pip) => {
    expect(use({ pip, global: "[install]\ncache-dir = /i\n", user: "[global]\ncache-dir = /g\n" }).cacheDir).toBe("/i");
  });

  it.each(every)("%s: of files the later one, of all the variable", (pip) => {
    const files = { global: "[global]\ncache-dir = /1\n", legacy: "[global]\ncache-dir = /2\n", user: "[global]\ncache-dir = /3\n", site: "[global]\ncache-dir = /4\n" };
    expect(use({ pip, ...files }).cacheDir).toBe("/4");
    expect(use({ pip, ...files, named: "[global]\ncache-dir = /5\n" }).cacheDir).toBe("/5");
    expect(use({ pip, ...files, env: { PIP_CACHE_DIR: "/6" } }).cacheDir).toBe("/6");
  });

  it("other commands' sections do not count for this one", () => {
    expect(use({ user: "[install]\ncache-dir = /i\n", command: "cache" }).cacheDir).toBe("/T/home2/.cache/pip");
    expect(use({ user: "[cache]\ncache-dir = /c\n" }).cacheDir).toBe("/T/home2/.cache/pip");
  });

  it("says where the winner stands", () => {
    const { cacheFrom, reads } = use({ user: "# mine\n[global]\nCache_Dir = ~/c\n" });
    expect(cacheFrom).toEqual({ key: "cache-dir", value: "~/c", section: "global", level: "user", from: { path: "/T/home2/.config/pip/pip.conf", line: 3 } });
    expect(use({ env: { PIP_CACHE_DIR: "/e" } }).cacheFrom).toEqual({ key: "cache-dir", value: "/e", section: ":env:", level: "env-var", from: { env: "PIP_CACHE_DIR" } });
    expect(use({ env: { XDG_CACHE_HOME: "/x" } }).cacheFrom).toMatchObject({ key: "XDG_CACHE_HOME", value: "/x", from: { env: "XDG_CACHE_HOME" } });
    expect(use({}).cacheFrom).toBe("default");
    expect(use({ user: "[DEFAULT]\ncache-dir = /d\n[global]\n" }).cacheFrom).toMatchObject({ section: "DEFAULT", from: { line: 2 } });
    expect(reads).toEqual(["/etc/pip.conf", "/T/home2/.pip/pip.conf", "/T/home2/.config/pip/pip.conf", "/v/pip.conf", "/T/my.conf"]);
  });

  it("pip 9 knows its variables in any case, lets empty ones cancel files and shares [DEFAULT] among files", () => {
    expect(use({ pip: "9.0.3", env: { pip_cache_dir: "/e" } }).cacheDir).toBe("/e");
    expect(use({ pip: "9.0.3", user: "[global]\ncache-dir = /c\n", env: { PIP_CACHE_DIR: "" } }).cacheDir).toBe("/T/home2/.cache/pip");
    expect(use({ pip: "9.0.3", global: "[DEFAULT]\ncache-dir = /d\n", user: "[global]\n" }).cacheDir).toBe("/d");
    expect(use({ pip: "10.0.1", global: "[DEFAULT]\ncache-dir = /d\n", user: "[global]\n" }).cacheDir).toBe("/T/home2/.cache/pip");
  });

  it("a file named twice counts at its last place until 25.1, at its first from 25.2", () => {
    const site = { user: "[global]\ncache-dir = /u\n" };
    const twice = (pip: string): string | null => {
      const ini = parseIni(Buffer.from("[global]\ncache-dir = /twice\n"));
      const place = { platform: "linux", env: { HOME: "/h" }, accountHome: null, cwd: "/", version: pip, prefix: "/v", basePrefix: "/v", exists: () => true };
      return resolvePipUse({ place, python: "3.11", files: [
        { path: "/etc/pip.conf", level: "global", ini }, { path: "/v/pip.conf", level: "site", ini: parseIni(Buffer.from(site.user)) }, { path: "/etc/pip.conf", level: "env", ini },
      ] }).cacheDir;
    };
    expect([twice("25.1"), twice("25.2"), twice("26.3")]).toEqual(["/twice", "/u", "/u"]);
  });

  it("Python 2 ends a value at ' ;' and takes \"\" for nothing", () => {
    const given = { pip: "20.3.4", user: "[global]\ncache-dir = /c ; mine\n" };
    expect(use({ ...given, python: "2.7" }).cacheDir).toBe("/c");
    expect(use({ ...given, python: "3.9" }).cacheDir).toBe("/c ; mine");
    expect(use({ pip: "20.3.4", python: "2.7", user: '[global]\ncache-dir = ""\n' }).cacheFrom).toBe("default");
  });
});

describe("resolvePipUse: no-cache-dir", () => {
  it.each<[string, Partial<Case>, "off" | "crash" | "on"]>([
    ["9.0.3", { env: { PIP_NO_CACHE_DIR: "0" } }, "off"], ["18.1", { env: { PIP_NO_CACHE_DIR: "false" } }, "off"],
    ["9.0.3", { env: { PIP_NO_CACHE_DIR: "1" } }, "crash"], ["18.1", { user: "[global]\nno-cache-dir = yes\n" }, "crash"],
    ["19.0", { env: { PIP_NO_CACHE_DIR: "1" } }, "off"], ["26.3", { user: "[global]\nno-cache-dir = no\n" }, "off"],
    ["18.1", { user: "[global]\nno-cache-dir = 0\n", env: { PIP_CACHE_DIR: "/e" } }, "on"],
    ["19.0", { user: "[global]\nno-cache-dir = 0\n", env: { PIP_CACHE_DIR: "/e" } }, "off"],
    ["18.1", { user: "[global]\ncache-dir = /c\n", env: { PIP_NO_CACHE_DIR: "off" } }, "off"],
  ])("%s with %j: %s", (pip, given, expected) => {
    const found = use({ pip, ...given });
    expect(found.breaks.map(({ kind }) => kind)).toEqual(expected === "crash" ? ["no-cache-dir-crash"] : []);
    expect(found.cacheOff !== null).toBe(expected !== "on");
  });

  it("leaves it said where the cache would be without it", () => {
    expect(use({ user: "[global]\nno-cache-dir = 1\ncache-dir = /c\n" })).toMatchObject({ cacheDir: "/c", cacheFrom: { key: "cache-dir" } });
    expect(use({ env: { PIP_NO_CACHE_DIR: "0" } })).toMatchObject({ cacheDir: "/T/home2/.cache/pip", cacheFrom: "default" });
  });

  it("names the strongest of the settings that switch it off", () => {
    expect(use({ global: "[global]\nno-cache-dir = 1\n", user: "[install]\nno-cache-dir = 0\n" }).cacheOff).toMatchObject({ section: "install", value: "0" });
  });
});

describe("resolvePipUse: what ends every command", () => {
  it.each<[string, Case, string[]]>([
    ["keys above the first header", { user: "cache-dir = /c\n" }, ["/T/home2/.config/pip/pip.conf:1 no-section-header"]],
    ["a byte order mark", { user: "\ufeff[global]\n" }, ["/T/home2/.config/pip/pip.conf:1 bom"]],
    ["one key twice", { site: "[global]\na = 1\na = 2\n" }, ["/v/pip.conf:3 duplicate-key"]],
    ["… which Python 2 puts up with", { pip: "20.3.4", python: "2.7", site: "[global]\na = 1\na = 2\n[global]\n" }, []],
    ["two spellings, up to 26.2", { user: "[global]\nCache_Dir = 1\ncache-dir = 2\n" }, []],
    ["two spellings, from 26.3", { pip: "26.3", user: "[global]\nCache_Dir = 1\ncache-dir = 2\n" }, ["/T/home2/.config/pip/pip.conf:3 two-spellings"]],
    ["… a development version of it not counted", { pip: "26.3.dev0", user: "[global]\nCache_Dir = 1\ncache-dir = 2\n" }, []],
    ["Latin-1", { global: Buffer.from("# f\u00fcr\n", "latin1") }, ["/etc/pip.conf:1 not-utf8"]],
    ["… which Python 2 does not decode", { pip: "9.0.3", python: "2.7", global: Buffer.from("# f\u00fcr\n", "latin1") }, []],
    ["… and a Latin-1 locale understands", { global: Buffer.from("# f\u00fcr\n", "latin1"), env: { LANG: "de_DE.ISO-8859-1" } }, []],
    ["a version switch in [global]", { user: "[global]\nversion = yes\n" }, ["/T/home2/.config/pip/pip.conf:2 version-key"]],
    ["… that a stronger file takes back", { global: "[global]\nversion = yes\n", user: "[global]\nversion = no\n" }, []],
    ["… in a command's section, where it does nothing", { user: "[install]\nversion = yes\n" }, []],
    ["PIP_VERSION, for pip 9", { pip: "9.0.3", env: { PIP_VERSION: "1" } }, ["PIP_VERSION version-key"]],
    ["PIP_VERSION, which later ones ignore", { env: { PIP_VERSION: "1", PIP_HELP: "x" } }, []],
    ["a wrong number", { env: { PIP_TIMEOUT: "abc" } }, ["PIP_TIMEOUT bad-value"]],
    ["a wrong switch", { user: "[install]\nuser = maybe\n" }, ["/T/home2/.config/pip/pip.conf:2 bad-value"]],
    ["a wrong switch of another command", { user: "[list]\nuser = maybe\n" }, []],
    ["a wrong value that a stronger file replaces", { global: "[global]\nuser = maybe\n", user: "[global]\nuser = true\n" }, []],
    ["… which 25.2 and 25.3 look at all the same", { pip: "25.3", global: "[global]\nuser = maybe\n", user: "[global]\nuser = true\n" }, ["/etc/pip.conf:2 bad-value"]],
    ["a wrong value in a weaker section", { user: "[global]\nuser = maybe\n[install]\nuser = true\n" }, ["/T/home2/.config/pip/pip.conf:2 bad-value"]],
    ["several at once", { env: { PIP_RETRIES: "x" }, global: "a\n", user: "[global]\ntimeout = y\n" }, ["/etc/pip.conf:1 no-section-header", "/etc/pip.conf:1 no-value", "/T/home2/.config/pip/pip.conf:2 bad-value", "PIP_RETRIES bad-value"]],
  ])("%s", (_what, given, expected) => {
    expect(breaks(given)).toEqual(expected);
  });

  it.each<[string, string, boolean]>([
    ["timeout", "1.5", true], ["timeout", "1e3", true], ["timeout", "inf", true], ["timeout", "0x10", false], ["timeout", "1_0", true],
    ["retries", "0x1f", true], ["retries", "017", true], ["retries", "08", false], ["retries", "-1", true], ["retries", "1.5", false], ["retries", "0b11", true],
    ["verbose", "3", true], ["verbose", "yes", true], ["verbose", "-1", false], ["progress-bar", "raw", true], ["progress-bar", "pretty", false],
    ["exists-action", "i w", true], ["exists-action", "i x", false], ["use-pep517", "true", true], ["use-pep517", "true ", false],
    ["upgrade-strategy", "eager", true], ["upgrade-strategy", "lazy", false], ["nonsense", "anything", true], ["cache-dir", "anything", true],
  ])("%s = %j is taken: %s", (key, value, isTaken) => {
    expect(breaks({ env: { [`PIP_${key.toUpperCase().replaceAll("-", "_")}`]: value } }).length).toBe(isTaken ? 0 : 1);
  });

  it.each<[string, string, string, string, boolean]>([
    ["verbose", "3", "20.2.4", "20.3", false], ["progress-bar", "pretty", "22.0.4", "22.1", true], ["progress-bar", "raw", "24.0", "24.1", false],
    ["no-use-pep517", "true", "25.2", "25.3", false], ["root-user-action", "x", "22.0", "22.1", true], ["break-system-packages", "x", "23.0", "23.0.1", true],
  ])("%s = %s changes its meaning from %s to %s", (key, value, ...[before, after, isTakenBefore]) => {
    const count = (pip: string): number => breaks({ pip, env: { [`PIP_${key.toUpperCase().replaceAll("-", "_")}`]: value } }).length;
    expect([count(before), count(after)]).toEqual(isTakenBefore ? [0, 1] : [1, 0]);
  });

  it("says what pip says", () => {
    const text = (env: Record<string, string>, pip = "25.3"): string | undefined => use({ pip, env }).breaks[0]?.text;
    expect(text({ PIP_TIMEOUT: "abc" })).toBe("option timeout: invalid floating-point value: 'abc'");
    expect(text({ PIP_RETRIES: "abc" })).toBe("option retries: invalid integer value: 'abc'");
    expect(text({ PIP_USER: "maybe" })).toBe("maybe is not a valid value for user option, please specify a boolean value like yes/no, true/false or 1/0 instead.");
    expect(text({ PIP_PROGRESS_BAR: "x" }, "24.0")).toBe("option progress-bar: invalid choice: 'x' (choose from 'on', 'off')");
    expect(text({ PIP_TIMEOUT: "https://me:secret@host/" })).not.toContain("secret");
  });

  it("without any home, from 26.3", () => {
    const place = { platform: "linux", env: {}, accountHome: null, cwd: "/", version: "26.3", prefix: "/v", basePrefix: "/v", exists: () => false };
    const found = resolvePipUse({ place, python: "3.11", files: [] });
    expect(found).toMatchObject({ cacheDir: null, cacheFrom: null, cacheOff: null, breaks: [{ path: "", kind: "no-home" }] });
    expect(resolvePipUse({ place: { ...place, version: "26.2.1" }, python: "3.11", files: [] })).toMatchObject({ cacheDir: "/~/.cache/pip", breaks: [] });
  });
});

describe("resolvePipUse: UTF-8 beyond ASCII where the locale is C", () => {
  const breaksWith = (pip: string, python: string, env: Record<string, string>): boolean => {
    const place = { platform: "linux", env: { HOME: "/h", ...env }, accountHome: null, cwd: "/", version: pip, prefix: "/v", basePrefix: "/v", exists: () => false };
    return resolvePipUse({ place, python, files: [{ path: "/etc/pip.conf", level: "global", ini: parseIni(Buffer.from("# f\u00fcr\n")) }] }).breaks.length > 0;
  };

  it.each<[string, string, Record<string, string>, boolean]>([
    ["26.2.1", "3.11", { LC_ALL: "C" }, true], ["26.2.1", "3.11", { LC_ALL: "POSIX" }, true], ["26.2.1", "3.11", { LC_ALL: "C", PYTHONUTF8: "1" }, true],
    ["26.2.1", "3.10", { LC_ALL: "C" }, false], ["26.2.1", "3.11", { LANG: "C" }, false], ["26.2.1", "3.11", {}, false],
    ["26.2.1", "3.11", { LANG: "C", PYTHONCOERCECLOCALE: "0" }, true], ["26.2.1", "3.11", { LC_ALL: "C.UTF-8" }, false],
    ["26.1.2", "3.11", { LC_ALL: "C" }, false], ["26.3", "3.11", { LC_ALL: "C" }, false], ["26.3", "3.11", { LC_ALL: "C", PYTHONUTF8: "0" }, true],
    ["20.3.4", "3.9", { LC_ALL: "C" }, false], ["18.1", "3.6", { LC_ALL: "C" }, true], ["18.1", "3.6", {}, true], ["19.2.3", "2.7", { LC_ALL: "C" }, false],
    ["24.0", "3.9", { LANG: "de_DE.UTF-8" }, false], ["24.0", "3.9", { LC_ALL: "", LC_CTYPE: "en_US.utf8" }, false],
  ])("pip %s on Python %s with %j breaks: %s", (pip, python, env, expected) => {
    expect(breaksWith(pip, python, env)).toBe(expected);
  });
});

describe("resolvePipUse: where packages go", () => {
  it("tells user and no-user, whatever their value, and break-system-packages while it is true", () => {
    expect(use({ user: "[install]\nuser = false\n" }).userSetting).toMatchObject({ key: "user", value: "false" });
    expect(use({ user: "[global]\nuser = true\n", env: { PIP_NO_USER: "0" } }).userSetting).toMatchObject({ key: "no-user", value: "0" });
    expect(use({ pip: "9.0.3", user: "[global]\nuser = true\n", env: { PIP_NO_USER: "0" } }).userSetting).toMatchObject({ key: "user" });
    expect(use({ global: "[install]\nbreak-system-packages = true\n" }).breakSystemPackages).toMatchObject({ section: "install", level: "global" });
    expect(use({ env: { PIP_BREAK_SYSTEM_PACKAGES: "0" } }).breakSystemPackages).toBe(null);
    expect(use({ pip: "23.0", env: { PIP_BREAK_SYSTEM_PACKAGES: "1" } }).breakSystemPackages).toBe(null);
  });
});

describe("what facts take over", () => {
  it("is of the facts' own shape", () => {
    const found: Omit<PipUseFact, "python" | "cacheReal"> = use({ env: { PIP_CACHE_DIR: "https://me:secret@host/c" } });
    expect(found.cacheFrom).toMatchObject({ value: "https://***@host/c" });
  });

  it("keeps keys near caches, permissions and places, as pip spells them", () => {
    expect(relevantPipKeys).toEqual(expect.arrayContaining(["cache-dir", "no-cache-dir", "user", "target", "break-system-packages"]));
    expect(relevantPipKeys.filter((key) => key !== optionName(key))).toEqual([]);
  });
});
