import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { tomlCure } from "./toml-cure.ts";
import { secretLines, secretVariableLines } from "./toml-secrets.ts";

/** The cure of a text whose fault is in that line, and what the mended text says. */
function mended(text: string, line?: number): { readonly text: string | undefined; readonly says: unknown } {
  const cure = tomlCure(text, line);
  if (cure === undefined) return { text: undefined, says: undefined };
  const lines = text.split("\n");
  expect(lines[cure.line - 1]).toBe(cure.old);
  lines[cure.line - 1] = cure.text;
  return { text: cure.text, says: parse(lines.join("\n")) };
}

describe("tomlCure", () => {
  it.each([
    ["a path without quotation marks", "cache-dir = /x/y\n", 'cache-dir = "/x/y"', { "cache-dir": "/x/y" }],
    ["a path of Windows", 'cache_dir = "C:\\Users\\x"\n', "cache_dir = 'C:\\Users\\x'", { cache_dir: "C:\\Users\\x" }],
    ["Python's True", "a = True\n", "a = true", { a: true }],
    ["a word for yes", "a = yes\n", "a = true", { a: true }],
    ["a quotation mark that is not closed", 'a = "b\n', 'a = "b"', { a: "b" }],
    ["quotation marks of a word processor", "a = \u201cb\u201d\n", 'a = "b"', { a: "b" }],
    ["a colon", "a: b\n", 'a = "b"', { a: "b" }],
    ["a header that is not closed", "[a\nb = 1\n", "[a]", { a: { b: 1 } }],
    ["a byte order mark", "\uFEFFa = 1\n", "a = 1", { a: 1 }],
    ["a key twice", "a = 1\na = 2\n", "# a = 2", { a: 1 }],
    ["what nobody understands", "a = 1\n= 1\n", "# = 1", { a: 1 }],
  ])("mends %s", (_, text, line, says) => {
    const fault = /twice|understands/.test(_) ? 2 : 1;
    expect(mended(text, fault)).toEqual({ text: line, says });
  });

  it("keeps line ends, and everything beside the line", () => {
    expect(mended("a = /x\r\nb = 1\r\n", 1)).toEqual({ text: 'a = "/x"\r', says: { a: "/x", b: 1 } });
  });

  it("proposes nothing that does not make the whole readable", () => {
    expect(tomlCure("a = \n= 1\n[\n", 1)).toBeUndefined();
    expect(tomlCure("", undefined)).toBeUndefined();
  });
});

describe("secretLines", () => {
  it("knows passwords and tokens by their names and in URLs", () => {
    const text = ['[http-basic.corp]', 'username = "me"', 'password = "s3cret"', '[pypi-token]', 'pypi = "pypi-AgEI"', '[[source]]', 'url = "https://me:pw@i.example/simple"', '[pypi.corp]', 'password="x y"'].join("\n");
    expect(secretLines(text)).toEqual([{ key: "http-basic.corp.password", line: 3 }, { key: "pypi-token.pypi", line: 5 }, { key: "source.url", line: 7 }, { key: "pypi.corp.password", line: 9 }]);
  });

  it("leaves names, variables and comments alone", () => {
    const text = ['url = "https://me@i.example/simple"', 'url = "https://me:${PASSWORD}@i.example"', 'url = "https://$USER:$PASSWORD@i.example"', 'password = ""', 'password = "$PW"', '# password = "x"', 'token_url = "https://i.example/token"'].join("\n");
    expect(secretLines(text)).toEqual([]);
  });

  it("of variables takes those of package tools", () => {
    const text = ["PIP_INDEX_URL=https://me:pw@i.example/simple", "DATABASE_URL=postgres://u:p@db/x", 'export POETRY_HTTP_BASIC_CORP_PASSWORD="x"', "POETRY_HTTP_BASIC_CORP_USERNAME=me", "UV_INDEX_URL=https://i.example", "PDM_PUBLISH_PASSWORD=${PW}"].join("\n");
    expect(secretVariableLines(text)).toEqual([{ key: "PIP_INDEX_URL", line: 1 }, { key: "POETRY_HTTP_BASIC_CORP_PASSWORD", line: 3 }]);
  });
});
