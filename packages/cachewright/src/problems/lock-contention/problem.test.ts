import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { cache, factsWith, pipUse, present, rootOwned } from "../../facts/example-facts.ts";
import type { Facts, LockFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const uvLock = "/home/me/.cache/uv/.lock";
const pipLock = `${cache}/http/a/b/c/d/e/abcde0.lock`;
const holder = { pid: 4242, uid: 1001, command: "uv run server.py", shared: false };
const withLock = (words: Partial<LockFact>, paths: ReturnType<typeof present>[] = [], pip = "9.0.3"): Facts => factsWith({
  locks: [{ path: uvLock, tool: "uv", kind: "kernel", holders: [holder], since: "2026-01-01T10:20:30.000Z", ...words }], paths, pip: { configs: [], uses: [pipUse({ pip })] },
});
const left = (words = {}, pip?: string): Facts => withLock({ path: pipLock, tool: "pip", kind: "exists", holders: [] }, [present(`${cache}/http/a/b/c/d/e`, words), present(pipLock, words)], pip);

describe("lock-contention", () => {
  it("is found on no healthy machine: a lock file that nobody holds is no fact at all", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("names the lock, the process, its account and its command", () => {
    const { found, ids, cure } = examine(problem, withLock({}));
    expect(found).toMatchObject({ severity: "warning", subject: uvLock, params: { pid: "4242", command: "uv run server.py", variant: "held" } });
    expect(found.evidence[0]?.says).toBe("process 4242 of other holds it: uv run server.py");
    expect(ids).toEqual(["wait", "end-holder"]);
    expect(cure("end-holder")).toMatchObject({ steps: [], shown: [expect.stringContaining("ps "), "kill 4242"] });
  });

  it("tells a shared lock from one that keeps everybody out", () => {
    expect(examine(problem, withLock({ holders: [{ ...holder, shared: true }] })).found.params["variant"]).toBe("shared");
    expect(examine(problem, withLock({ holders: [{ ...holder, shared: true }, holder] })).found.params["variant"]).toBe("held");
  });

  it("sets a left-over lock of an old pip aside, which undo brings back", () => {
    const { found, ids, cure } = examine(problem, left());
    expect(found).toMatchObject({ subject: pipLock, params: { variant: "left" } });
    expect(ids).toEqual(["set-aside", "newer-pip"]);
    expect(cure("set-aside")).toMatchObject({ needs: "user", steps: [{ kind: "rename", from: pipLock, aside: true }] });
  });

  it("touches none whose directory is somebody else's, and leaves a pip without locks alone", () => {
    expect(examine(problem, left(rootOwned)).ids).toEqual(["newer-pip"]);
    expect(examine(problem, left({}, "24.3.1")).ids).toEqual(["set-aside"]);
  });

  it.each([
    ["error: Timeout (300s) when waiting for lock on `/home/me/.cache/uv` at `/home/me/.cache/uv/.lock`, is another uv process running?", uvLock],
    ["DEBUG waiting for lock on `/home/me/.cache/uv` at `.cache/uv/.lock`", ".cache/uv/.lock"],
    ["filelock._error.Timeout: The file lock '/srv/tox/.lock' could not be acquired.", "/srv/tox/.lock"],
    ["BlockingIOError: [Errno 35] Resource temporarily unavailable: '/Users/me/x/.lock'", "/Users/me/x/.lock"],
  ])("is what %s says", (log, path) => {
    expect(explainText(log).findings[0]).toMatchObject({ problem: "lock-contention", path });
  });

  it.each([
    "BlockingIOError: [Errno 11] Resource temporarily unavailable",
    "Cache is currently in-use, waiting for other uv processes to finish (use `--force` to override)\nerror: Could not acquire lock\n  cause: failed to open file `/home/me/.cache/uv/.lock`: Permission denied (os error 13)",
  ])("is not what %s says", (log) => {
    expect(explainText(log).findings.map((found) => found.problem)).not.toContain("lock-contention");
  });
});
