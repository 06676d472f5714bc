import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { factsWith } from "../../facts/example-facts.ts";
import { problem } from "./problem.ts";

const first = (log: string): (string | null | undefined)[] => {
  const [found] = explainText(log).findings;
  return [found?.problem, found?.path];
};

describe("easy-install-dir-not-writable", () => {
  it("is found on no machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each([
    ["error: can't create or remove files in install directory", null],
    ["    [Errno 13] Keine Berechtigung: '/usr/lib/python3/dist-packages/test-easy-install-77.write-test'", "/usr/lib/python3/dist-packages/test-easy-install-77.write-test"],
  ])("is what %s says", (log, path) => {
    expect(first(log)).toEqual(["easy-install-dir-not-writable", path]);
  });

  it.each([
    ["[Errno 13] Permission denied: '/usr/lib/python3/dist-packages/easy-install.pth'"],
    ["[Errno 28] No space left on device: '/usr/lib/python3/dist-packages/test-easy-install-77.pth'"],
  ])("is not what %s says", (log) => {
    expect(first(log)[0]).not.toBe("easy-install-dir-not-writable");
  });
});
