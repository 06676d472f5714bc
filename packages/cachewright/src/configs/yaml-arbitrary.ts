/** YAML files as people write them for conda, and wishes about them, for the tests of `configs/`. */
import fc from "fast-check";
import type { ConfigPath, ConfigValue } from "./config-data.ts";
import type { Wish } from "./edit-laws.ts";

const word = fc.constantFrom(
  "a", "/opt/pkgs", "~/pkgs", "C:\\pkgs", "https://x.org/c", "conda-forge", "'it''s'", "\"q \\\" \\u00e9\"", "\"C:\\\\x\"", "'# no'", "yes", "off", "true", "null", "~",
  "1", "-2", "0x1F", "1.5", "1e3", "1:30", "2001-01-01", "\"\"", "'ü你😀'", "a b", "a#b", "$HOME/x", "\"[x]\"",
);
const comment = fc.constantFrom(" #!final", " #!top", " #!bottom", "  # c", " # a: b", " #", " # ü\t😀");
const commentEnd = fc.option(comment, { nil: "", freq: 3 });
const line = fc.constantFrom("", "", "", "", "\n", "# about\n", "\n# alone\n\n", "  # in\n", "      # deep\n", " \n");
const key = fc.constantFrom("channels", "pkgs_dirs", "envs_dirs", "ssl_verify", "proxy_servers", "\"quoted\"", "'q#'", "a", "b", "x.y", "/path", "ü");

const flowWord = word.filter((text) => !/[\\:,]|^\$/.test(text) || /^["']/.test(text));
const flowGap = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("", " ") },
  { weight: 2, arbitrary: fc.constantFrom("\n      ", "\n    ") },
  { weight: 1, arbitrary: fc.constantFrom(" # c, ]\n      ", "\n      # x\n      ") },
);

function flowOf(part: fc.Arbitrary<string>, brackets: string): fc.Arbitrary<string> {
  return fc.tuple(fc.array(fc.tuple(flowGap, part, fc.constantFrom("", "", " ")), { maxLength: 3 }), fc.boolean(), flowGap)
    .map(([parts, isTrailing, last]) => brackets[0] + parts.map(([gap, text, after], i) => gap + text + (i < parts.length - 1 || isTrailing ? `${after},` : "")).join("") + last + brackets[1]);
}

const flowKeys = fc.uniqueArray(fc.constantFrom("http", "https", "\"k\"", "p q"), { maxLength: 3 });
const flowMap = fc.tuple(flowKeys, fc.array(flowWord, { minLength: 3, maxLength: 3 }), fc.constantFrom(", ", ",", " , ", ",\n      "))
  .map(([names, values, comma]) => `{${names.map((name, i) => `${name}: ${values[i]}`).join(comma)}}`);
const flow = fc.oneof(flowOf(flowWord, "[]"), flowOf(flowWord, "[]"), flowMap, flowOf(flowOf(flowWord, "[]"), "[]"));

const item = fc.oneof({ weight: 6, arbitrary: word }, { weight: 1, arbitrary: flow }, { weight: 1, arbitrary: fc.constantFrom("", "|\n        x\n        y", "a\n        b", "- n\n        - m") });
const blockList = fc.tuple(fc.constantFrom("  ", "", "    "), fc.array(fc.tuple(line, item, commentEnd), { minLength: 1, maxLength: 4 }), fc.constantFrom("- ", "- ", "-   "))
  .map(([indent, items, dash]) => items.map(([before, text, end]) => `\n${before}${indent}${`${dash}${text}`.trimEnd()}${/\n/.test(text) ? "" : end}`).join(""));
const blockMap = fc.tuple(fc.constantFrom("  ", "    "), fc.uniqueArray(fc.tuple(line, key, fc.oneof(word, flow, fc.constant("")), commentEnd), { minLength: 1, maxLength: 3, selector: ([, name]) => name }))
  .map(([indent, pairs]) => pairs.map(([before, name, text, end]) => `\n${before}${indent}${name}:${text === "" ? "" : ` ${text}`}${end}`).join(""));
const long = fc.constantFrom(" |\n  x: 1\n  y # z", " >-\n    a\n    b", " |+\n  a\n\n", " a\n  b", " \"a\n  b\"", " 'a\n\n  b'");
const odd = fc.constantFrom(" &x 1", " !!str 1", " *x", " {<<: a}", " !x [1]", " [a: 1]", " [? a : b]");

const pair = fc.tuple(line, key, fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.constantFrom(" ", " ", " ", " ", " ", "  ", "  ", "  ", "  ", "\t"), fc.oneof(word, flow), commentEnd).map((parts) => parts.join("")) },
  { weight: 4, arbitrary: fc.tuple(commentEnd, fc.oneof(blockList, blockList, blockMap)).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: commentEnd },
  { weight: 1, arbitrary: long },
), fc.constantFrom("", "", "", " ")).map(([before, name, value, blank]) => ({ name, text: `${before}${name}${blank}:${value}\n` }));

const whole = fc.record({
  pairs: fc.uniqueArray(pair, { maxLength: 5, selector: ({ name }) => name }), oddity: fc.oneof({ weight: 15, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.tuple(key, odd) }),
  start: fc.constantFrom("", "", "", "---\n", "# conda\n", "# conda\n\n", "---\n# x\n"), end: fc.oneof({ weight: 5, arbitrary: line }, { weight: 1, arbitrary: fc.constant("...\n") }),
}).map(({ pairs, oddity, start, end }) => start + pairs.map(({ text }) => text).join("") + (oddity === null ? "" : `${oddity.join(":")}\n`) + end);

/** Mostly sound. */
export const yamlText: fc.Arbitrary<string> = fc.record({
  text: fc.oneof({ weight: 12, arbitrary: whole }, { weight: 1, arbitrary: fc.constantFrom("{}\n", "", "# nothing\n", "---\n", "{a: 1, b: [x]}\n", "- a\n", "a\n", "a: 1\n---\nb: 2\n") }),
  isOpen: fc.boolean(), isWindows: fc.constantFrom(false, false, true), mark: fc.constantFrom("", "", "", "\ufeff"),
}).map(({ text, isOpen, isWindows, mark }) => {
  const ended = isOpen ? text.replace(/\n$/, "") : text;
  return mark + (isWindows ? ended.replaceAll("\n", "\r\n") : ended);
});

const wished = fc.constantFrom<ConfigValue>(
  "a", "/new", "~/pkgs", "C:\\new", "it's", "say \"hi\"", "", "ü😀", "two\nlines", "# c", "a: b", "yes", "null", "1", "1:30", "-x", "[x]", "http://p:80", "&a", "*", "%x", "@x",
  1, 1.5, true, null, ["a", "c"], [], ["/opt/pkgs", "a", "new"], { http: "http://p:80", "k k": 1 }, {},
);
const newPath = fc.constantFrom<ConfigPath>(["a"], ["new"], ["pkgs_dirs"], ["channels"], ["proxy_servers", "http"], ["proxy_servers", "new", "x"], ["x.y"], ["ü", "a"], ["ssl_verify"]);

export const yamlWish: fc.Arbitrary<Wish> = fc.record({
  do: fc.constantFrom("set", "unset", "add", "remove"), path: newPath, value: wished, at: fc.constantFrom("start", "end"), pick: fc.option(fc.nat(), { nil: null, freq: 3 }),
});
