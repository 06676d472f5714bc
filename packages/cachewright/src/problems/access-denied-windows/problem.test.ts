import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { factsWith } from "../../facts/example-facts.ts";
import { problem } from "./problem.ts";

const first = (log: string): (string | null | undefined)[] => {
  const [found] = explainText(log).findings;
  return [found?.problem, found?.path];
};

describe("access-denied-windows", () => {
  it("is found on no machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each([
    ["PermissionError: [WinError 5] Zugriff verweigert: 'C:\\\\Python311\\\\Lib\\\\site-packages\\\\six.py'", "C:\\Python311\\Lib\\site-packages\\six.py"],
    ["PermissionError: [Errno 13] Permission denied: 'C:\\\\Python311\\\\share\\\\doc'", "C:\\Python311\\share\\doc"],
  ])("is what %s says", (log, path) => {
    expect(first(log)).toEqual(["access-denied-windows", path]);
  });

  it.each([
    ["PermissionError: [WinError 32] used by another process: 'C:\\\\x.py'"],
    ["PermissionError: [Errno 13] Permission denied: '/usr/lib/python3/dist-packages/six.py'"],
  ])("is not what %s says", (log) => {
    expect(first(log)[0]).not.toBe("access-denied-windows");
  });
});
