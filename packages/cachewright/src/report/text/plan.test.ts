import { describe, expect, it } from "vitest";
import type { BoundStep, Guard, Plan } from "../../fixes/step.ts";
import { plainLook as look } from "../../../test/cli/plain-look.ts";
import { planText } from "./plan.ts";

const guard: Guard = { type: "dir", dev: "1", ino: "2", uid: 0, gid: 0, mode: 0o755, nlink: 1, mount: null };

function planOf(steps: BoundStep[], change: Partial<Plan> = {}): Plan {
  return {
    cures: [{ problem: "cache-not-owned", subject: "/home/me/.cache/pip", remedy: "give-back" }],
    steps, needs: "root", undoable: "fully", frees: 0, user: { uid: 1000, name: "me" }, probes: ["/home/me/.cache/pip"], ...change,
  };
}

const bound = { entries: [], refused: [], undoable: true, frees: 0 };
const giveBack: BoundStep = {
  ...bound, entries: [{ rel: "", guard }, { rel: "wheels", guard }],
  step: { kind: "chown", why: "only what is foreign changes its owner", actor: "root", root: "/home/me/.cache/pip", within: "/home/me/.cache/pip", select: "tree", to: { uid: 1000, gid: 1000 } },
};

describe("planText", () => {
  it("says who, how many steps, what it needs and whether it can be undone", () => {
    expect(planText(planOf([giveBack]), look)).toMatch(/^Plan for me: 1 step, needs root, can be undone$/m);
    expect(planText(planOf([giveBack], { needs: "user", undoable: "no", frees: 2_500_000 }), look)).toMatch(/^Plan for me: 1 step, needs no root, cannot be undone; frees 2.5 MB$/m);
  });

  it("shows each step with its reason", () => {
    expect(planText(planOf([giveBack]), look)).toContain([
      "1. give 2 entries at or below /home/me/.cache/pip to uid 1000, gid 1000",
      "   why: only what is foreign changes its owner",
      "   as root; can be undone",
    ].join("\n"));
  });

  it("shows an edit as a diff", () => {
    const edit: BoundStep = { ...bound, step: { kind: "edit-config", why: "the cache is wanted", actor: "user", path: "/home/me/.config/pip/pip.conf", edits: [], of: "aa", diff: "@@ -2 +2 @@\n-no-cache-dir = 0\n" } };
    expect(planText(planOf([edit]), look)).toContain("   | @@ -2 +2 @@\n   | -no-cache-dir = 0");
  });

  it("lists what it refuses to touch, with the reason", () => {
    const refused = [{ path: "/home/me/.cache/pip/a\nb", why: "has a hard link outside" }];
    expect(planText(planOf([{ ...giveBack, refused }]), look)).toContain("   refuses 1 entry, left as they are:\n     $'/home/me/.cache/pip/a\\nb': has a hard link outside");
  });

  it("says beforehand that something is fetched from the network", () => {
    const run: BoundStep = { ...bound, step: { kind: "run", why: "a fresh environment", actor: "user", argv: ["/usr/bin/python3", "-m", "venv", "/home/me/a b"], makes: "/home/me/a b", network: true } };
    expect(planText(planOf([run]), look).replace(/\n\s*/g, " ")).toContain("run /usr/bin/python3 -m venv '/home/me/a b' (this may fetch from the network)");
  });

  it("says how it will be proved", () => {
    expect(planText(planOf([giveBack]), look).replace(/\n/g, " ")).toContain("a file is made, written and deleted in /home/me/.cache/pip");
    expect(planText(planOf([giveBack], { sharedProbes: ["/srv/pip"] }), look).replace(/\n\s*/g, " ")).toContain("There me and another member of the group each make an entry that the other reads, changes and removes.");
  });
});
