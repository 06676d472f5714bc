import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { factsWith } from "../../facts/example-facts.ts";
import { problem } from "./problem.ts";

const first = (log: string): (string | null | undefined)[] => {
  const [found] = explainText(log).findings;
  return [found?.problem, found?.path];
};

describe("buildkit-cache-mount-owner", () => {
  it("is found on no machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each([
    ["#8 [4/5] RUN --mount=type=cache,target=/home/app/.cache/pip pip install six\n#8 0.4 ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/home/app/.cache/pip/wheels/aa'", "/home/app/.cache/pip/wheels/aa"],
  ])("is what %s says", (log, path) => {
    expect(first(log)).toEqual(["buildkit-cache-mount-owner", path]);
  });

  it.each([
    ["#8 [4/5] RUN --mount=type=cache,target=/home/app/.cache/pip,uid=1000 pip install six\n#8 0.4 OSError: [Errno 13] Permission denied: '/home/app/.cache/pip/wheels/aa'"],
    ["#8 [4/5] RUN --mount=type=cache,target=/home/app/.cache/pip pip install six\n#8 0.4 OSError: [Errno 13] Permission denied: '/usr/lib/python3/dist-packages/six.py'"],
  ])("is not what %s says", (log) => {
    expect(first(log)[0]).not.toBe("buildkit-cache-mount-owner");
  });
});
