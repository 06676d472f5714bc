/** Real pipx, pyenv and virtualenv of several versions made ill on Linux (p, y, v), and logs worded after their sources for other systems and languages (s, k, d). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { explainText } from "./explain-log.ts";

interface Case { readonly id: string; readonly label: string; readonly accept: readonly string[]; readonly path: string; readonly log: string }

const cases = readFileSync(new URL("fixtures/pipx-pyenv.jsonl", import.meta.url), "utf8").trim().split("\n").map((line) => JSON.parse(line) as Case);

describe("logs of pipx, pyenv, virtualenv and keyrings", () => {
  it.each(cases.map((one) => [one.id, one.label, one] as const))("%s: %s, with its path", (_id, label, { accept, path, log }) => {
    const { findings } = explainText(log);
    if (label.startsWith("none-")) return expect(findings).toEqual([]);
    expect([label, ...accept]).toContain(findings[0]?.problem);
    if (path !== "") expect(findings[0]?.path).toMatch(new RegExp(`^${path.replace(/[.+?^$()|[\]\\{}*]/g, "\\$&")}(?:/|$)`));
  });
});
