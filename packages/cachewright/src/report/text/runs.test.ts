import { describe, expect, it } from "vitest";
import { plainLook } from "../../../test/cli/plain-look.ts";
import type { RunDetails, RunSummary } from "../../fixes/runs.ts";
import { forgetPreview, forgetText, runListText, undoText } from "./runs.ts";

const run: RunSummary = {
  run: "20261121-091530-a1b2", at: "2026-11-21T09:15:30.000Z", command: "cachewright fix", status: "cured",
  cures: [{ problem: "cache-not-owned", subject: "/home/me/.cache/pip", remedy: "set-aside" }],
  user: { uid: 1000, name: "me" }, undoable: "fully", asides: ["/home/me/.cache/pip.cachewright-20261121-091530"], offered: false,
};

describe("runListText", () => {
  it("names each run, what it cured and what it set aside", () => {
    expect(runListText([run], plainLook)).toBe([
      "20261121-091530-a1b2  2026-11-21 09:15 UTC  cured and verified",
      "  cured  cache-not-owned /home/me/.cache/pip",
      "  aside  /home/me/.cache/pip.cachewright-20261121-091530",
      "",
    ].join("\n"));
  });

  it("offers to forget what is older than 30 days", () => {
    expect(runListText([{ ...run, offered: true }], plainLook)).toContain("cachewright runs forget 20261121-091530-a1b2");
    expect(runListText([run], plainLook)).not.toContain("runs forget");
  });

  it("says so when there are none", () => {
    expect(runListText([], plainLook)).toMatch(/^No runs/);
  });
});

describe("undoText", () => {
  const outcome = { run: run.run, status: "undone", left: [], asides: [], gone: 0 } as const;

  it("says that all is as before", () => {
    expect(undoText(outcome, plainLook)).toBe("+ 20261121-091530-a1b2 is undone: everything is as it was before.\n");
  });

  it("says in the same sentence what was kept of what came since", () => {
    expect(undoText({ ...outcome, asides: [{ path: "/b", to: "/b.aside" }] }, plainLook))
      .toBe("+ 20261121-091530-a1b2 is undone: everything is as it was before; what had come into /b since is kept as /b.aside.\n");
  });

  it("does not claim that all is as before when something is gone for good", () => {
    expect(undoText({ ...outcome, gone: 2_000_000 }, plainLook)).toBe("+ 20261121-091530-a1b2 is undone, but for 2.0 MB that were removed and do not come back.\n");
  });

  it("lists what it left alone, and what it put aside or is gone besides", () => {
    const text = undoText({ ...outcome, status: "left", left: [{ path: "/a\n", why: "has changed since" }], asides: [{ path: "/b", to: "/b.aside" }], gone: 2_000_000 }, plainLook);
    expect(text).toBe("! 20261121-091530-a1b2 is undone in part; 2.0 MB that were removed do not come back; what had come into /b since is kept as /b.aside.\n"
      + "1 entry left as found:\n  $'/a\\n': has changed since\n");
  });
});

describe("forgetPreview", () => {
  const details: RunDetails = {
    ...run, plan: { cures: [], steps: [], needs: "user", undoable: "fully", frees: 0, user: { uid: 1000, name: "me" }, probes: [] },
    verified: [], failure: undefined, left: [], asideBytes: 2_000_000,
  };

  it("names what will be deleted and how much that is", () => {
    expect(forgetPreview(details, plainLook)).toContain("  deletes for good 2.0 MB, which it set aside:\n    /home/me/.cache/pip.cachewright-20261121-091530\n  it cannot be undone afterwards\n");
  });

  it("says that nothing is deleted where nothing was set aside", () => {
    expect(forgetPreview({ ...details, asides: [], asideBytes: 0 }, plainLook)).toContain("nothing is deleted");
  });
});

describe("forgetText", () => {
  it("prints the command where only root can delete", () => {
    const text = forgetText({ run: run.run, freed: 0, left: [{ path: "/x", why: "only root can delete it", command: "sudo rm -rf -- /x" }] }, plainLook);
    expect(text).toContain("could not be forgotten whole");
    expect(text).toContain("\n    sudo rm -rf -- /x\n");
  });
});
