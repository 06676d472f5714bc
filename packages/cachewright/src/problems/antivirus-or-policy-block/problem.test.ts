import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { factsWith } from "../../facts/example-facts.ts";
import { problem } from "./problem.ts";

const first = (log: string): (string | null | undefined)[] => {
  const [found] = explainText(log).findings;
  return [found?.problem, found?.path];
};

describe("antivirus-or-policy-block", () => {
  it("is found on no machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each([
    ["OSError: [WinError 225] Le fichier contient un virus", null],
    ["OSError: [WinError 4551] An Application Control policy has blocked this file: 'C:\\\\t\\\\x.exe'", "C:\\t\\x.exe"],
  ])("is what %s says", (log, path) => {
    expect(first(log)).toEqual(["antivirus-or-policy-block", path]);
  });

  it.each([
    ["OSError: [Errno 22] Invalid argument: '/tmp/pip-unpack-x/demo.whl'"],
    ["PermissionError: [WinError 5] Access is denied: 'C:\\\\t\\\\x.dat'"],
  ])("is not what %s says", (log) => {
    expect(first(log)[0]).not.toBe("antivirus-or-policy-block");
  });
});
