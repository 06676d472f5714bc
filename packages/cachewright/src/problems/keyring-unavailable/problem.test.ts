import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { factsWith } from "../../facts/example-facts.ts";
import { problem } from "./problem.ts";

describe("keyring-unavailable", () => {
  it("is shown by a log alone, with commands for each way out", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.shownCures?.map(({ id }) => id)).toEqual(["unlock", "null-backend", "off"]);
  });

  it("is no failure where pip goes on without it, nor where a desktop program speaks of its own", () => {
    expect(explainText("WARNING: Keyring is skipped due to an exception: Failed to unlock the collection!\nSuccessfully installed six-1.17.0\n").findings).toMatchObject([{ problem: "keyring-unavailable", weight: "notice" }]);
    expect(explainText("[main] code --password-store: org.freedesktop.secrets is not there\n").findings).toEqual([]);
  });
});
