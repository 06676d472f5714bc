import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { factsWith } from "../../facts/example-facts.ts";
import { problem } from "./problem.ts";

const first = (log: string): (string | null | undefined)[] => {
  const [found] = explainText(log).findings;
  return [found?.problem, found?.path];
};

describe("confined-sandbox", () => {
  it("is found on no machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each([
    ["apparmor=\"DENIED\" operation=\"mkdir\" class=\"file\" profile=\"snap.pycharm-community.pycharm\" name=\"/home/ada/.cache/pip/http-v2/\" pid=1", "/home/ada/.cache/pip/http-v2/"],
    ["PermissionError: [Errno 1] Operation not permitted: '/Users/ada/Desktop/shop/poetry.lock'", "/Users/ada/Desktop/shop/poetry.lock"],
  ])("is what %s says", (log, path) => {
    expect(first(log)).toEqual(["confined-sandbox", path]);
  });

  it.each([
    ["OSError: [Errno 1] Operation not permitted: '/home/ada/.cache/pip'"],
    ["apparmor=\"DENIED\" operation=\"open\" profile=\"/usr/bin/man\" name=\"/home/ada/x\" pid=1"],
  ])("is not what %s says", (log) => {
    expect(first(log)[0]).not.toBe("confined-sandbox");
  });
});
