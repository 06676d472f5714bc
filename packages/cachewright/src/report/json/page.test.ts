import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { problemIds } from "../../problems/registry.generated.ts";
import { problemJson } from "./page.ts";
import { jsonSchemas } from "./schemas.ts";

const validate = new Ajv2020({ allErrors: true }).compile(jsonSchemas()["explain-problem"] as object);

describe("the JSON of a problem's page", () => {
  it.each(problemIds)("is as the shipped schema says: %s", (id) => {
    const report = problemJson(id, "## What happens\n");
    validate(JSON.parse(JSON.stringify(report)));
    expect(validate.errors ?? []).toEqual([]);
    expect(report.remedies.length).toBeGreaterThan(0);
  });

  it("names the cures in the page's order, gentlest first", () => {
    const { remedies, title, severity } = problemJson("cache-disabled", "");
    expect({ title, severity }).toMatchObject({ title: expect.any(String), severity: expect.stringMatching(/^(?:error|warning|note)$/) });
    expect(remedies[0]).toMatchObject({ id: expect.any(String), why: expect.any(String), tradeoff: expect.any(String) });
  });

  it("is held to the schema strictly", () => {
    expect(validate({ ...problemJson("cache-disabled", ""), extra: 1 })).toBe(false);
  });
});
