import { describe, expect, it } from "vitest";
import type { ConfigPath, ConfigValue } from "./config-data.ts";
import { isRefusal, refusalText, type EditResult } from "./refusal.ts";
import { applyEdits } from "./text-edit.ts";
import { addTomlItem, findTomlValue, removeTomlItem, setTomlValue, unsetTomlValue } from "./toml-edits.ts";

const outcome = (text: string | Buffer, edit: (bytes: Buffer) => EditResult): string => {
  const bytes = Buffer.from(text);
  const result = edit(bytes);
  return isRefusal(result) ? refusalText(result) : applyEdits(bytes, result).toString();
};
const set = (text: string | Buffer, path: ConfigPath, value: ConfigValue): string => outcome(text, (bytes) => setTomlValue(bytes, { path, value }));
const unset = (text: string, path: ConfigPath): string => outcome(text, (bytes) => unsetTomlValue(bytes, path));
const add = (text: string, path: ConfigPath, value: ConfigValue, at: "start" | "end" = "end"): string => outcome(text, (bytes) => addTomlItem(bytes, { path, value, at }));
const remove = (text: string, path: ConfigPath, value: ConfigValue): string => outcome(text, (bytes) => removeTomlItem(bytes, { path, value }));

describe("setTomlValue", () => {
  it.each<[string, string, ConfigPath, ConfigValue, string]>([
    ["replaces in place, comments and spacing kept", "# me\ncache-dir   =  \"/a\"  # why\nb=1\n", ["cache-dir"], "/c", "# me\ncache-dir   =  \"/c\"  # why\nb=1\n"],
    ["keeps the quotes where the text allows it", "a = 'x'\n", ["a"], "C:\\y", "a = 'C:\\y'\n"],
    ["changes the quotes where it does not", "a = 'x'\n", ["a"], "it's", "a = \"it's\"\n"],
    ["writes backslashes once where it chooses the quotes", "", ["cache-dir"], "D:\\uv", "cache-dir = 'D:\\uv'\n"],
    ["replaces a string of several lines", "a = \"\"\"\nx = 1\n[t]\"\"\"\nb = 2\n", ["a"], "y", "a = \"y\"\nb = 2\n"],
    ["does nothing where the file says so already, however it is written", "a = 'x'\n", ["a"], "x", "a = 'x'\n"],
    ["tells 1 from 1.0", "a = 1.0\n", ["a"], 1, "a = 1\n"],
    ["adds behind the last key of the table, with its spacing, its line ends and its indent", "[t]\r\n  a=1 # c\r\n\r\n# about u\r\n[u]\r\n", ["t", "b"], 2, "[t]\r\n  a=1 # c\r\n  b=2\r\n\r\n# about u\r\n[u]\r\n"],
    ["adds above the first table", "# top\n\n# about t\n[t]\n", ["a"], true, "# top\n\na = true\n\n# about t\n[t]\n"],
    ["keeps a missing last line end missing", "[t]\na = 1", ["t", "b"], 2, "[t]\na = 1\nb = 2"],
    ["keeps a byte order mark", "\ufeffa = 1\n", ["b"], 2, "\ufeffa = 1\nb = 2\n"],
    ["makes a table beside its relatives", "[tool.uv]\na = 1\n# b = 2\n\n[tool.x]\n", ["tool", "uv", "pip", "k"], "v", "[tool.uv]\na = 1\n# b = 2\n\n[tool.uv.pip]\nk = \"v\"\n\n[tool.x]\n"],
    ["makes a table above those below it", "[p]\n\n# sub\n[tool.uv.pip]\nk = 1\n", ["tool", "uv", "a"], 1, "[p]\n\n[tool.uv]\na = 1\n\n# sub\n[tool.uv.pip]\nk = 1\n"],
    ["makes a table at the end", "a = 1", ["pip", "k"], 1, "a = 1\n\n[pip]\nk = 1"],
    ["writes beside dotted keys as they are written", "[tool]\nuv . \"a\" = 1\n", ["tool", "uv", "b"], 2, "[tool]\nuv . \"a\" = 1\nuv.b = 2\n"],
    ["sets inside an inline table", "uv = { a = 1, b = { c = 2 } }\n", ["uv", "b", "c"], 3, "uv = { a = 1, b = { c = 3 } }\n"],
    ["adds to an inline table", "uv = {a = 1}\n", ["uv", "b"], [1], "uv = {a = 1, b = [1]}\n"],
    ["adds to an empty inline table", "uv = {}\n", ["uv", "x", "y"], 1, "uv = { x.y = 1 }\n"],
    ["sets in one of an array of tables", "[[index]]\nurl = \"a\"\n[[index]]\nurl = \"b\"\n", ["index", 1, "url"], "c", "[[index]]\nurl = \"a\"\n[[index]]\nurl = \"c\"\n"],
    ["adds to one of an array of tables", "[[index]]\nurl = \"a\"\n\n[[index]]\nurl = \"b\"\n", ["index", 0, "name"], "n", "[[index]]\nurl = \"a\"\nname = \"n\"\n\n[[index]]\nurl = \"b\"\n"],
    ["quotes keys that need it", "", ["repodata-config", "https://x.org", "on"], true, "[repodata-config.\"https://x.org\"]\non = true\n"],
    ["writes a list where lines were, in lines", "a = [\n  'x',\n  'y'\n]\n", ["a"], ["p", "q"], "a = [\n  'p',\n  'q'\n]\n"],
    ["changes a list with comments item by item", "a = [\n  'x', # 1\n  # 2\n  'y', # 3\n]\n", ["a"], ["w", "y", "z"], "a = [\n  'w',\n  # 2\n  'y', # 3\n  'z',\n]\n"],
    ["begins a file that has only comments", "# nothing\n", ["pip", "k"], 1, "# nothing\n\n[pip]\nk = 1\n"],
  ])("%s", (_what, before, ...[path, value, after]) => {
    expect(set(before, path, value)).toBe(after);
  });

  it.each<[string, string | Buffer, ConfigPath, ConfigValue, RegExp]>([
    ["a broken file, with its place", "a = 1\nb = \n", ["a"], 2, /^line 2, column \d: the file is broken here \(/],
    ["a key twice", "a = 1\na = 2\n", ["a"], 2, /^line 2, column 1: the file is broken here \(/],
    ["what is nested too deeply", `${"a.".repeat(20_000)}a = 1\n`, ["b"], 2, /^the file nests values hundreds of levels deep$/],
    ["a lone CR", "a = 1\rb = 2\n", ["a"], 2, /^line 1, .*broken/],
    ["bytes that are not UTF-8", Buffer.from("a = 1\n# f\xfcr\n", "latin1"), ["a"], 2, /^line 2, column 4: a byte here is not UTF-8 \(0xfc\)$/],
    ["UTF-16", Buffer.from("a = 1\n", "utf16le"), ["a"], 2, /UTF-16/],
    ["a table where a value is wished", "[t]\n[u.a]\nx = 1\n", ["u"], 2, /^line 2, column 1: the key holds further keys/],
    ["a value where a table is needed", "\n  a = 'x'\n", ["a", "b"], 2, /^line 2, column 7: a key above holds a value here/],
    ["an array of tables where a table is needed", "[[index]]\n", ["index", "url"], "x", /^line 1, column 1: a key above holds a value/],
    ["an element that is not there", "[[index]]\n", ["index", 1, "url"], "x", /the list is not that long/],
    ["another order around comments", "a = [\n 1, # x\n 2,\n]\n", ["a"], [2, 1], /^line 1, column 5: the list has comments here/],
    ["a comment within what would go", "a = [\n [1, # x\n 2],\n]\n", ["a"], "x", /^line 1, column 5: the list has comments here/],
    ["what TOML cannot say", "", ["a"], null, /cannot hold this key or value/],
    ["half a character", "", ["a"], "\ud800", /cannot hold this key or value/],
  ])("refuses %s", (_what, before, ...[path, value, reason]) => {
    expect(set(before, path, value)).toMatch(reason);
  });
});

describe("unsetTomlValue", () => {
  it.each<[string, string, ConfigPath, string]>([
    ["takes the line with its comment, not the comments around it", "# a\na = 1 # one\n# b\nb = 2\n", ["a"], "# a\n# b\nb = 2\n"],
    ["takes all lines of a value", "a = [\n 1, # x\n]\nb = 2\n", ["a"], "b = 2\n"],
    ["leaves the header of a table that becomes empty", "[t]\na = 1\n[u]\n", ["t", "a"], "[t]\n[u]\n"],
    ["takes a key out of an inline table", "t = { a = 1, b = 2 }\n", ["t", "b"], "t = { a = 1 }\n"],
    ["takes the last key out of an inline table", "t = { a = 1 }\n", ["t", "a"], "t = {}\n"],
    ["takes a dotted key", "a.b = 1\na.c = 2\n", ["a", "b"], "a.c = 2\n"],
    ["takes a whole table with the tables below it; comments on lines of their own stay", "x = 1\n\n[t]\na = 1\n# c\n[t.u]\nb = 1\n\n[v]\n", ["t"], "x = 1\n\n# c\n\n[v]\n"],
    ["takes one of an array of tables", "[[i]]\na = 1\n\n[[i]]\na = 2\n\n[[i]]\na = 3\n", ["i", 1], "[[i]]\na = 1\n\n[[i]]\na = 3\n"],
    ["keeps a missing last line end missing", "a = 1\r\nb = 2", ["b"], "a = 1"],
    ["has nothing to do where there is nothing", "a = 1\n", ["b", "c"], "a = 1\n"],
  ])("%s", (_what, before, path, after) => {
    expect(unset(before, path)).toBe(after);
  });
});

describe("addTomlItem", () => {
  it.each<[string, string, ConfigPath, ConfigValue, "start" | "end", string]>([
    ["in one line", "a = [ 'x' ] # c\n", ["a"], "y", "end", "a = [ 'x', 'y' ] # c\n"],
    ["in one line, in front", "a = ['x']\n", ["a"], "y", "start", "a = ['y', 'x']\n"],
    ["keeps a trailing comma", "a = [1, 2,]\n", ["a"], 3, "end", "a = [1, 2, 3,]\n"],
    ["in lines, behind the comment of the last item", "a = [\r\n\t1, # one\r\n\t2 # two\r\n\t# end\r\n]\r\n", ["a"], 3, "end", "a = [\r\n\t1, # one\r\n\t2, # two\r\n\t3\r\n\t# end\r\n]\r\n"],
    ["in lines, in front, above the comment of the first item", "a = [ # list\n  # one\n  1,\n]\n", ["a"], 0, "start", "a = [ # list\n  0,\n  # one\n  1,\n]\n"],
    ["with commas in front", "a = [\n    1\n  , 2 # two\n]\n", ["a"], 3, "end", "a = [\n    1\n  , 2, 3 # two\n]\n"],
    ["to an empty list", "a = [ ]\n", ["a"], 3, "end", "a = [3]\n"],
    ["to an empty list with a comment", "a = [\n  # none\n]\n", ["a"], 3, "end", "a = [\n  # none\n  3\n]\n"],
    ["what is there already stays where it is", "a = [1, 2]\n", ["a"], 1, "end", "a = [1, 2]\n"],
    ["to a list that is not there", "[t]\n", ["t", "a"], "x", "end", "[t]\na = [\"x\"]\n"],
    ["as one more table", "[[index]]\nurl = 'a'\n# b = 1\n\n[pip]\n", ["index"], { url: "b" }, "end", "[[index]]\nurl = 'a'\n# b = 1\n\n[[index]]\nurl = \"b\"\n\n[pip]\n"],
    ["as a first table", "# first\n[[index]]\nurl = 'a'\n", ["index"], { url: "b" }, "start", "[[index]]\nurl = \"b\"\n\n# first\n[[index]]\nurl = 'a'\n"],
    ["as the only table", "a = 1\n", ["index"], { url: "b" }, "end", "a = 1\n\n[[index]]\nurl = \"b\"\n"],
  ])("%s", (_what, before, ...[path, value, at, after]) => {
    expect(add(before, path, value, at)).toBe(after);
  });

  it("refuses what is no list, and a word among tables", () => {
    expect(add("a = 1\n", ["a"], 2)).toBe("line 1, column 5: the value here is not a list");
    expect(add("x = 1\n[[a]]\n", ["a"], "b")).toBe("line 2, column 1: the list is written as [[tables]] here, which hold keys and values only");
  });
});

describe("removeTomlItem", () => {
  it.each<[string, string, ConfigPath, ConfigValue, string]>([
    ["in one line", "a = [1, 2, 3]\n", ["a"], 2, "a = [1, 3]\n"],
    ["the first", "a = [ 1, 2 ]\n", ["a"], 1, "a = [ 2 ]\n"],
    ["the last", "a = [ 1, 2 ]\n", ["a"], 2, "a = [ 1 ]\n"],
    ["the only one", "a = [ 1, ]\n", ["a"], 1, "a = []\n"],
    ["every one that is equal", "a = [1, 2, 1]\n", ["a"], 1, "a = [2]\n"],
    ["with its line and its comment", "a = [\n  1, # one\n  # two\n  2, # two\n]\n", ["a"], 2, "a = [\n  1, # one\n  # two\n]\n"],
    ["the last line, and no comma is left where there was none", "a = [\n  1,\n  2\n]\n", ["a"], 2, "a = [\n  1\n]\n"],
    ["one of an array of tables, by what it says", "[[i]]\na = 1\n\n[[i]]\na = 2\n", ["i"], { a: 1 }, "[[i]]\na = 2\n"],
    ["nothing where there is none", "a = [1]\n", ["a"], 2, "a = [1]\n"],
  ])("%s", (_what, before, ...[path, value, after]) => {
    expect(remove(before, path, value)).toBe(after);
  });
});

describe("findTomlValue", () => {
  it("says what stands there, and where", () => {
    const bytes = Buffer.from("\ufeff# 😀\n[tool.uv]\n\"cache-dir\" = 'x'\nn = 9007199254740993\n[[tool.uv.index]]\nurl = 1.5\n");
    expect(findTomlValue(bytes, ["tool", "uv", "cache-dir"])).toEqual({ value: "x", line: 3, column: 15 });
    expect(findTomlValue(bytes, ["tool", "uv", "n"])).toEqual({ value: 9007199254740993n, line: 4, column: 5 });
    expect(findTomlValue(bytes, ["tool", "uv", "index", 0, "url"])).toEqual({ value: 1.5, line: 6, column: 7 });
    expect(findTomlValue(bytes, ["tool", "uv", "index"])).toEqual({ value: [{ url: 1.5 }], line: 5, column: 1 });
    expect(findTomlValue(bytes, ["tool", "ruff"])).toBeNull();
    expect(findTomlValue(Buffer.from("x"), ["x"])).toMatchObject({ refused: "syntax", line: 1 });
  });

  it("takes no harm from names that JavaScript knows", () => {
    const bytes = Buffer.from("__proto__.constructor = 1\n");
    expect(findTomlValue(bytes, ["__proto__", "constructor"])).toMatchObject({ value: 1 });
    expect(findTomlValue(bytes, ["toString"])).toBeNull();
    expect(set("a = 1\n", ["__proto__", "x"], 1)).toBe("a = 1\n\n[__proto__]\nx = 1\n");
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });
});
