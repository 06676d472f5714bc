import { describe, expect, it } from "vitest";
import { condarc, ownPkgs, pkgs, withConda } from "../facts/example-conda.ts";
import { problem } from "./cache-abandoned/problem.ts";
import { examine } from "./examine.ts";
import { illConda } from "./ill-conda.ts";

const [own, closed] = illConda["cache-abandoned"] ?? [];

describe("cache-abandoned of conda", () => {
  it("finds the archives in a usual place, which can go to the end of the list again", () => {
    const { found, ids, cure } = examine(problem, own!);
    expect(found).toMatchObject({ severity: "note", subject: pkgs, params: { now: "/srv/pkgs", place: `${condarc}:2`, size: "300.0 MB", tool: "conda 24.11.3", variant: "tool" } });
    expect(ids).toEqual(["list-again", "clear-with-tool"]);
    expect(cure("list-again")).toMatchObject({ needs: "user", steps: [{ kind: "change-config", path: condarc, change: { do: "add-item", key: "pkgs_dirs", value: pkgs, at: "end" } }] });
    expect(cure("clear-with-tool").shown).toEqual([`CONDA_PKGS_DIRS=${pkgs} conda clean --tarballs --packages`]);
  });

  it("only shows the command where an administrator's file has the list", () => {
    const { found, ids } = examine(problem, closed!);
    expect([found.subject, found.params["size"], ids]).toEqual([ownPkgs, "at least 300.0 MB", ["clear-with-tool"]]);
  });

  it("finds nothing below 100 MB, and nothing on a healthy machine", () => {
    expect(problem.detect(withConda({ left: [{ path: pkgs, bytes: 9e7, entries: 3, newest: "2026-01-02T03:04:05.000Z", complete: true }] }))).toEqual([]);
    expect(problem.detect(withConda())).toEqual([]);
  });
});
