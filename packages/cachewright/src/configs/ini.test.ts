import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "./edit-laws.ts";
import { iniText } from "./ini-arbitrary.ts";
import { parseIni } from "./ini.ts";

const bytesOf = (text: string): Buffer => Buffer.from(text, "utf8");
const said = (text: string): string[] => parseIni(bytesOf(text)).entries.map((entry) => `[${entry.section}] ${entry.key} = ${JSON.stringify(entry.value)}`);
const faults = (bytes: Buffer | string): string[] => parseIni(Buffer.from(bytes)).faults.map(({ kind, line }) => `${kind}:${line}`);

describe("parseIni reads as configparser.RawConfigParser", () => {
  it("takes = or :, whichever comes first, and keeps what follows a value", () => {
    expect(said("[global]\na = b:c\nd: e=f\ng=h # kept\n")).toEqual(['[global] a = "b:c"', '[global] d = "e=f"', '[global] g = "h # kept"']);
  });

  it("takes whole lines for comments only, indented ones too", () => {
    expect(said("# x = 1\n[global]\n  ; y = 2\nz = 3\n")).toEqual(['[global] z = "3"']);
  });

  it("joins indented lines to a value, blank lines between them included and comments left out", () => {
    expect(said("[install]\nfind-links =\n    /a\n\n  # no\n    /b\n\nuser = yes\n")).toEqual(['[install] find-links = "\\n/a\\n\\n/b"', '[install] user = "yes"']);
  });

  it("takes a section's indented first key for a key", () => {
    expect(said("[global]\n  a = 1\n  b = 2\nc = 3\n")).toEqual(['[global] a = "1"', '[global] b = "2"', '[global] c = "3"']);
  });

  it("takes LF, CR LF and a lone CR for line ends", () => {
    expect(said("[g]\r\na = 1\rb = 2\nc = 3")).toEqual(['[g] a = "1"', '[g] b = "2"', '[g] c = "3"']);
    expect(parseIni(bytesOf("[g]\r\na = 1\r\n")).eol).toBe("\r\n");
  });

  it("strips what Python calls space, which a byte order mark is not", () => {
    expect(said("[g]\n\u00a0\u2003a =\u00a0\u001f1\u0085\n")).toEqual(['[g] a = "1"']);
    expect(said("[g]\na = \ufeff1\n")).toEqual(['[g] a = "\ufeff1"']);
  });

  it("tells a key as written, as Python compares it and as pip compares it", () => {
    const [entry] = parseIni(bytesOf("[g]\n--Cache_Dir = /x\n")).entries;
    expect(entry).toMatchObject({ key: "--Cache_Dir", name: "--cache_dir", option: "cache-dir" });
  });

  it("says where everything stands", () => {
    const text = "# c\n[g]\nk\u00e9y = v\u00e4l\n   more  \n\nb = 2";
    const bytes = bytesOf(text);
    const [first, second] = parseIni(bytes).entries;
    const cut = (range: { offset: number; length: number } | undefined): string => bytes.subarray(range?.offset, (range?.offset ?? 0) + (range?.length ?? 0)).toString();
    expect([first?.line, cut(first?.range), cut(first?.keyRange), cut(first?.valueRange)]).toEqual([3, "k\u00e9y = v\u00e4l\n   more  \n", "k\u00e9y", "v\u00e4l\n   more"]);
    expect([second?.line, cut(second?.range)]).toEqual([6, "b = 2"]);
    expect(parseIni(bytes).sections).toEqual([{ name: "g", line: 2, range: { offset: 4, length: 4 } }]);
  });
});

describe("parseIni notes each fault and reads on", () => {
  it.each<[string, Buffer | string, string[]]>([
    ["keys above the first header", "a = 1\nb = 2\n[global]\nc = 3\n", ["no-section-header:1"]],
    ["a byte order mark", "\ufeff[global]\na = 1\n", ["bom:1"]],
    ["UTF-16 with its mark", Buffer.from("\ufeff[global]\r\na = 1\r\n", "utf16le"), ["utf16:1"]],
    ["UTF-16 without a mark", Buffer.from("[global]\r\na = 1\r\n", "utf16le"), ["utf16:1"]],
    ["one key twice", "[g]\nTimeout = 1\na = 2\ntimeout = 3\n", ["duplicate-key:4"]],
    ["one section twice", "[g]\na = 1\n[h]\n[g]\na = 2\n", ["duplicate-section:4"]],
    ["two spellings of one key", "[g]\nCache_Dir = 1\ncache-dir = 2\n", ["two-spellings:3"]],
    ["a line without a value", "[g]\na = 1\nuser\n", ["no-value:3"]],
    ["a value without a key", "[g]\n= 1\n", ["no-value:2"]],
    ["Latin-1", Buffer.from("[g]\n# f\u00fcr\na = \u00fc\n", "latin1"), ["not-utf8:2", "not-utf8:3"]],
    ["UTF-8 beyond ASCII, once", "[g]\n# f\u00fcr\na = \u00fc\n", ["not-ascii:2"]],
    ["a version switch", "[global]\nversion = 1\n[install]\nversion = 1\n", ["version-key:2"]],
    ["nothing at all", "", []],
    ["a repeated [DEFAULT], which Python allows", "[DEFAULT]\na = 1\n[DEFAULT]\nb = 2\n", []],
    ["a key of [DEFAULT] under two of its headers, which it does not", "[DEFAULT]\na = 1\n[DEFAULT]\na = 2\n", ["duplicate-key:4"]],
  ])("%s", (_what, bytes, expected) => {
    expect(faults(bytes)).toEqual(expected);
  });

  it("keeps what stands after a fault", () => {
    expect(said("a = 1\n[g]\nx\nb = 2\nb = 3\n[g]\nc = 4\n")).toEqual(['[] a = "1"', '[g] b = "2"', '[g] b = "3"', '[g] c = "4"']);
  });

  it("says line, column, key and byte", () => {
    expect(parseIni(Buffer.from("[g]\na = x\xfc\n", "latin1")).faults).toEqual([{ kind: "not-utf8", line: 2, column: 6, text: "a = x\u00fc", offset: 9 }]);
    expect(parseIni(bytesOf("[g]\na=1\nA=2\n")).faults).toEqual([{ kind: "duplicate-key", line: 3, key: "A", section: "g", text: "A=2", offset: 8 }]);
  });
});

describe("parseIni on anything", () => {
  it("never throws, and its ranges lie within the file, in order", () => {
    const anything = fc.oneof(fc.uint8Array({ maxLength: 300 }), iniText.map((text) => new Uint8Array(bytesOf(text))));
    fc.assert(fc.property(anything, (bytes) => {
      let at = 0;
      for (const { range, keyRange, valueRange } of parseIni(bytes).entries) {
        const end = range.offset + range.length;
        expect(range.offset >= at && end <= bytes.length).toBe(true);
        expect(keyRange.offset >= range.offset && keyRange.offset + keyRange.length <= valueRange.offset && valueRange.offset + valueRange.length <= end).toBe(true);
        at = end;
      }
    }), { numRuns: propertyRuns(10_000, process.env) });
  });

  it("reads long lines and many lines alike, without choking on any", () => {
    const awkward = ["[a]\n", " ", "a=1\n", "\xff", "x\n", "[", "=", "a=1\n b\n"];
    for (const piece of awkward) {
      const bytes = Buffer.from(`[g]\n${piece.repeat(2 ** 17 / piece.length)}`, "latin1");
      expect(parseIni(bytes).sections[0]).toMatchObject({ name: "g", line: 1 });
    }
  });
});

/** What Python makes of many files, in one process; null where there is no Python 3.10 or newer to ask. */
function askPython(texts: readonly string[]): (Record<string, [string, string][]> | string)[] | null {
  const program = `
import configparser, io, json, sys
if sys.version_info < (3, 10): sys.exit(9)
out = []
for text in json.load(sys.stdin):
    parser = configparser.RawConfigParser()
    try:
        parser.read_file(io.TextIOWrapper(io.BytesIO(text.encode("utf-8")), encoding="utf-8"))
        said = {name: list(parser._sections[name].items()) for name in parser.sections()}
        said["DEFAULT"] = list(parser.defaults().items())
        out.append(said)
    except configparser.Error as error:
        out.append(type(error).__name__)
json.dump(out, sys.stdout)`;
  const ran = spawnSync("python3", ["-I", "-c", program], { input: JSON.stringify(texts), encoding: "utf8", maxBuffer: 2 ** 26 });
  return ran.status === 0 ? (JSON.parse(ran.stdout) as (Record<string, [string, string][]> | string)[]) : null;
}

/** The same of ours: sections with their keys in order, or the first error Python would meet. */
function asPython(text: string): Record<string, [string, string][]> | string {
  const file = parseIni(bytesOf(text));
  const errors: Record<string, string> = {
    "bom": "MissingSectionHeaderError", "no-section-header": "MissingSectionHeaderError",
    "duplicate-key": "DuplicateOptionError", "duplicate-section": "DuplicateSectionError",
  };
  const first = file.faults.find(({ kind }) => kind in errors);
  if (first !== undefined) return errors[first.kind] ?? "";
  if (file.faults.some(({ kind }) => kind === "no-value")) return "ParsingError";
  const out: Record<string, [string, string][]> = { DEFAULT: [] };
  for (const { name } of file.sections) out[name] ??= [];
  for (const { section, name, value } of file.entries) out[section]?.push([name, value]);
  return out;
}

const pythonAnswers = askPython(["[a]\n"]) !== null;

describe("parseIni beside Python's own parser", () => {
  it.skipIf(!pythonAnswers)("says the same of generated files (needs a python3 >= 3.10 on PATH)", () => {
    const texts = fc.sample(iniText, 1500).filter((text) => {
      const file = parseIni(bytesOf(text));
      // Python fails on "= value" twice with another error than we note; UTF-16 it cannot be asked about as text.
      return !file.utf16 && file.faults.filter(({ kind, text: line }) => kind === "no-value" && /^\s*[=:]/.test(line ?? "")).length < 2;
    });
    const answers = askPython(texts);
    expect(texts.map((text) => ({ text, said: asPython(text) }))).toEqual(texts.map((text, i) => ({ text, said: answers?.[i] })));
    const sound = answers?.filter((answer) => typeof answer !== "string").length ?? 0;
    expect(sound).toBeGreaterThan(texts.length / 10);
    expect(new Set(answers?.filter((answer) => typeof answer === "string")).size).toBe(4);
  });
});
