import { describe, expect, it } from "vitest";
import { fixed, found, resultsOf } from "../../example-lint.ts";

const code = "ignore-without-reason";

describe("ignore-without-reason", () => {
  it.each([
    ["# cachewright: ignore=sudo-pip -- the job's machine is thrown away", 0],
    ["# cachewright: ignore=sudo-pip,pep668-override -- both are meant", 0],
    ["# cachewright: ignore=sudo-pip", 1],
    ["# cachewright: ignore=sudo-pip --", 1],
    ["# cachewright: ignore", 1],
    ["# cachewright: ignore=sudo-pips -- why", 1],
    ["# cachewright is good", 0],
  ])("%s", (text, count) => {
    expect(found(code, `${text}\ntrue\n`, "shell")).toHaveLength(count);
  });

  it("is a warning that nothing mends", () => {
    expect([resultsOf(code, "# cachewright: ignore", "shell")[0]?.level, fixed(code, "# cachewright: ignore", "shell")]).toEqual(["warning", "# cachewright: ignore"]);
  });
});
