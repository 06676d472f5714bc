import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { factsWith } from "../../facts/example-facts.ts";
import { problem } from "./problem.ts";

const first = (log: string): (string | null | undefined)[] => {
  const [found] = explainText(log).findings;
  return [found?.problem, found?.path];
};

describe("sip-protected", () => {
  it("is found on no machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each([
    ["OSError: [Errno 1] Operation not permitted: '/System/Library/Frameworks/Python.framework/Versions/2.7/share/doc'", "/System/Library/Frameworks/Python.framework/Versions/2.7/share/doc"],
    ["shutil.Error: [('/System/Library/x.py', '/tmp/pip-a-uninstall/System/Library/x.py', \"[Errno 1] Operation not permitted: '/tmp/pip-a-uninstall/System/Library/x.py'\")]", "/System/Library/x.py"],
  ])("is what %s says", (log, path) => {
    expect(first(log)).toEqual(["sip-protected", path]);
  });

  it.each([
    ["OSError: [Errno 1] Operation not permitted: '/usr/share/man'"],
    ["OSError: [Errno 13] Permission denied: '/System/Library/x'"],
  ])("is not what %s says", (log) => {
    expect(first(log)[0]).not.toBe("sip-protected");
  });
});
