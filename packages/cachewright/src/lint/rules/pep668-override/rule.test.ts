import { describe, expect, it } from "vitest";
import { fixed, found, resultsOf } from "../../example-lint.ts";

const code = "pep668-override";

describe("pep668-override", () => {
  it.each([
    ["pip install --break-system-packages x", ["--break-system-packages"]],
    ["uv pip install --system --break-system-packages x", ["--break-system-packages"]],
    ["export PIP_BREAK_SYSTEM_PACKAGES=1; pip install x", ["PIP_BREAK_SYSTEM_PACKAGES=1"]],
    ["rm -f /usr/lib/python3*/EXTERNALLY-MANAGED", ["/usr/lib/python3*/EXTERNALLY-MANAGED"]],
    ["mv \"/usr/lib/python3.$M/EXTERNALLY-MANAGED\" /tmp", ["\"/usr/lib/python3.$M/EXTERNALLY-MANAGED\""]],
    ["export PIP_BREAK_SYSTEM_PACKAGES=0; pip install x; ls /usr/lib/python3/EXTERNALLY-MANAGED; pip install x", []],
  ])("%s", (text, expected) => {
    expect(found(code, text, "shell")).toEqual(expected);
  });

  it("is a warning on a machine, a note in an image", () => {
    expect(resultsOf(code, "pip install --break-system-packages x", "shell")[0]?.level).toBe("warning");
    expect(resultsOf(code, "FROM debian\nRUN pip install --break-system-packages x")[0]?.level).toBe("note");
    expect(fixed(code, "pip install --break-system-packages x", "shell")).toBe("pip install --break-system-packages x");
  });
});
