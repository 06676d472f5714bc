import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { factsWith } from "../../facts/example-facts.ts";
import { problem } from "./problem.ts";

const first = (log: string): (string | null | undefined)[] => {
  const [found] = explainText(log).findings;
  return [found?.problem, found?.path];
};

describe("file-name-too-long", () => {
  it("is found on no machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each([
    ["OSError: [Errno 36] Nom de fichier trop long: '/home/ada/env/x'", "/home/ada/env/x"],
    ["OSError: [Errno 63] File name too long: '/Users/ada/env/x'", "/Users/ada/env/x"],
  ])("is what %s says", (log, path) => {
    expect(first(log)).toEqual(["file-name-too-long", path]);
  });

  it.each([
    ["FileNotFoundError: [WinError 206] The filename or extension is too long: 'C:\\\\t\\\\x'"],
  ])("is not what %s says", (log) => {
    expect(first(log)[0]).not.toBe("file-name-too-long");
  });
});
