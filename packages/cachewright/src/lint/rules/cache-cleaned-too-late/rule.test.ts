import { describe, expect, it } from "vitest";
import { fixed, found, resultsOf } from "../../example-lint.ts";

const code = "cache-cleaned-too-late";

describe("cache-cleaned-too-late", () => {
  it.each([
    ["FROM continuumio/miniconda3\nRUN conda install a\nRUN conda clean -afy\n", ["conda clean -afy"]],
    ["FROM python:3\nRUN pip install x\nRUN rm -rf /root/.cache\n", ["rm -rf /root/.cache"]],
    ["FROM python:3 AS a\nRUN pip install x\nFROM a\nRUN pip cache purge\n", ["pip cache purge"]],
    ["FROM python:3\nRUN pip install x && pip cache purge\n", []],
    ["FROM python:3\nRUN pip install --no-cache-dir x\nRUN rm -rf /root/.cache\n", []],
    ["FROM python:3\nRUN pip install x\nRUN pip install y && pip cache purge\n", []],
    ["FROM python:3 AS a\nRUN pip install x\nRUN pip cache purge\nFROM b\nCOPY --from=a / /\n", []],
    ["FROM python:3\nRUN pip install x\nRUN rm -rf /tmp/*\n", []],
    ["FROM python:3\nRUN pip install x\nRUN rm -rf /var/lib/{apt,cache}/\n", []],
    ["FROM python:3\nRUN pip install x\nRUN rm -rf /root/.{npm,cache}\n", ["rm -rf /root/.{npm,cache}"]],
    ["FROM python:3\nRUN pip install x\nRUN rm -rf /var/lib/{apt,dpkg,cache,log}/ && find /x -name .cache -delete\n", []],
  ])("%j", (text, expected) => {
    expect(found(code, text)).toEqual(expected);
  });

  it("names the line that filled it, and offers no fix", () => {
    const text = "FROM python:3\nRUN pip install x\nRUN pip cache purge\n";
    expect(resultsOf(code, text)[0]?.message).toContain("line 2");
    expect(fixed(code, text)).toBe(text);
  });
});
