import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { factsWith } from "../../facts/example-facts.ts";
import { problem } from "./problem.ts";

const first = (log: string): (string | null | undefined)[] => {
  const [found] = explainText(log).findings;
  return [found?.problem, found?.path];
};

describe("file-in-use-windows", () => {
  it("is found on no machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each([
    ["OSError: [WinError 32] Der Prozess kann nicht auf die Datei zugreifen: 'C:\\\\Users\\\\ada\\\\env\\\\Lib\\\\site-packages\\\\x.py'", "C:\\Users\\ada\\env\\Lib\\site-packages\\x.py"],
    ["PermissionError: [WinError 5] Access is denied: 'C:\\\\Users\\\\ada\\\\env\\\\Lib\\\\site-packages\\\\~umpy\\\\_core.pyd'", "C:\\Users\\ada\\env\\Lib\\site-packages\\~umpy\\_core.pyd"],
  ])("is what %s says", (log, path) => {
    expect(first(log)).toEqual(["file-in-use-windows", path]);
  });

  it.each([
    ["PermissionError: [WinError 5] Access is denied: 'C:\\\\Program Files\\\\Python311\\\\Scripts\\\\black.exe'"],
    ["PermissionError: [WinError 5] Access is denied: 'C:\\\\Users\\\\ada\\\\env\\\\Lib\\\\site-packages\\\\x.py'"],
  ])("is not what %s says", (log) => {
    expect(first(log)[0]).not.toBe("file-in-use-windows");
  });
});
