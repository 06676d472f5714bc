import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { factsWith } from "../../facts/example-facts.ts";
import { problem } from "./problem.ts";

const first = (log: string): (string | null | undefined)[] => {
  const [found] = explainText(log).findings;
  return [found?.problem, found?.path];
};

describe("pip-self-upgrade-windows", () => {
  it("is found on no machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each([
    ["ERROR: To modify pip, please run the following command:\nC:\\Python311\\python.exe -m pip install -U pip", null],
    ["PermissionError: [WinError 5] 拒绝访问。: 'C:\\\\Python311\\\\Scripts\\\\pip3.11.exe'", "C:\\Python311\\Scripts\\pip3.11.exe"],
  ])("is what %s says", (log, path) => {
    expect(first(log)).toEqual(["pip-self-upgrade-windows", path]);
  });

  it.each([
    ["PermissionError: [WinError 5] Access is denied: 'C:\\\\Python311\\\\Scripts\\\\pipenv.exe'"],
    ["/usr/local/bin/pip: Permission denied"],
  ])("is not what %s says", (log) => {
    expect(first(log)[0]).not.toBe("pip-self-upgrade-windows");
  });
});
