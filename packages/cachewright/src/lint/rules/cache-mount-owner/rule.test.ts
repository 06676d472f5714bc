import { describe, expect, it } from "vitest";
import { fixed, found, resultsOf } from "../../example-lint.ts";

const code = "cache-mount-owner";
const user = "FROM python:3\nRUN useradd -m -u 1000 app\nUSER app\n";
const on = (options: string, tool = "pip"): string => `RUN --mount=type=cache,target=/home/app/.cache/${tool}${options} ${tool === "uv" ? "uv sync" : "pip install x"}\n`;

describe("cache-mount-owner", () => {
  it.each([
    [user + on(""), 1], [user + on(",uid=999"), 1], [user + on(",mode=0755"), 1], [user + on(",mode=0775"), 1],
    [user + on(",uid=1000"), 0], [user + on(",uid=1000,gid=1000"), 0], [user + on(",mode=0777"), 0], [user + on(",gid=1000,mode=0775"), 0], [user + on(",uid=$UID"), 0],
    [`FROM python:3\n${on("").replace("/home/app", "/root")}`, 0],
    [`FROM example.org/x\n${on("")}`, 0],
    [`${user}USER root\n${on("").replace("/home/app", "/root")}`, 0],
    [`${user}RUN --mount=type=cache,target=/home/app/.cache/pip sudo pip install x\n`, 0],
    [`${user}RUN --mount=type=cache,target=/home/app/.cache/pip pip install --no-cache-dir x\n`, 0],
  ])("%j", (text, count) => {
    expect(found(code, text)).toHaveLength(count);
  });

  it("weighs more for uv, which stops", () => {
    expect(resultsOf(code, user + on("", "uv"))[0]?.level).toBe("error");
    expect(resultsOf(code, user + on(""))[0]?.level).toBe("warning");
  });

  it("adds the uid where it is known", () => {
    expect(fixed(code, user + on(""))).toBe(user + on(",uid=1000"));
  });
});
