import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { factsWith } from "../../facts/example-facts.ts";
import { problem } from "./problem.ts";

const first = (log: string): (string | null | undefined)[] => {
  const [found] = explainText(log).findings;
  return [found?.problem, found?.path];
};

describe("selinux-denied", () => {
  it("is found on no machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each([
    ["type=AVC msg=audit(1.2:3): avc:  denied  { add_name write } for  pid=1 comm=\"pip\" name=\"pip\" dev=\"sda1\" scontext=a tcontext=b tclass=dir", "pip"],
    ["SELinux is preventing pip.\nsystemd[1]: demo.service: Failed at step EXEC spawning /srv/demo/bin/demo: Permission denied", "/srv/demo/bin/demo"],
  ])("is what %s says", (log, path) => {
    expect(first(log)).toEqual(["selinux-denied", path]);
  });

  it.each([
    ["demo.service: Failed at step EXEC spawning /srv/demo/bin/demo: Permission denied"],
    ["type=AVC msg=audit(1.2:3): avc:  granted  { write } for  pid=1 path=\"/srv/x\""],
  ])("is not what %s says", (log) => {
    expect(first(log)[0]).not.toBe("selinux-denied");
  });
});
