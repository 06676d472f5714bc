import { describe, expect, it } from "vitest";
import { condarc } from "../../facts/example-conda.ts";
import { root } from "../../facts/example-facts.ts";
import { diagnose } from "../diagnose.ts";
import { examine } from "../examine.ts";
import { sharedConda } from "../ill-shares.ts";
import { problem } from "./problem.ts";

const note = "/srv/conda/pkgs/cache/cf73e938.info.json";

describe("shared-cache-modes in a package cache of conda's", () => {
  it("finds a note of another member's that the group may not write", () => {
    const { found } = examine(problem, sharedConda());
    expect(found).toMatchObject({ severity: "error", subject: "/srv/conda/pkgs", params: { path: note, owner: "other", group: "devs", mode: "0644", variant: "denied" } });
  });

  it("finds nothing in a cache that is one's own, that no group of the user's may write, or whose notes the group may write", () => {
    expect(problem.detect(sharedConda({}, { uid: 1000 }))).toEqual([]);
    expect(problem.detect(sharedConda({}, { gid: 0 }))).toEqual([]);
    expect(problem.detect(sharedConda({}, { mode: 0o2755 }))).toEqual([]);
    expect(problem.detect(sharedConda({ mode: 0o664, write: "EACCES" }))).toEqual([]);
    expect(problem.detect({ ...sharedConda(), user: root() })).toEqual([]);
  });

  it("is one finding with the file that conda cannot open", async () => {
    const { findings } = await diagnose(sharedConda(), { tool: "conda" });
    expect(findings.map(({ finding, folded }) => [finding.problem, folded.map((one) => one.problem)])).toEqual([["shared-cache-modes", ["conda-not-writable-file"]]]);
  });

  it("shows how the notes are opened, or puts a cache of one's own before the shared one", () => {
    const { ids, cure } = examine(problem, sharedConda());
    expect(ids).toEqual(["open-notes", "own-pkgs-dir"]);
    expect(cure("open-notes").shown?.[0]).toBe("sudo chmod -R g+rwX /srv/conda/pkgs/cache");
    expect(cure("own-pkgs-dir").steps[0]).toMatchObject({ path: condarc, change: { do: "add-item", key: "pkgs_dirs", value: "/home/me/.conda-pkgs", at: "start" } });
  });
});
