import { describe, expect, it } from "vitest";
import { plainLook as look } from "../../test/cli/plain-look.ts";
import { sudoCommand } from "./way-back.ts";

describe("sudoCommand", () => {
  it("names node and the script by absolute paths: sudo's PATH has neither", () => {
    expect(sudoCommand(["undo", "20261121-091530-a1b2"], { look })).toBe("sudo /opt/node/bin/node /opt/cw/bin/cachewright.cjs undo 20261121-091530-a1b2");
  });

  it("carries along where the journal is: sudo drops variables", () => {
    expect(sudoCommand(["undo", "x"], { look, stateDir: "/srv/my state" })).toContain("sudo env 'CACHEWRIGHT_STATE_DIR=/srv/my state' /opt/node/bin/node");
  });
});
