import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { factsWith } from "../../facts/example-facts.ts";
import { problem } from "./problem.ts";

const first = (log: string): (string | null | undefined)[] => {
  const [found] = explainText(log).findings;
  return [found?.problem, found?.path];
};

describe("file-lock-unsupported", () => {
  it("is found on no machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each([
    ["OSError: [Errno 37] Keine Sperren verfügbar: '/net/home/ada/.cache/uv/.lock'", "/net/home/ada/.cache/uv/.lock"],
    ["error    Could not set lock (No locks available)", null],
  ])("is what %s says", (log, path) => {
    expect(first(log)).toEqual(["file-lock-unsupported", path]);
  });

  it.each([
    ["error    Could not set lock (Permission denied)"],
    ["OSError: [Errno 38] Function not implemented: '/mnt/x'"],
  ])("is not what %s says", (log) => {
    expect(first(log)[0]).not.toBe("file-lock-unsupported");
  });
});
