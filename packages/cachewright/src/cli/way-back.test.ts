import { describe, expect, it } from "vitest";
import { plainLook as look } from "../../test/cli/plain-look.ts";
import type { Machine } from "../machine/machine.ts";
import { rootHint } from "./undo.ts";
import { sudoCommand, wayBack } from "./way-back.ts";

/** A machine of which only the caller is asked for. */
function calledBy(euid: number, env: Record<string, string>): Machine {
  return { identity: { euid }, env, account: () => ({ ok: false, errno: "ENOENT" }) } as unknown as Machine;
}

describe("wayBack", () => {
  const run = "20261121-091530-a1b2";
  const asRoot = { run, stateDir: "/var/lib/cachewright" };

  it("goes through sudo for who came through sudo", () => {
    expect(wayBack(asRoot, calledBy(0, { SUDO_UID: "1000" }), look)).toEqual({ undo: `sudo /opt/node/bin/node /opt/cw/bin/cachewright.cjs undo ${run}`, journal: undefined });
  });

  it("is the command as it was typed for everybody else, root included", () => {
    expect(wayBack(asRoot, calledBy(0, {}), look)).toEqual({ undo: `cachewright undo ${run}`, journal: undefined });
    expect(wayBack({ run, stateDir: "/home/me/.local/state/cachewright" }, calledBy(1000, { HOME: "/home/me" }), look)).toEqual({ undo: `cachewright undo ${run}`, journal: undefined });
  });

  it("names the journal's place where that is not the usual one", () => {
    expect(wayBack({ run, stateDir: "/var/tmp/cachewright-1000" }, calledBy(1000, { HOME: "/home/me" }), look).journal).toBe("/var/tmp/cachewright-1000");
    const asked = wayBack({ run, stateDir: "/srv/state" }, calledBy(0, { SUDO_UID: "1000", CACHEWRIGHT_STATE_DIR: "/srv/state" }), look);
    expect(asked).toEqual({ undo: `sudo env CACHEWRIGHT_STATE_DIR=/srv/state /opt/node/bin/node /opt/cw/bin/cachewright.cjs undo ${run}`, journal: "/srv/state" });
  });
});

describe("rootHint", () => {
  it("tells an ordinary user who takes back what root did for them, and root nothing", () => {
    expect(rootHint(calledBy(1000, {}), "undo", look)).toContain("root takes it back: sudo /opt/node/bin/node /opt/cw/bin/cachewright.cjs undo\n");
    expect(rootHint(calledBy(0, {}), "undo", look)).toBe("");
  });
});

describe("sudoCommand", () => {
  it("names node and the script by absolute paths: sudo's PATH has neither", () => {
    expect(sudoCommand(["undo", "20261121-091530-a1b2"], { look })).toBe("sudo /opt/node/bin/node /opt/cw/bin/cachewright.cjs undo 20261121-091530-a1b2");
  });

  it("carries along where the journal is: sudo drops variables", () => {
    expect(sudoCommand(["undo", "x"], { look, stateDir: "/srv/my state" })).toContain("sudo env 'CACHEWRIGHT_STATE_DIR=/srv/my state' /opt/node/bin/node");
  });
});
