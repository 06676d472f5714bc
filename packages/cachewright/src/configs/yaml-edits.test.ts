import { describe, expect, it } from "vitest";
import type { ConfigPath, ConfigValue } from "./config-data.ts";
import { isRefusal, refusalText, type EditResult } from "./refusal.ts";
import { applyEdits } from "./text-edit.ts";
import { addYamlItem, findYamlValue, removeYamlItem, setYamlValue, unsetYamlValue } from "./yaml-edits.ts";

const outcome = (text: string | Buffer, edit: (bytes: Buffer) => EditResult): string => {
  const bytes = Buffer.from(text);
  const result = edit(bytes);
  return isRefusal(result) ? refusalText(result) : applyEdits(bytes, result).toString();
};
const set = (text: string | Buffer, path: ConfigPath, value: ConfigValue): string => outcome(text, (bytes) => setYamlValue(bytes, { path, value }));
const unset = (text: string, path: ConfigPath): string => outcome(text, (bytes) => unsetYamlValue(bytes, path));
const add = (text: string, path: ConfigPath, value: ConfigValue, at: "start" | "end" = "end"): string => outcome(text, (bytes) => addYamlItem(bytes, { path, value, at }));
const remove = (text: string, path: ConfigPath, value: ConfigValue): string => outcome(text, (bytes) => removeYamlItem(bytes, { path, value }));

describe("setYamlValue", () => {
  it.each<[string, string, ConfigPath, ConfigValue, string]>([
    ["replaces in place, comments, spacing and conda's signs kept", "# me\na:   1   #!final\nb: 2\n", ["a"], 3, "# me\na:   3   #!final\nb: 2\n"],
    ["keeps the quotes", "a: '/x'\n", ["a"], "it's", "a: 'it''s'\n"],
    ["quotes what YAML 1.1 or 1.2 would take for something else", "a: x\n", ["a"], "off", "a: \"off\"\n"],
    ["quotes what is no plain word", "a: x\n", ["a"], "a: #b", "a: \"a: #b\"\n"],
    ["leaves paths plain", "a: x\n", ["a"], "C:\\conda\\pkgs", "a: C:\\conda\\pkgs\n"],
    ["replaces a string of several lines", "a: |\n  x\n  y\nb: 1\n", ["a"], "z", "a: z\nb: 1\n"],
    ["gives an empty key its value, before the sign", "a: #!final\nb: 1\n", ["a"], "x", "a: x #!final\nb: 1\n"],
    ["gives an empty key its list, below the sign", "a: #!final\nb: 1\n", ["a"], ["x"], "a: #!final\n  - x\nb: 1\n"],
    ["adds behind the last key, with the file's line ends", "a: 1 # c\r\n# end\r\n", ["b"], ["x", "v"], "a: 1 # c\r\nb:\r\n  - x\r\n  - v\r\n# end\r\n"],
    ["writes lists as deep as the file's others, in the same quotes", "a:\n- \"x\"\n", ["b"], ["y"], "a:\n- \"x\"\nb:\n- \"y\"\n"],
    ["keeps a missing last line end missing", "a: 1", ["b"], true, "a: 1\nb: true"],
    ["keeps a byte order mark", "\ufeffa: ü😀 # c\n", ["b"], 2, "\ufeffa: ü😀 # c\nb: 2\n"],
    ["adds to a mapping, as deep as its keys", "p:\n    http: x\n\nz: 1\n", ["p", "https"], "http://h:1", "p:\n    http: x\n    https: http://h:1\n\nz: 1\n"],
    ["makes mappings", "", ["p", "http"], "x", "p:\n  http: x\n"],
    ["adds to a mapping in brackets", "p: {a: 1}\n", ["p", "b"], "http://h:1", "p: {a: 1, b: \"http://h:1\"}\n"],
    ["writes over the {} a bare `conda config` leaves", "{}\n", ["pkgs_dirs"], ["/a"], "pkgs_dirs:\n  - /a\n"],
    ["stays before the end of a document", "---\na: 1 # c\n...\n", ["b"], 1, "---\na: 1 # c\nb: 1\n...\n"],
    ["changes a list item by item", "a:\n  # x\n  - x #!top\n  - y\n", ["a"], ["w", "x"], "a:\n  - w\n  # x\n  - x #!top\n"],
    ["writes a list anew where nothing is lost by it", "a:\n  - x\n  - v\nb: 1\n", ["a"], ["v", "x"], "a:\n  - v\n  - x\nb: 1\n"],
  ])("%s", (_what, before, ...[path, value, after]) => {
    expect(set(before, path, value)).toBe(after);
  });

  it.each<[string, string | Buffer, ConfigPath, ConfigValue, string]>([
    ["a broken file", "a: 1\nb: [\n", ["a"], 2, "line 3, column 1: the file is broken here (Flow sequence in block collection must be sufficiently indented and end with a ])"],
    ["a key twice", "a: 1\na: 2\n", ["a"], 2, "line 2, column 1: the file is broken here (this key stands above already)"],
    ["a tab before a key", "a: 1\n\tb: 2\n", ["a"], 2, "line 2, column 1: the file is broken here (Tabs are not allowed as indentation)"],
    ["bytes that are not UTF-8", Buffer.from("a: 1\n# f\xfcr\n", "latin1"), ["a"], 2, "line 2, column 4: a byte here is not UTF-8 (0xfc)"],
    ["a line end that not all take for one", "a: 1 # x\u2028b: 2\n", ["a"], 2, "line 1, column 9: parsers read the line end here differently"],
    ["a tab between words", "a: 1\nb:\t2\n", ["a"], 2, "line 2, column 3: a tab stands here between words, at which conda stops reading"],
    ["what is nested too deeply", `a: ${"[".repeat(5000)}${"]".repeat(5000)}\n`, ["a"], 2, "line 1, column 203: the file nests values hundreds of levels deep"],
    ["an end of nothing", "# c\n...\n", ["a"], 2, "line 2, column 1: the file is broken here"],
    ["a last line that some parsers end and some do not", "a: |\n  x", ["b"], 2, "line 2, column 4: parsers read the line end here differently"],
    ["a second document", "a: 1\n---\nb: 2\n", ["a"], 2, "line 2, column 1: the file holds more than one YAML document"],
    ["a directive", "%YAML 1.1\n---\na: 1\n", ["a"], 2, "line 1, column 1: the file begins with a YAML directive"],
    ["an anchor", "a: &x 1\n", ["a"], 2, "line 1, column 4: the file uses a YAML anchor, so one place may be read as several"],
    ["an alias", "b: &x 1\na: *x\n", ["a"], 2, "line 1, column 4: the file uses a YAML anchor, so one place may be read as several"],
    ["a tag", "a:\n  - !!str 1\n", ["a"], 2, "line 2, column 5: the file uses a YAML tag, which gives a value another type"],
    ["a merge key", "a:\n  <<: {b: 1}\n", ["a"], 2, "line 2, column 3: the file uses a YAML merge key (<<), so keys come from another place"],
    ["a key that is a list", "[a]: 1\n", ["a"], 2, "line 1, column 1: the file uses a YAML key that is more than one word"],
    ["a key with a sign of its own", "a: 1\n? b\n: 1\n", ["a"], 2, "line 2, column 1: the file uses a YAML key that is more than one word"],
    ["a file that is a list", "- a\n", ["a"], 2, "line 1, column 1: the file does not hold keys and values"],
    ["a mapping where a value is wished", "a:\n  b: 1\n", ["a"], 2, "line 2, column 3: the key holds further keys here, not one value"],
    ["a value where a mapping is needed", "a: x\n", ["a", "b"], 2, "line 1, column 4: a key above holds a value here, so nothing can stand below it"],
    ["another order around comments", "a:\n  - x # 1\n  - y\n", ["a"], ["y", "x"], "line 2, column 3: the list has comments here that would be lost"],
    ["half a character", "", ["a"], "\ud800", "the file's format cannot hold this key or value"],
  ])("refuses %s", (_what, before, ...[path, value, reason]) => {
    expect(set(before, path, value)).toBe(reason);
  });
});

describe("unsetYamlValue", () => {
  it.each<[string, string, ConfigPath, string]>([
    ["takes the lines of key and value", "# a\na: #!final\n  - x #!top\n# b\nb: 1\n", ["a"], "# a\n# b\nb: 1\n"],
    ["takes a mapping along that it leaves empty", "p:\n  q:\n    r: 1\nb: 1\n", ["p", "q", "r"], "b: 1\n"],
    ["takes a key out of brackets", "p: {a: 1, b: 2} # c\n", ["p", "a"], "p: {b: 2} # c\n"],
    ["takes the last key of all", "# c\na: 1\n", ["a"], "# c\n"],
    ["keeps a missing last line end missing", "a: 1\r\nb: 2", ["b"], "a: 1"],
    ["has nothing to do where there is nothing", "a: 1\n", ["b", "c"], "a: 1\n"],
  ])("%s", (_what, before, path, after) => {
    expect(unset(before, path)).toBe(after);
  });
});

describe("addYamlItem", () => {
  it.each<[string, string, ConfigPath, ConfigValue, "start" | "end", string]>([
    ["behind the last item, its comment and sign kept", "a:\n  - x #!bottom\n# end\nb: 1\n", ["a"], "v", "end", "a:\n  - x #!bottom\n  - v\n# end\nb: 1\n"],
    ["in front, above the comment of the first", "a: #!final\n  # one\n  - 'x'\n", ["a"], "y", "start", "a: #!final\n  - 'y'\n  # one\n  - 'x'\n"],
    ["in brackets", "a: [x, \"y\"] # c\n", ["a"], "/z", "end", "a: [x, \"y\", /z] # c\n"],
    ["in brackets over several lines", "a: [\n    x,   # one\n    y\n  ]\n", ["a"], "z", "end", "a: [\n    x,   # one\n    y,\n    z\n  ]\n"],
    ["what is there already stays where it is", "a: [x, y]\n", ["a"], "x", "end", "a: [x, y]\n"],
    ["to a key without a value", "a:\nb: 1\n", ["a"], "x", "end", "a:\n  - x\nb: 1\n"],
    ["to a null", "a: ~ # none\n", ["a"], "x", "end", "a: # none\n  - x\n"],
    ["to a list that is not there", "b: 1\n", ["pkgs_dirs"], "/a", "end", "b: 1\npkgs_dirs:\n  - /a\n"],
  ])("%s", (_what, before, ...[path, value, at, after]) => {
    expect(add(before, path, value, at)).toBe(after);
  });

  it("refuses what is no list", () => {
    expect(add("a: x\n", ["a"], "y")).toBe("line 1, column 4: the value here is not a list");
  });
});

describe("removeYamlItem", () => {
  it.each<[string, string, ConfigPath, ConfigValue, string]>([
    ["with its line and its sign", "a:\n  - x #!top\n  # two\n  - y\n", ["a"], "x", "a:\n  # two\n  - y\n"],
    ["the only one: the list stays, empty", "a: #!final\n  - x\nb: 1\n", ["a"], "x", "a: [] #!final\nb: 1\n"],
    ["every one that is equal", "a:\n- x\n- y\n- x", ["a"], "x", "a:\n- y"],
    ["out of brackets", "a: [x, y, z]\n", ["a"], "y", "a: [x, z]\n"],
    ["a number is not its word", "a: [1, '1']\n", ["a"], "1", "a: [1]\n"],
    ["nothing where there is none", "a:\n", ["a"], "x", "a:\n"],
  ])("%s", (_what, before, ...[path, value, after]) => {
    expect(remove(before, path, value)).toBe(after);
  });
});

describe("findYamlValue", () => {
  it("says what stands there, and where", () => {
    const bytes = Buffer.from("# 😀\nchannels: #!final\n  - ü\np: {http: x}\nempty:\n");
    expect(findYamlValue(bytes, ["channels"])).toEqual({ value: ["ü"], line: 3, column: 3 });
    expect(findYamlValue(bytes, ["p", "http"])).toEqual({ value: "x", line: 4, column: 11 });
    expect(findYamlValue(bytes, ["empty"])).toEqual({ value: null, line: 5, column: 1 });
    expect(findYamlValue(bytes, ["other"])).toBeNull();
    expect(findYamlValue(Buffer.from("a: &x 1\n"), ["a"])).toMatchObject({ refused: "anchor" });
  });
});
