import { describe, expect, it } from "vitest";
import { absent, present, rootOwned } from "../../facts/example-facts.ts";
import type { ScanFact } from "../../facts/facts.ts";
import { foldFindings } from "../diagnose.ts";
import { examine } from "../examine.ts";
import { pipxHome, withPipx } from "../ill-pipx.ts";
import { problem as userSite } from "../user-site-not-writable/problem.ts";
import { problem } from "./problem.ts";

const venvs = `${pipxHome}/venvs`;
const scanned = (root: string, ...denied: ReturnType<typeof present>[]): ScanFact => ({ root, purpose: "target", looked: 9, complete: true, denied, deniedCount: denied.length, openToAll: [], openCount: 0 });

describe("pipx-dir-not-writable finds", () => {
  it("nothing where all is the user's, nothing is there yet, or an administrator's pipx serves everybody", () => {
    expect(problem.detect(withPipx())).toEqual([]);
    expect(problem.detect(withPipx({ paths: [absent(pipxHome), absent(venvs), absent(`${pipxHome}/shared`)] }))).toEqual([]);
  });

  it("nothing in what pipx does without: its trash, root's programs among one's own, a home whose directories are one's own", () => {
    const program = present("/home/me/.local/bin/tool", { type: "file", ...rootOwned });
    const below = present("/home/me/.local/share/man/man1", rootOwned);
    expect(problem.detect(withPipx({
      paths: [present(pipxHome, rootOwned), present(`${pipxHome}/trash`, rootOwned), program, below], scans: [scanned("/home/me/.local/bin", program), scanned("/home/me/.local/share/man", below)],
    }))).toEqual([]);
  });

  it("one program's environment, and a lock, that root left among one's own", () => {
    const [venv, lock] = [present(`${venvs}/black`, rootOwned), present(`${venvs}/.black.lock`, { type: "file", ...rootOwned })];
    const { found } = examine(problem, withPipx({ paths: [venv, lock], scans: [scanned(venvs, venv, lock)] }));
    expect(found).toMatchObject({ subject: venv.path, params: { variant: "several", count: "2", tool: "pipx 1.18.4" } });
  });

  it("once what one `sudo pipx` left, whatever the number of directories", () => {
    const paths = [pipxHome, venvs, `${pipxHome}/shared`, "/home/me/.local/state/pipx/log"].map((path) => present(path, rootOwned));
    const { found, cure } = examine(problem, withPipx({ paths }));
    expect(found).toMatchObject({ subject: venvs, params: { count: "3", variant: "several" } });
    expect(cure("give-back").steps).toMatchObject([{ root: pipxHome, select: "tree" }, { root: "/home/me/.local/state/pipx/log", select: "tree" }]);
  });

  it("the lock of the shared pip", () => {
    expect(examine(problem, withPipx({ paths: [present(`${pipxHome}/.shared.lock`, { type: "file", ...rootOwned })] }))).toMatchObject({ found: { subject: `${pipxHome}/.shared.lock` }, ids: ["give-back", "other-place"] });
  });

  it("the directory of programs, below what pip says of it", () => {
    const facts = withPipx({ paths: [present("/home/me/.local/bin", rootOwned)] });
    expect(examine(problem, facts).found).toMatchObject({ subject: "/home/me/.local/bin", params: { variant: "one" } });
    const folded = foldFindings([...problem.detect(facts), ...userSite.detect(facts)]);
    expect(folded.map(({ finding, folded: below }) => [finding.problem, below.map((one) => one.problem)])).toEqual([["user-site-not-writable", ["pipx-dir-not-writable"]]]);
  });
});

describe("the cures", () => {
  it("reopen one's own, and touch nothing beside", () => {
    const { ids, cure } = examine(problem, withPipx({ paths: [present("/home/me/.local/state/pipx/log", { mode: 0o500, write: "EACCES" })] }));
    expect(ids).toEqual(["restore-mode", "other-place"]);
    expect(cure("restore-mode").steps).toMatchObject([{ kind: "chmod", root: "/home/me/.local/state/pipx/log" }]);
  });

  it("change a directory above pipx's alone, not what other programs have in it", () => {
    const { cure } = examine(problem, withPipx({ paths: [present("/home/me/.local/state", rootOwned), absent("/home/me/.local/state/pipx"), absent("/home/me/.local/state/pipx/log")] }));
    expect(cure("give-back").steps).toMatchObject([{ root: "/home/me/.local/state", select: "top" }]);
  });
});
