import { describe, expect, it } from "vitest";
import { lintText } from "../../lint-text.ts";
import { rule } from "./rule.ts";

function found(job: string): string[] {
  const text = `on: push\njobs:\n  job:\n${job.replaceAll(/^/gm, "    ")}\n`;
  return lintText(text, { path: "x.yml", kind: "workflow", rules: [rule] }).results.map(({ range }) => text.slice(range.start, range.end));
}

const setup = "steps:\n- uses: actions/setup-python@v5\n  with: {cache: pip}\n";
const cached = "steps:\n- uses: actions/cache@v4\n  with: {path: ~/.cache/pip}\n";

describe("ci-container-home", () => {
  it.each([
    ["setup-python's cache", `container: python:3.13\n${setup}`, "pip"],
    ["a cached path of the home", `container: {image: "python:3.13"}\n${cached}`, "~/.cache/pip"],
    ["a container said to be root's", `container: {image: a, options: --user root}\n${setup}`, "pip"],
  ])("finds %s", (_, job, place) => {
    expect(found(job)).toEqual([place]);
  });

  it.each([
    ["no container", setup],
    ["one that may be empty", `container: \${{ matrix.container }}\n${setup}`],
    ["another user", `container: {image: a, options: --user 1001}\n${setup}`],
    ["a place of its own", `container: a\nenv: {PIP_CACHE_DIR: /root/.cache/pip}\n${setup}`],
    ["a home of its own", `container: {image: a, env: {HOME: /root}}\n${setup}`],
    ["a directory that root makes before", `container: a\n${cached}- run: mkdir -p /github/home/.cache/pip\n`],
    ["the cache of another tool", `container: a\n${cached.replace("pip", "uv")}`],
  ])("finds nothing: %s", (_, job) => {
    expect(found(job)).toEqual([]);
  });
});
