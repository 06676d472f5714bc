/** What guides on the web say of these settings, each statement held to what the adapters answer. */
import { describe, expect, it } from "vitest";
import { answerTo } from "./answer.ts";
import { statements } from "./statements.ts";

describe("what guides say", () => {
  it.each(statements.map((one) => [one.says, one.truth ?? "true", one] as const))('"%s": %s', async (_says, _truth, statement) => {
    expect(await answerTo(statement)).toEqual(statement.answer);
  });

  it("is told with what is so instead, wherever it does not simply hold", () => {
    for (const { id, verdict, truth } of statements) expect(verdict === "true" || (truth?.length ?? 0) > 0, id).toBe(true);
    for (const { id, truth = "." } of statements) expect(truth, id).toMatch(/\.$/);
  });

  it("has names that links can lead to", () => {
    expect(new Set(statements.map(({ id }) => id)).size).toBe(statements.length);
    for (const { id } of statements) expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });
});
