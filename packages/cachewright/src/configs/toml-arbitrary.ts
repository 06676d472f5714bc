/** TOML files as people write them, in all their styles, and wishes about them, for the tests of `configs/`. */
import fc from "fast-check";
import type { ConfigPath, ConfigValue } from "./config-data.ts";
import type { Wish } from "./edit-laws.ts";

const scalar = fc.constantFrom(
  "\"a\"", "'b'", "\"\"", "\"/home/me/.cache\"", "'C:\\cache'", "\"C:\\\\cache\"", "\"a # no comment\"", "\"\\u00e9 \\\"q\\\"\"", "\"ü你😀\"", "\"[not]\"",
  "1", "-17", "1_000", "0x1F", "9223372036854775807", "1.5", "1.0", "6e2", "nan", "-inf", "true", "false",
  "1979-05-27", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00.5", "07:32:00",
  "\"\"\"\nx = 1 # y\n[z]\"\"\"", "'''it''s'''", "\"\"\"a \\\n   b\"\"\"", "\"\"\"\"q\"\"\"\"", "\"\"\"\\\"\"\"\"",
);
const name = fc.constantFrom("a", "b", "cache-dir", "pip", "index", "url", "\"a\"", "\"k.d\"", "'q#'", "\"\\u00e9\"", "1");
const blank = fc.constantFrom("", "", " ", "\t");
const comment = fc.constantFrom("# c", "#", "# x = 1", "# [t]", "# ü", "#: ]},");
const commentEnd = fc.option(fc.tuple(fc.constantFrom(" ", "  ", ""), comment).map((parts) => parts.join("")), { nil: "", freq: 4 });
const sign = fc.constantFrom(" = ", " = ", "=", "   =\t", " =", "= ");

/** What stands between the items of a list of several lines. */
const gap = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("\n    ", "\n\t", "\n  ") },
  { weight: 1, arbitrary: fc.constantFrom("", " ", "\n", "\n\n    ") },
  { weight: 2, arbitrary: comment.map((text) => ` ${text}\n    `) },
  { weight: 1, arbitrary: comment.map((text) => `\n    ${text}\n    `) },
);

function listOf(item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const inLine = fc.tuple(fc.array(item, { maxLength: 4 }), blank, fc.constantFrom(", ", ",", " , "), fc.boolean())
    .map(([items, pad, comma, isTrailing]) => `[${pad}${items.join(comma)}${isTrailing && items.length > 0 ? "," : ""}${pad}]`);
  const part = fc.record({ before: gap, item, after: fc.constantFrom("", "", "", "", " ", "\n  ") });
  const inLines = fc.tuple(fc.array(part, { maxLength: 4 }), fc.boolean(), gap)
    .map(([parts, isTrailing, last]) => `[${parts.map(({ before, item, after }, i) => before + item + (i < parts.length - 1 || isTrailing ? `${after},` : "")).join("")}${last}]`);
  return fc.oneof(inLine, inLines);
}

function tableOf(item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const key = fc.oneof({ weight: 4, arbitrary: name }, { weight: 1, arbitrary: fc.tuple(name, name).map((parts) => parts.join(".")) });
  return fc.tuple(fc.uniqueArray(fc.tuple(key, sign, item), { maxLength: 3, selector: ([key]) => plain(key).split(".")[0] }), fc.constantFrom("", " "), fc.constantFrom(", ", ","))
    .map(([pairs, pad, comma]) => `{${pad}${pairs.map((parts) => parts.join("")).join(comma)}${pad}}`);
}

function plain(key: string): string {
  return key.replaceAll(/["']/g, "");
}

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 2, withCrossShrink: true }, { weight: 4, arbitrary: scalar }, { weight: 2, arbitrary: listOf(tie("value")) }, { weight: 1, arbitrary: listOf(scalar) }, { weight: 1, arbitrary: tableOf(tie("value")) }),
}));

const dottedKey = fc.oneof({ weight: 5, arbitrary: name }, { weight: 1, arbitrary: fc.tuple(name, fc.constantFrom(".", " . "), name).map((parts) => parts.join("")) });
const pair = fc.record({ indent: fc.constantFrom("", "", "", "  ", "\t"), key: dottedKey, sign, value, end: commentEnd });
const pairs = fc.uniqueArray(pair, { maxLength: 4, selector: ({ key }) => plain(key).split(".")[0]?.trim() });
const noise = fc.constantFrom("", "", "", "\n", "\n\n", "# about\n", "\n# alone\n\n", "  # in\n", " \n");

const body = fc.tuple(pairs, fc.array(noise, { minLength: 4, maxLength: 4 }))
  .map(([all, between]) => all.map(({ indent, key, sign, value, end }, i) => `${between[i]}${indent}${key}${sign}${value}${end}\n`).join(""));

const header = fc.constantFrom(
  "[tool]", "[tool.uv]", "[tool.uv.pip]", "[ tool . other ]", "[pip]", "[p.q]", "[[index]]", "[[index]]", "[[tool.uv.index]]", "[index.sub]", "[\"k.d\".x]",
);
const section = fc.tuple(noise, header, commentEnd, body).map(([before, title, end, rest]) => `${before}${title}${end}\n${rest}`);

/** Mostly sound; a few have keys twice or tables that do not go together. */
export const tomlText: fc.Arbitrary<string> = fc.record({
  top: body, sections: fc.uniqueArray(section, { maxLength: 4, selector: (text) => /^\[\[/m.test(text) ? text : /\[[^\n]*\]/.exec(text)?.[0] }), end: noise,
  isOpen: fc.boolean(), isWindows: fc.constantFrom(false, false, true), mark: fc.constantFrom("", "", "", "\ufeff"),
}).map(({ top, sections, end, isOpen, isWindows, mark }) => {
  const text = top + sections.join("") + end;
  const ended = isOpen ? text.replace(/\n$/, "") : text;
  return mark + (isWindows ? ended.replaceAll("\n", "\r\n") : ended);
});

const wished: fc.Arbitrary<ConfigValue> = fc.constantFrom<ConfigValue>(
  "a", "b", "/new", "C:\\new", "it's", "say \"hi\"", "", "ü😀", "two\nlines", "# c", 1, 1.5, true, ["a", "c"], [], ["a", "b", "new"], { url: "x", "k.d": [1] }, { },
);
const newPath = fc.constantFrom<ConfigPath>(
  ["a"], ["new"], ["cache-dir"], ["tool", "uv", "cache-dir"], ["tool", "uv", "index"], ["tool", "uv", "pip", "new"], ["tool", "x", "y", "z"], ["pip", "a"], ["index"], ["index", 0, "url"], ["k.d", "x", "new"], ["é"],
);

export const wish: fc.Arbitrary<Wish> = fc.record({
  do: fc.constantFrom("set", "unset", "add", "remove"), path: newPath, value: wished, at: fc.constantFrom("start", "end"), pick: fc.option(fc.nat(), { nil: null, freq: 3 }),
});
