import { describe, expect, it } from "vitest";
import { fixed, found, resultsOf } from "../../example-lint.ts";

const code = "conda-clean-softlinks";

describe("conda-clean-softlinks", () => {
  it.each([
    ["CONDA_ALWAYS_SOFTLINK=true conda clean -afy", 1],
    ["conda config --set always_softlink true\nconda clean --all -y", 1],
    ["mamba config --set allow_softlinks true\nmamba clean -py", 1],
    ["conda config --set allow_softlinks true\nconda clean -afy", 0],
    ["conda config --set always_softlink true\nconda clean -tiy", 0],
    ["conda config --set always_softlink false\nconda clean -afy", 0],
    ["conda clean -afy", 0],
  ])("%j", (text, count) => {
    expect(found(code, text, "shell")).toHaveLength(count);
  });

  it("is an error, and nothing it would mend", () => {
    const text = "CONDA_ALWAYS_SOFTLINK=1 conda clean -ay";
    expect([resultsOf(code, text, "shell")[0]?.level, fixed(code, text, "shell")]).toEqual(["error", text]);
  });
});
