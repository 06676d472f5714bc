import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEdits } from "../configs/text-edit.ts";
import { kinds } from "./kind-of.ts";
import { fixesOf, lintBytes } from "./lint-files.ts";
import { lintText } from "./lint-text.ts";

/** What such files are made of, in any order: more of it is nearly right than of arbitrary bytes. */
const parts = [
  "FROM python:3\n", "FROM a AS b\n", "RUN ", "pip install x", "uv sync", "conda install -y x", " && ", " || ", "; ", "\n", "\\\n", "`\n", "<<EOF\n", "EOF\n", "<<-'A'\n", "--mount=type=cache,target=/root/.cache/pip ", "--mount=", "ENV PIP_NO_CACHE_DIR=off\n", "ENV A",
  "[\"", "\", \"", "\"]", "\\u00", "${A:-", "}", "$(", ")", "'", "\"", "USER app\n", "# cachewright: ignore=sudo-pip -- x\n", "# escape=`\n", "ONBUILD ", "sh -c '", "if x; then ", "fi", "case a in ", "esac", "sudo -u ", "env X=1 ", "\r\n", "\t", "\0", "\ufeff", "é😀", "COPY --from=b / /\n",
  "jobs:\n", "  - run: |\n", "script:\n", "- ", ": ", "{", "&a ", "*a", "chmod 777 .venv\n", "useradd -u 5 app\n",
];

describe("whatever a file holds", () => {
  it("nothing throws, and every finding lies in the file", () => {
    fc.assert(fc.property(fc.constantFrom(...kinds), fc.array(fc.constantFrom(...parts), { maxLength: 40 }), (kind, chosen) => {
      const text = chosen.join("");
      for (const { range, line, column, endLine } of lintText(text, { path: "x", kind }).results) {
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThanOrEqual(range.start);
        expect(range.end).toBeLessThanOrEqual(text.length);
        expect([line, column, endLine].every((one) => one >= 1)).toBe(true);
      }
    }), { numRuns: 1500 });
  });

  it("bytes of any kind are a fault or are read", () => {
    fc.assert(fc.property(fc.constantFrom(...kinds), fc.uint8Array({ maxLength: 300 }), (kind, bytes) => {
      expect(lintBytes(bytes, { path: "x", kind }).path).toBe("x");
    }), { numRuns: 500 });
  });

  it("fixes never overlap, and what they mended is found no more", () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 30 }), (chosen) => {
      const bytes = Buffer.from(`FROM python:3\n${chosen.join("")}`);
      const before = lintBytes(bytes, { path: "x", kind: "dockerfile" });
      const { edits, fixed } = fixesOf(before);
      if (before.fault !== undefined || fixed.length === 0) return;
      const after = lintBytes(applyEdits(bytes, edits), { path: "x", kind: "dockerfile" });
      expect(after.fault).toBeUndefined();
      expect(after.results.filter(({ fix }) => fix !== undefined).length).toBeLessThan(before.results.filter(({ fix }) => fix !== undefined).length);
    }), { numRuns: 1000 });
  });

  it.each([
    ["brackets", "RUN ".concat("(".repeat(20_000))], ["substitutions", `RUN ${"$(".repeat(5_000)}`], ["quotes", `RUN ${"\"'".repeat(20_000)}`], ["continuations", `RUN a ${"\\\n".repeat(50_000)}`],
    ["here-documents", `RUN ${"<<A ".repeat(3_000)}\n${"A\n".repeat(3_000)}`], ["variables", `ENV A=${"${A:-".repeat(2_000)}`], ["scripts in scripts", `RUN ${"sh -c \"".repeat(200)}`], ["options", `RUN --mount=${"a=b,".repeat(20_000)} pip install x`],
    ["comments", `#${" cachewright: ignore=".repeat(5_000)}`], ["words", `RUN pip install ${"x ".repeat(50_000)}`],
  ])("an endless row of %s comes to an end", (_, text) => {
    for (const kind of ["dockerfile", "shell"] as const) expect(lintText(`FROM a\n${text}\n`, { path: "x", kind })).toBeDefined();
  });
});

describe("ignores", () => {
  const lint = (text: string, kind: "dockerfile" | "shell" = "dockerfile"): unknown[] => {
    const { results, ignored } = lintText(text, { path: "x", kind });
    return [results.map(({ rule }) => rule), ignored.map(({ why, line }) => `${line} ${why}`)];
  };

  it("before an instruction are for all of it, at the end of a line for that line", () => {
    expect(lint("FROM python:3\n# cachewright: ignore=layer-keeps-cache -- squashed\n# another comment\nRUN a && \\\n  pip install x\nRUN pip install y\n")).toEqual([["layer-keeps-cache"], ["2 squashed"]]);
    expect(lint("FROM python:3\nRUN pip install x # cachewright: ignore=layer-keeps-cache -- squashed\n")).toEqual([[], ["2 squashed"]]);
    expect(lint("FROM python:3\nRUN a \\\n  # cachewright: ignore=layer-keeps-cache -- squashed\n  && pip install x\n")).toEqual([[], ["3 squashed"]]);
  });

  it("are for the rules they name, and only with a reason", () => {
    expect(lint("FROM python:3\n# cachewright: ignore=sudo-pip -- other\nRUN pip install x\n")).toEqual([["layer-keeps-cache"], []]);
    expect(lint("FROM python:3\n# cachewright: ignore=layer-keeps-cache\nRUN pip install x\n")).toEqual([["ignore-without-reason", "layer-keeps-cache"], []]);
    expect(lint("# cachewright: ignore=sudo-pip, pep668-override -- both are meant\nsudo pip install \\\n  --break-system-packages x\nsudo pip install y\n", "shell")).toEqual([["sudo-pip"], ["1 both are meant", "1 both are meant"]]);
  });
});
