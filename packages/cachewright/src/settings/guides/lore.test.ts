import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { problemIds } from "../../problems/registry.generated.ts";
import { lore } from "./lore.ts";
import { statements } from "./statements.ts";

const packageDir = join(import.meta.dirname, "../../..");

describe("advice that goes around", () => {
  it.each(lore.map((one) => [one.says, one] as const))("%s: a test with the real tool stands behind the answer", (_says, { proof }) => {
    const file = join(packageDir, proof.file);
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, "utf8")).toContain(proof.test);
  });

  it("leads to a page, is answered in a sentence, and has a name of its own", () => {
    for (const { id, problem, truth } of lore) {
      expect(problemIds, id).toContain(problem);
      expect(truth, id).toMatch(/\.$/);
    }
    const ids = [...lore, ...statements].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
