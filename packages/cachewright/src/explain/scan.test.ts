import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countNewlines } from "./count-newlines.ts";
import { explainText, logReader } from "./explain-log.ts";
import { literalSearch } from "./literal-search.ts";

const notOwned = "WARNING: The directory '/home/ada/.cache/pip' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, you should use sudo's -H flag.";
const denied = (path: string): string => `ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '${path}'`;

function inChunks(bytes: Uint8Array, sizes: readonly number[]): ReturnType<typeof explainText> {
  const reader = logReader();
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    reader.push(bytes.subarray(at, at + size));
    at += size;
  }
  return reader.end();
}

describe("the search for literals", () => {
  const literals = ["Errno ", "ermission denied", "o space left", "Permission denied", "aaaaaa", "aaaaaaab", "Could not install", "rno 13] "];

  it("finds what looking for each one alone finds", () => {
    const search = literalSearch(literals);
    const word = fc.oneof(fc.constantFrom(...literals, "aaaa", "Err", "no ", "\n", " denied"), fc.string({ maxLength: 6 }));
    fc.assert(fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const text = words.join("");
      const bytes = Buffer.from(text, "utf8");
      const latin1 = bytes.toString("latin1");
      const expected = literals.flatMap((literal) => [...latin1.matchAll(new RegExp(`(?=${literal.replace(/[\]]/g, "\\$&")})`, "g"))].map(() => literal)).sort();
      const found: string[] = [];
      search.run(bytes, 0, bytes.length, (literal) => found.push(literal));
      expect(found.sort()).toEqual(expected);
    }));
  });

  it("does not look beyond the bytes it was given", () => {
    const found: string[] = [];
    literalSearch(literals).run(Buffer.from("Errno 13").subarray(0, 5), 0, 5, (literal) => found.push(literal));
    expect(found).toEqual([]);
  });

  it("refuses a literal that is too short or not ASCII", () => {
    expect(() => literalSearch(["Errno"])).toThrow(/six/);
    expect(() => literalSearch(["Errno\n13"])).toThrow(/printable/);
  });
});

describe("counting newlines", () => {
  it("agrees with the naive count for every range", () => {
    fc.assert(fc.property(fc.uint8Array({ max: 12, maxLength: 300 }), fc.nat(300), fc.nat(300), (bytes, a, b) => {
      const [from, to] = [Math.min(a, b, bytes.length), Math.min(Math.max(a, b), bytes.length)];
      expect(countNewlines(bytes, from, to)).toBe(bytes.subarray(from, to).filter((byte) => byte === 10).length);
    }));
  });
});

describe("the answer", () => {
  it("never depends on how the log was cut into chunks", () => {
    const logs = [`${"x\n".repeat(50)}${notOwned}\r\n${denied("/home/ada/.local/lib/péché")}\nCheck the permissions.\n`, `\ufeff${denied("/usr/lib/python3/dist-packages/a.py")}`];
    const bytes = logs.flatMap((log) => [Buffer.from(log, "utf8"), Buffer.from(log, "utf16le")]);
    fc.assert(fc.property(fc.constantFrom(...bytes), fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 20 }), (log, sizes) => {
      expect(inChunks(log, sizes)).toEqual(explainText(log));
    }), { numRuns: 200 });
  });

  it("is the same at every border of a block: nothing is lost, nothing is found twice", () => {
    const block = (1 << 20) + (16 << 10);
    for (let shift = -420; shift < 60; shift += 7) {
      const before = Buffer.alloc(block + shift, "building demo\n");
      const log = Buffer.concat([before, Buffer.from(`\n${notOwned}\nCollecting demo\n${denied("/usr/lib/python3/dist-packages/a.py")}\nConsider using the \`--user\` option or check the permissions.\n`), Buffer.alloc(3000, "and on it goes\n")]);
      const { findings } = explainText(log);
      const first = before.filter((byte) => byte === 10).length + 2;
      expect(findings.map(({ problem, lines, count }) => ({ problem, lines, count }))).toEqual([
        { problem: "site-packages-not-writable", lines: [first + 2, first + 2], count: 1 },
        { problem: "cache-not-owned", lines: [first, first], count: 1 },
      ]);
      expect(findings[0]!.consequences.map(({ line }) => line)).toEqual([first + 3]);
    }
  });
});

describe("very large logs", () => {
  it("are read to the end although one complaint fills them, and say how many lines were passed by", () => {
    const lines = 30_000;
    const log = `${Array.from({ length: lines }, (_, index) => denied(`/usr/lib/python3/dist-packages/m${index}.py`)).join("\n")}\n${denied("/home/ada/.local/bin/x")}\n`;
    const explanation = explainText(log);
    expect(explanation.lines).toBe(lines + 1);
    expect(explanation.findings.map(({ problem, lines: [first, last] }) => [problem, first, last])).toEqual([
      ["site-packages-not-writable", 1, lines],
      ["user-site-not-writable", lines + 1, lines + 1],
    ]);
    const [many] = explanation.findings;
    expect(many!.count).toBeGreaterThan(5000);
    expect(many!.allLines.length).toBeLessThanOrEqual(1000);
    expect(many!.count + explanation.skipped).toBeGreaterThanOrEqual(lines);
  });

  it("may be one line, of which only the surroundings of a hit are read", () => {
    const line = `${"x".repeat(3_000_000)} ${denied("/usr/lib/python3/dist-packages/a.py")} ${"y".repeat(3_000_000)}`;
    const explanation = explainText(line);
    expect(explanation.findings.map(({ problem, path, lines }) => [problem, path, lines])).toEqual([["site-packages-not-writable", "/usr/lib/python3/dist-packages/a.py", [1, 1]]]);
    expect(explanation.findings[0]!.text.length).toBeLessThan(700);
    expect(explanation.lines).toBe(1);
  });

  it("count their lines also where there is nothing but lines", () => {
    expect(explainText("\n".repeat(2_500_000)).lines).toBe(2_500_000);
    expect(explainText("a\r\nb").lines).toBe(2);
    expect(explainText("")).toMatchObject({ lines: 0, bytes: 0, findings: [], binary: false });
  });
});
