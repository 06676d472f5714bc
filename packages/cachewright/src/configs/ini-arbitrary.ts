/** INI files as people write and break them, for the tests of `configs/`. */
import fc from "fast-check";

const blank = fc.constantFrom("", "", "", "", " ", "  ", "    ", "\t", "\u00a0");
const eol = fc.constantFrom("\n", "\n", "\n", "\n", "\r\n", "\r");
const sectionName = fc.constantFrom("global", "global", "install", "cache", "DEFAULT", "Global", "a b", "x]y");
export const key = fc.constantFrom("cache-dir", "Cache_Dir", "cache_dir", "--cache-dir", "user", "timeout", "TIMEOUT", "no-cache-dir", "version", "k\u00e9y", "a b");
const word = fc.constantFrom("1", "yes", "/home/me/.cache", "~/c", "\"quoted\"", "a = b", "a # b", "x ; y", "\u00fc\u4f60\ud83d\ude00", "[not]", "", "$HOME");
const delimiter = fc.constantFrom(" = ", "=", ":", ": ", " =", " : ");

const entry = fc.tuple(blank, key, delimiter, word).map(([indent, name, sign, value]) => indent + name + sign + value);
const header = fc.tuple(blank, sectionName, fc.constantFrom("", "", "", " x", "]")).map(([indent, name, rest]) => `${indent}[${name}]${rest}`);
const continuation = fc.tuple(fc.constantFrom("  ", "\t", "      "), word).map(([indent, value]) => indent + value);
const comment = fc.tuple(blank, fc.constantFrom("#", ";", "# x = 1", "; [y]", "rem")).map(([indent, text]) => indent + text);
const broken = fc.constantFrom("= 1", "global", "[global", "global]", "[]", "\ufeff", ":", "no value here");

const line = (isBroken: boolean): fc.Arbitrary<string> => fc.oneof(
  { weight: 8, arbitrary: entry }, { weight: 2, arbitrary: header }, { weight: 2, arbitrary: continuation },
  { weight: 1, arbitrary: comment }, { weight: 1, arbitrary: blank }, { weight: isBroken ? 1 : 0, arbitrary: broken },
);

const lines = (isBroken: boolean): fc.Arbitrary<string> =>
  fc.tuple(
    fc.constantFrom("[global]", "[global]", "[install]", "  [global]", isBroken ? "" : "# above\n[cache]"),
    fc.array(fc.tuple(eol, line(isBroken)), { maxLength: 9 }),
    fc.constantFrom("", "\n", "\r\n", "\n\n"),
  ).map(([first, rest, last]) => first + rest.map(([end, text]) => end + text).join("") + last);

/** Mostly sound to mostly broken, a few with a byte order mark. */
export const iniText: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: lines(false) },
  { weight: 5, arbitrary: lines(true) },
  { weight: 1, arbitrary: lines(false).map((text) => `\ufeff${text}`) },
);
