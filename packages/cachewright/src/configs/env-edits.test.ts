import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectUntouched, propertyRuns } from "./edit-laws.ts";
import { findEnvVariable, setEnvVariable, unsetEnvVariable, type EnvDialect } from "./env-edits.ts";
import { isRefusal, refusalText, type EditResult } from "./refusal.ts";
import { applyEdits } from "./text-edit.ts";

const name = "UV_CACHE_DIR";
const outcome = (text: string, edit: (bytes: Buffer) => EditResult): string => {
  const bytes = Buffer.from(text);
  const result = edit(bytes);
  return isRefusal(result) ? refusalText(result) : applyEdits(bytes, result).toString();
};
const set = (text: string, dialect: EnvDialect, value: string): string => outcome(text, (bytes) => setEnvVariable(bytes, { name, dialect, value }));
const unset = (text: string, dialect: EnvDialect): string => outcome(text, (bytes) => unsetEnvVariable(bytes, { name, dialect }));

const changed: readonly [string, EnvDialect, string, string, string][] = [
  ["in place, comment kept", "shell", "# me\nexport UV_CACHE_DIR=/a  # why\nb=1\n", "/c", "# me\nexport UV_CACHE_DIR=/c  # why\nb=1\n"],
  ["without export, as it was", "shell", "UV_CACHE_DIR='/a b'\n", "/c d", "UV_CACHE_DIR='/c d'\n"],
  ["keeps double quotes", "shell", "export UV_CACHE_DIR=\"$HOME/uv\"\n", "/c d", "export UV_CACHE_DIR=\"/c d\"\n"],
  ["changes quotes where a shell would read in them", "shell", "export UV_CACHE_DIR=\"/a\"\n", "/c$d", "export UV_CACHE_DIR='/c$d'\n"],
  ["a tilde stays one", "shell", "", "~/c", "export UV_CACHE_DIR='~/c'\n"],
  ["at the end", "shell", "if [ x ]; then\n  y\nfi\n", "/c", "if [ x ]; then\n  y\nfi\nexport UV_CACHE_DIR=/c\n"],
  ["at an end without a line end", "shell", "x=1", "/c", "x=1\nexport UV_CACHE_DIR=/c"],
  ["where others read the variable", "shell", "export UV_CACHE_DIR=/a\nexport X=\"$UV_CACHE_DIR/x\" Y=${UV_CACHE_DIR}\n", "/c", "export UV_CACHE_DIR=/c\nexport X=\"$UV_CACHE_DIR/x\" Y=${UV_CACHE_DIR}\n"],
  ["behind blocks and strings of several lines", "shell", "case $x in\n a) y ;;\nesac\nf() {\n  z\n}\na='\n'\nexport UV_CACHE_DIR=/a\n", "/c", "case $x in\n a) y ;;\nesac\nf() {\n  z\n}\na='\n'\nexport UV_CACHE_DIR=/c\n"],
  ["an empty value", "shell", "export UV_CACHE_DIR=/a\n", "", "export UV_CACHE_DIR=''\n"],
  ["with CRLF", "lines", "A=1\r\nUV_CACHE_DIR=/a\r\n", "/c", "A=1\r\nUV_CACHE_DIR=/c\r\n"],
  ["in quotes where there are blanks", "lines", "A=1\r\n", "/c d", "A=1\r\nUV_CACHE_DIR=\"/c d\"\r\n"],
  ["nothing where it is so already", "lines", "UV_CACHE_DIR=/c\n", "/c", "UV_CACHE_DIR=/c\n"],
];

describe("setEnvVariable", () => {
  it.each(changed)("sets %s", (_what, dialect, ...[before, value, after]) => {
    expect(set(before, dialect, value)).toBe(after);
  });

  it.skipIf(process.platform === "win32")("a shell reads the value by the letter (needs sh)", () => {
    for (const [, dialect, before, value] of changed.filter(([, dialect, before]) => dialect === "shell" && !before.includes("\r"))) {
      const script = `${set(before, dialect, value)}\nprintf %s "$${name}"`;
      expect(spawnSync("sh", ["-c", script], { encoding: "utf8", env: { HOME: "/h" } }).stdout).toBe(value);
    }
  });

  it.each<[string, EnvDialect, string, string]>([
    ["made by a command", "shell", "\nexport UV_CACHE_DIR=$(mktemp -d)\n", "line 2, column 8"],
    ["with a default", "shell", "export UV_CACHE_DIR=${UV_CACHE_DIR:-/a}\n", "line 1, column 8"],
    ["in a block", "shell", "if x; then\nexport UV_CACHE_DIR=/a\nfi\n", "line 2, column 8"],
    ["in a function", "shell", "f() {\nexport UV_CACHE_DIR=/a\n}\n", "line 2, column 8"],
    ["indented", "shell", "  export UV_CACHE_DIR=/a\n", "line 1, column 10"],
    ["in a string", "shell", "a='\nexport UV_CACHE_DIR=/a\n'\n", "line 2, column 8"],
    ["in a here-document", "shell", "cat <<X\nexport UV_CACHE_DIR=/a\nX\n", "line 2, column 8"],
    ["for one command", "shell", "UV_CACHE_DIR=/a uv sync\n", "line 1, column 1"],
    ["with another command", "shell", "export UV_CACHE_DIR=/a; x\n", "line 1, column 8"],
    ["with another variable", "shell", "export A=1 UV_CACHE_DIR=/a\n", "line 1, column 12"],
    ["in two words", "shell", "UV_CACHE_DIR=/a\nexport UV_CACHE_DIR\n", "line 2, column 8"],
    ["taken back", "shell", "unset UV_CACHE_DIR\n", "line 1, column 7"],
    ["in a continued line", "shell", "x \\\nUV_CACHE_DIR=/a\n", "line 2, column 1"],
    ["with something to put in", "lines", "UV_CACHE_DIR=$HOME/uv\n", "line 1, column 1"],
    ["with export, which not all read", "lines", "export UV_CACHE_DIR=/a\n", "line 1, column 8"],
  ])("refuses a variable %s", (_what, dialect, before, place) => {
    const reason = `${place}: a shell would have to run to know what this line does`;
    expect(set(before, dialect, "/c")).toBe(reason);
    expect(unset(before, dialect)).toBe(reason);
  });

  it("refuses a variable that is set twice, and values that cannot be written", () => {
    expect(set("UV_CACHE_DIR=1\nUV_CACHE_DIR=2\n", "lines", "/c")).toBe("line 2, column 1: the variable is set here a second time");
    for (const value of ["a\nb", "\ud800", "it's"]) expect(set("", "shell", value)).toMatch(/cannot hold/);
    for (const value of ["a\tb", "$x", "a#b", "C:\\x", " x "]) expect(set("", "lines", value)).toMatch(/cannot hold/);
    expect(isRefusal(setEnvVariable(Buffer.from(""), { name: "A B", dialect: "shell", value: "x" }))).toBe(true);
    expect(set("A=1\r\n", "shell", "/c")).toMatch(/^line 1, column 4: parsers read the line end here differently/);
    expect(setEnvVariable(Buffer.from([0x41, 0x3d, 0xff]), { name, dialect: "lines", value: "x" })).toEqual({ refused: "not-utf8", line: 1, column: 3, detail: "0xff" });
  });
});

describe("unsetEnvVariable", () => {
  it("takes the whole line", () => {
    expect(unset("# a\nexport UV_CACHE_DIR=/a # b\nc=1\n", "shell")).toBe("# a\nc=1\n");
    expect(unset("a=1\r\nUV_CACHE_DIR=/a", "lines")).toBe("a=1");
    expect(unset("# UV_CACHE_DIR=/a\n", "shell")).toBe("# UV_CACHE_DIR=/a\n");
  });
});

describe("findEnvVariable", () => {
  it("says what stands there, where, and whether a shell changes it", () => {
    const find = (text: string, dialect: EnvDialect = "shell"): unknown => findEnvVariable(Buffer.from(text), { name, dialect });
    expect(find("\nexport UV_CACHE_DIR=\"$HOME/uv\"\n")).toEqual({ value: "$HOME/uv", isExpanded: true, line: 2, column: 21 });
    expect(find("UV_CACHE_DIR='$HOME/uv'\n")).toEqual({ value: "$HOME/uv", isExpanded: false, line: 1, column: 14 });
    expect(find("UV_CACHE_DIR=~/uv\n")).toMatchObject({ isExpanded: true });
    expect(find("XUV_CACHE_DIR=1\nUV_CACHE_DIR_2=1\n")).toBeNull();
  });
});

describe("laws of editing files of variables", () => {
  const line = fc.constantFrom(
    "export UV_CACHE_DIR=/a", "UV_CACHE_DIR=/a", "UV_CACHE_DIR='/a b' # c", "UV_CACHE_DIR=\"$HOME/x\"", "  UV_CACHE_DIR=1", "X=\"$UV_CACHE_DIR\"", "A=1", "export B='x y'", "# UV_CACHE_DIR=2", "",
    "if x; then", "fi", "f() {", "}", "a='", "'", "\"", "cat <<E", "E", "x \\", "case a in a) b;; esac", "echo it\\'s \"(\"", "(", ")", "# it's", "for i in a; do b; done",
  );
  const file = fc.tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom("\n", "\n", "\r\n"), fc.boolean(), fc.constantFrom("", "", "\ufeff"))
    .map(([lines, eol, isOpen, mark]) => mark + lines.join(eol) + (isOpen || lines.length === 0 ? "" : eol));

  it("what is set reads back, nothing else moves, and a line added and taken out again leaves the very bytes", () => {
    let made = 0;
    fc.assert(fc.property(file, fc.constantFrom<EnvDialect>("shell", "lines"), fc.constantFrom("/c", "/c d", "", "x=y"), (text, dialect, value) => {
      const before = Buffer.from(text);
      const present = findEnvVariable(before, { name, dialect });
      const edits = setEnvVariable(before, { name, dialect, value });
      expect(isRefusal(present) ? isRefusal(edits) : true).toBe(true);
      if (isRefusal(edits)) return;
      made++;
      const after = applyEdits(before, edits);
      expectUntouched(before, after, edits);
      expect(findEnvVariable(after, { name, dialect })).toMatchObject({ value, isExpanded: false });
      const back = unsetEnvVariable(after, { name, dialect });
      if (present === null && !isRefusal(back) && text.replace("\ufeff", "") !== "") expect(applyEdits(after, back).equals(before)).toBe(true);
    }), { numRuns: propertyRuns(3000, process.env) });
    expect(made).toBeGreaterThan(500);
  });

  it.skipIf(process.platform === "win32")("a line that is changed counts for a shell (needs sh)", () => {
    let checked = 0;
    for (const text of fc.sample(file, { numRuns: 150, seed: 7 })) {
      if (/[\r\ufeff]/.test(text)) continue;
      const edits = setEnvVariable(Buffer.from(text), { name, dialect: "shell", value: "/changed here" });
      if (isRefusal(edits)) continue;
      const script = `${applyEdits(Buffer.from(text), edits).toString()}\nprintf '\\n%s' "$${name}"`;
      const { stdout, stderr } = spawnSync("sh", ["-c", script], { encoding: "utf8", env: { HOME: "/h" } });
      if (/yntax|nterminated|nexpected/.test(stderr)) continue;
      checked++;
      expect(stdout.split("\n").at(-1), script).toBe("/changed here");
    }
    expect(checked).toBeGreaterThan(10);
  });
});
