import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tomlKeyLine } from "./toml-lines.ts";

const text = `# top = 1
top = 1
"quoted key" = 2
long = """
cache-dir = "not this"
[pip]
"""
list = [
  "a", # ]
  "b",
]
inline = { link-mode = "copy", "x" = 1 }
dotted.key = true

[pip]
link-mode = 'copy' # [x]

[[index]]
name = "a"

[[index]]
name = "b"

[ tool . "uv" ]
cache-dir = "c"
`;

describe("the line of a key", () => {
  it.each([
    [["top"], 2], [["quoted key"], 3], [["long"], 4], [["list"], 8], [["inline"], 12], [["inline", "link-mode"], 12], [["dotted", "key"], 13],
    [["pip"], 15], [["pip", "link-mode"], 16], [["index"], 18], [["tool", "uv", "cache-dir"], 25],
    [["cache-dir"], undefined], [["inline", "absent"], undefined], [["link-mode"], undefined],
  ] as const)("%j is %s", (path, line) => {
    expect(tomlKeyLine(text, path)).toBe(line);
  });

  it("counts CRLF lines as one", () => {
    expect(tomlKeyLine(text.replaceAll("\n", "\r\n"), ["tool", "uv", "cache-dir"])).toBe(25);
  });

  it("comes to an end on any text", () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."a=\"'[]{}#.\\\n ,") }), (any) => {
      const line = tomlKeyLine(any, ["a"]);
      return line === undefined || line >= 1;
    }), { numRuns: 2000 });
  });
});
