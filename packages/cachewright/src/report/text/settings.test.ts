import { describe, expect, it } from "vitest";
import { plainLook } from "../../../test/cli/plain-look.ts";
import type { SettingGroup, SettingRow } from "../../settings/rows.ts";
import { configFilesText } from "./config-files.ts";
import { settingsText } from "./settings.ts";

const row = (key: string, more: Partial<SettingRow> = {}): SettingRow => ({ tool: "pip", version: "24.3.1", key, effective: null, source: "default", shadows: [], ...more });
const group = (rows: readonly SettingRow[], more: Partial<SettingGroup> = {}): SettingGroup => ({ tool: "pip", version: "24.3.1", state: "installed", programs: ["/venv/bin/python"], isChosen: true, fault: undefined, rows, ...more });
const file = "/home/somebody/with/a/rather/long/name/.config/pip/pip.conf";

describe("settingsText", () => {
  const rows = [
    row("cache-dir", { effective: "/srv/pip", source: { env: "PIP_CACHE_DIR" }, shadows: [{ value: "/a", source: { file, line: 2 } }] }),
    row("extra-index-url", { effective: ["https://a/s", "https://b/s"], source: { file, line: 3 }, items: [{ file, line: 3 }, { file, line: 3 }] }),
    row("user", { effective: null, error: "maybe is not a valid value" }),
    row("target"), row("log"),
  ];

  it("tells value, source, what is beaten and what the tool complains about; what is not set in one line", () => {
    expect(settingsText([group(rows)], false, { ...plainLook, width: 110 })).toBe(`pip 24.3.1  /venv/bin/python; the one in use here
  cache-dir        /srv/pip (PIP_CACHE_DIR)
                   not /a, which is in ${file}:2
  extra-index-url  https://a/s (${file}:3)
                   https://b/s
  user             not set (default)
                   ! maybe is not a valid value
  not set: target, log
`);
  });

  it("puts names on lines of their own where there is no room, and tears no path", () => {
    const text = settingsText([group(rows)], false, { ...plainLook, width: 40 });
    expect(text).toContain("  cache-dir\n    /srv/pip (PIP_CACHE_DIR)\n");
    expect(text).toContain(`${file}:2`);
    for (const line of text.split("\n")) if (!line.includes("/home/") && !line.includes("all else")) expect(line.length).toBeLessThanOrEqual(40);
  });

  it("tells of further versions what is different", () => {
    const old = group([row("cache-dir", { effective: "/srv/pip", source: { env: "PIP_CACHE_DIR" }, version: "9.0.3" })], { version: "9.0.3", programs: ["/old/python"], isChosen: false });
    const text = settingsText([group(rows), old, { ...group(rows), state: "asked", programs: [], version: "26.3", isChosen: false }], false, plainLook);
    expect(text).toContain("pip 9.0.3  /old/python\n  does not know: extra-index-url, user, target, log\n  all else as pip 24.3.1 has it");
    expect(text).toContain("pip 26.3  asked about\n  as pip 24.3.1 has it");
  });

  it("says first what ends every command, and shows control characters", () => {
    const text = settingsText([group([row("log", { effective: "/a\u001b[31m" })], { fault: `${file}:1: broken` })], true, plainLook);
    expect(text.indexOf("every command of pip's ends with this")).toBeLessThan(text.indexOf("log"));
    expect(text).toContain("/a\\x1b[31m");
  });
});

describe("configFilesText", () => {
  it("tells of every file whether it is read, and where a change is written", () => {
    const text = configFilesText([{ ...group([]), files: [
      { path: "/etc/pip.conf", scope: "global", format: "ini", exists: false, readable: null, ignored: null, target: true },
      { path: "/home/me/.pip/pip.conf", scope: "user", format: "ini", exists: true, readable: "EACCES", ignored: "unreadable" },
      { path: "/home/me/pip.conf", scope: "user", format: "ini", exists: true, readable: "ok", ignored: null, error: "File contains no section headers.", line: 1 },
    ] }], plainLook);
    expect(text.split("\n").slice(1, 6)).toEqual([
      "    /etc/pip.conf global, not there [set]",
      "  ! /home/me/.pip/pip.conf user, passed over without a word: it may not be", "      read",
      "  x /home/me/pip.conf user, read", "      line 1: File contains no section headers.",
    ]);
    expect(configFilesText([{ ...group([]), files: [] }], plainLook)).toContain("It reads no files");
  });
});
