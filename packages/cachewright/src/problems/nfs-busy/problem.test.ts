import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { factsWith } from "../../facts/example-facts.ts";
import { problem } from "./problem.ts";

const first = (log: string): (string | null | undefined)[] => {
  const [found] = explainText(log).findings;
  return [found?.problem, found?.path];
};

describe("nfs-busy", () => {
  it("is found on no machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each([
    ["OSError: [Errno 16] Das Gerät oder die Ressource ist belegt: '/net/env/lib/python3.11/site-packages/~umpy/.nfs0000000007045c6f0000016b'", "/net/env/lib/python3.11/site-packages/~umpy/.nfs0000000007045c6f0000016b"],
  ])("is what %s says", (log, path) => {
    expect(first(log)).toEqual(["nfs-busy", path]);
  });

  it.each([
    ["OSError: [Errno 16] Device or resource busy: '/mnt/x'"],
    ["OSError: [Errno 16] Device or resource busy: '.nfs-mounts'"],
  ])("is not what %s says", (log) => {
    expect(first(log)[0]).not.toBe("nfs-busy");
  });
});
