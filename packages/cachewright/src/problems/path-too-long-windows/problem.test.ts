import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { factsWith } from "../../facts/example-facts.ts";
import { problem } from "./problem.ts";

const first = (log: string): (string | null | undefined)[] => {
  const [found] = explainText(log).findings;
  return [found?.problem, found?.path];
};

describe("path-too-long-windows", () => {
  it("is found on no machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each([
    ["FileNotFoundError: [WinError 206] Der Dateiname oder die Erweiterung ist zu lang: 'C:\\\\t\\\\x'", "C:\\t\\x"],
    ["ERROR: Could not install packages due to an OSError: [Errno 22] Invalid argument: 'C:\\\\t\\\\x'\nHINT: This error might be caused by a file or folder name exceeding 255 characters, which is a Windows limitation even if long paths are enabled.", "C:\\t\\x"],
  ])("is what %s says", (log, path) => {
    expect(first(log)).toEqual(["path-too-long-windows", path]);
  });

  it.each([
    ["FileNotFoundError: [Errno 2] No such file or directory: 'C:\\\\t\\\\x'"],
    ["OSError: [Errno 36] File name too long: '/home/ada/x'"],
  ])("is not what %s says", (log) => {
    expect(first(log)[0]).not.toBe("path-too-long-windows");
  });
});
