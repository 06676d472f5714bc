import { describe, expect, it } from "vitest";
import { configFile, factsWith, link, pipUse, present, root, rootOwned, setting } from "../facts/example-facts.ts";
import type { Facts } from "../facts/facts.ts";
import { cacheElsewhere, placeForCache, userConfigFile } from "./pip-places.ts";
import { mayEdit, placeOf, settingEvidence, shellWord } from "./settings-words.ts";

const file = "/home/me/.config/pip/pip.conf";

describe("placeOf and settingEvidence", () => {
  it("say where a person finds the setting", () => {
    const variable = setting("no-cache-dir", "0", { section: ":env:", level: "env-var", from: { env: "PIP_NO_CACHE_DIR" } });
    expect([placeOf(setting("cache-dir", "c")), placeOf(variable), placeOf(setting("cache-dir", "c", { from: { path: file } }))]).toEqual([`${file}:2`, "PIP_NO_CACHE_DIR", file]);
    expect([settingEvidence(setting("cache-dir", "c")).says, settingEvidence(variable).says]).toEqual(["[global] cache-dir = c", "PIP_NO_CACHE_DIR=0"]);
  });
});

describe("mayEdit", () => {
  it.each<[string, Parameters<typeof present>[1], boolean]>([
    ["an own file", {}, true],
    ["a foreign file", rootOwned, false],
    ["a foreign file that the group may write", { ...rootOwned, mode: 0o666, write: "ok" }, false],
    ["an own file that may not be written", { mode: 0o444, write: "EACCES" }, false],
    ["a file with a second name", { nlink: 2 }, false],
  ])("judges %s", (_, words, allowed) => {
    expect(mayEdit(factsWith({ paths: [present(file, { type: "file", ...words })] }), file)).toBe(allowed);
  });

  it("follows a link to an own file, whose own access nobody asked", () => {
    const { access: _, ...target } = present("/home/me/dotfiles/pip.conf", { type: "file" });
    expect(mayEdit(factsWith({ paths: [link(file, "../../dotfiles/pip.conf"), target] }), file)).toBe(true);
    expect(mayEdit(factsWith({ paths: [link(file, "../../dotfiles/pip.conf"), { ...target, mode: 0o444 }] }), file)).toBe(false);
  });

  it("edits no directory, and nothing that was not seen", () => {
    expect(mayEdit(factsWith({ paths: [present(file)] }), file)).toBe(false);
    expect(mayEdit(factsWith(), "/somewhere")).toBe(false);
    expect(mayEdit(factsWith(), undefined)).toBe(false);
  });

  it("as root only root's files", () => {
    expect(mayEdit(factsWith({ user: root(), paths: [present("/etc/pip.conf", { type: "file", ...rootOwned })] }), "/etc/pip.conf")).toBe(true);
    expect(mayEdit(factsWith({ user: root(), paths: [present(file, { type: "file" })] }), file)).toBe(false);
  });
});

describe("shellWord", () => {
  it("leaves plain words and quotes all others", () => {
    expect(["/a/b-c_d.e", "a b", "it's", "$HOME", "", "é"].map(shellWord)).toEqual(["/a/b-c_d.e", "'a b'", "'it'\\''s'", "'$HOME'", "''", "'é'"]);
  });
});

describe("userConfigFile", () => {
  it("is the last of the user's files, when it can be edited or made", () => {
    expect(userConfigFile(factsWith())).toBe(file);
    const read = (words: Parameters<typeof present>[1]): string | undefined => userConfigFile(factsWith({ paths: [present(file, { type: "file", ...words })], pip: { configs: [configFile()], uses: [] } }));
    expect([read({}), read(rootOwned)]).toEqual([file, undefined]);
    expect(userConfigFile(factsWith({ paths: [present("/home/me/.config/pip", rootOwned)] }))).toBeUndefined();
    for (const state of ["unreadable", "broken", "not-a-file"] as const) expect(userConfigFile(factsWith({ pip: { configs: [configFile({ state })], uses: [] } }))).toBeUndefined();
  });

  it("is PIP_CONFIG_FILE where that is a file of the user's", () => {
    const named = (words: Parameters<typeof present>[1]): Facts => factsWith({ env: { PIP_CONFIG_FILE: "/home/me/my.conf" }, paths: [present("/home/me/my.conf", { type: "file", ...words })] });
    expect([userConfigFile(named({})), userConfigFile(named(rootOwned))]).toEqual(["/home/me/my.conf", undefined]);
  });

  it("is nothing where pip reads no file of the user's", () => {
    expect(userConfigFile(factsWith({ env: { PIP_CONFIG_FILE: "/dev/null" }, pip: { configs: [], uses: [] } }))).toBeUndefined();
  });
});

describe("placeForCache", () => {
  it("is below the home, writable, and not where the illness is", () => {
    expect(placeForCache(factsWith(), "/home/me/.cache")).toBe("/home/me/.local/share/pip-cache");
    expect(placeForCache(factsWith({ paths: [present("/home/me/.local/share", rootOwned)] }), "/home/me/.cache")).toBe("/home/me/pip-cache");
    expect(placeForCache(factsWith(), "/home/me")).toBeUndefined();
  });
});

describe("cacheElsewhere", () => {
  const of = (use: Parameters<typeof pipUse>[0]): number => cacheElsewhere(factsWith(), { id: "x", file, place: "/home/me/pip-cache", uses: [pipUse(use)] }).length;
  const from = (words: Parameters<typeof setting>[2]): ReturnType<typeof setting> => setting("cache-dir", "/c", words);

  it.each<[string, Parameters<typeof pipUse>[0], number]>([
    ["nothing", {}, 1],
    ["XDG_CACHE_HOME", { cacheFrom: setting("XDG_CACHE_HOME", "/x", { section: ":env:", level: "env-var", from: { env: "XDG_CACHE_HOME" } }) }, 1],
    ["the same file", { cacheFrom: from({}) }, 1],
    ["a file read before", { cacheFrom: from({ level: "global", from: { path: "/etc/pip.conf", line: 1 } }) }, 1],
    ["a file read later", { reads: ["/etc/pip.conf", file, "/venv/pip.conf"], cacheFrom: from({ level: "site", from: { path: "/venv/pip.conf", line: 1 } }) }, 0],
    ["PIP_CACHE_DIR", { cacheFrom: from({ section: ":env:", level: "env-var", from: { env: "PIP_CACHE_DIR" } }) }, 0],
    ["a pip that does not read the file", { reads: ["/etc/pip.conf"] }, 0],
  ])("counts against %s", (_, use, offered) => {
    expect(of(use)).toBe(offered);
  });

  it("offers nothing that would count for some of the pips only", () => {
    const uses = [pipUse(), pipUse({ pip: "9.0.3", reads: [] })];
    expect(cacheElsewhere(factsWith(), { id: "x", file, place: "/p", uses })).toEqual([]);
    expect(cacheElsewhere(factsWith(), { id: "x", file: undefined, place: "/p", uses: [pipUse()] })).toEqual([]);
    expect(cacheElsewhere(factsWith(), { id: "x", file, place: undefined, uses: [pipUse()] })).toEqual([]);
  });
});
