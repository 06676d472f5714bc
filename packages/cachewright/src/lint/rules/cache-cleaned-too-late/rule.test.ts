import { describe, expect, it } from "vitest";
import { found, fixed, resultsOf } from "../../example-lint.ts";

const code = "cache-cleaned-too-late";

describe(code, () => {
  it.each([
    ["FROM continuumio/miniconda3\nRUN conda install a\nRUN conda clean -afy\n", ["conda clean -afy"]],
    ["FROM python:3\nRUN pip install x\nRUN rm -rf /root/.cache\n", ["rm -rf /root/.cache"]],
    ["FROM python:3 AS a\nRUN pip install x\nFROM a\nRUN pip cache purge\n", ["pip cache purge"]],
    ["FROM python:3\nRUN pip install x && pip cache purge\n", []],
    ["FROM python:3\nRUN pip install --no-cache-dir x\nRUN rm -rf /root/.cache\n", []],
    ["FROM python:3\nRUN pip install x\nRUN pip install y && pip cache purge\n", []],
    ["FROM python:3 AS a\nRUN pip install x\nRUN pip cache purge\nFROM b\nCOPY --from=a / /\n", []],
    ["FROM python:3\nRUN pip install x\nRUN rm -rf /tmp/*\n", []],
  ])("%j", (text, expected) => {
    expect(found(code, text)).toEqual(expected);
  });

  it("names the line that filled it, and offers no fix", () => {
    const text = "FROM python:3\nRUN pip install x\nRUN pip cache purge\n";
    expect(resultsOf(code, text)[0]?.message).toContain("line 2");
    expect(fixed(code, text)).toBe(text);
  });
});
