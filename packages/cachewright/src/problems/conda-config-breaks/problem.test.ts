import { describe, expect, it } from "vitest";
import { condarc, withConda } from "../../facts/example-conda.ts";
import { present, rootOwned } from "../../facts/example-facts.ts";
import type { CondaFact, Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const ill = (words: Partial<CondaFact["configs"][number]>, file: Parameters<typeof present>[1] = {}): Facts =>
  withConda({ configs: [{ path: condarc, scope: "user", state: "breaks", ...words }] }, [present(condarc, { type: "file", ...file })]);
const unreadable = { errno: "EACCES", error: "PermissionError: [Errno 13] Permission denied: '/home/me/.condarc'" } as const;

describe("conda-config-breaks finds", () => {
  it("nothing in files that conda reads, or passes over on purpose", () => {
    expect(problem.detect(withConda())).toEqual([]);
    for (const state of ["absent", "read", "unread"] as const) expect(problem.detect(ill({ state }))).toEqual([]);
    expect(problem.detect(ill({ state: "ignored", ignored: "name" }))).toEqual([]);
  });

  it("the line at which every command ends", () => {
    const { found } = examine(problem, ill({ line: 3, error: "DuplicateKeyError" }));
    expect(found).toMatchObject({ subject: condarc, severity: "error", params: { place: `${condarc}:3`, variant: "" } });
    expect(found.evidence).toEqual([{ says: "DuplicateKeyError", from: { path: condarc, line: 3 } }]);
  });

  it("a file that may not be read, and why", () => {
    const { found } = examine(problem, ill(unreadable, { mode: 0o600, ...rootOwned, read: "EACCES" }));
    expect(found.params).toMatchObject({ variant: "unreadable", because: "it belongs to root, and mode 0600 lets others do nothing" });
  });

  it("a file whose settings are all without effect, as a warning", () => {
    expect(examine(problem, ill({ state: "ignored", ignored: "malformed", line: 1 })).found).toMatchObject({ severity: "warning", params: { variant: "skipped" } });
  });
});

describe("the cures", () => {
  it("show the line, and move the file aside", () => {
    const { ids, cure } = examine(problem, ill({ line: 3, error: "DuplicateKeyError" }));
    expect(ids).toEqual(["correct-line", "set-aside"]);
    expect(cure("correct-line").shown).toEqual([`vi +3 ${condarc}`]);
    expect(cure("set-aside").steps).toMatchObject([{ kind: "rename", from: condarc, aside: true }]);
  });

  it("give a foreign file back, or move it aside", () => {
    expect(examine(problem, ill(unreadable, { mode: 0o600, ...rootOwned, read: "EACCES" })).ids).toEqual(["give-back", "set-aside"]);
  });

  it("reopen one's own", () => {
    const { ids, cure } = examine(problem, ill(unreadable, { mode: 0, read: "EACCES", write: "EACCES" }));
    expect(ids).toEqual(["restore-mode"]);
    expect(cure("restore-mode").steps).toMatchObject([{ kind: "chmod", root: condarc, files: { add: 0o600, remove: 0 } }]);
  });

  it("leave an administrator's file to its owner", () => {
    const path = "/etc/conda/.condarc";
    const facts = withConda({ configs: [{ path, scope: "global", state: "breaks", errno: "EACCES", error: "PermissionError" }] }, [present("/etc", rootOwned), present("/etc/conda", rootOwned), present(path, { type: "file", mode: 0o600, ...rootOwned, read: "EACCES" })]);
    expect(examine(problem, facts).ids).toEqual(["ask-owner"]);
  });
});
