import { describe, expect, it } from "vitest";
import { factsWith, install, present, rootOwned } from "../../facts/example-facts.ts";
import { examine } from "../examine.ts";
import { broken, movedVenv, withBroken } from "../ill-venvs.ts";
import { foldFindings } from "../diagnose.ts";
import { problem as scripts } from "../script-not-executable/problem.ts";
import { problem } from "./problem.ts";

const prefix = "/home/me/project/.venv";
const python = "/home/me/.pyenv/versions/3.11.9/bin/python3.11";

describe("venv-broken finds", () => {
  it("nothing on a healthy machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("an environment whose Python is gone, and lists what is in it", () => {
    const { found } = examine(problem, withBroken(broken()));
    expect(found).toMatchObject({ severity: "error", subject: prefix, params: { variant: "gone", gone: "/home/me/.pyenv/versions/3.11.8/bin/python", version: "3.11.8" } });
    expect(found.evidence.map(({ says }) => says)).toEqual([
      "bin/python leads to /home/me/.pyenv/versions/3.11.8/bin/python, which is not there",
      "home = /home/me/.pyenv/versions/3.11.8/bin: where it was made from",
      "2 packages are installed in it: flask 3.0.0, shop 1.0",
    ]);
  });

  it("one that was moved, and as a warning one that was copied: its pip still runs, elsewhere", () => {
    expect(examine(problem, withBroken(movedVenv())).found).toMatchObject({ severity: "error", params: { variant: "moved", old: "/home/me/old" } });
    expect(examine(problem, withBroken(movedVenv({ madeAs: { prefix: "/home/me/old", exists: true } }))).found).toMatchObject({ severity: "warning", params: { variant: "copied" } });
  });

  it("the cause of its programs that cannot be started, and of no others", () => {
    const gone = (path: string) => ({ path, fault: "no-interpreter" as const, interpreter: "/home/me/old/bin/python" });
    const facts = withBroken(movedVenv(), { scripts: [gone(`${prefix}/bin/pip`), gone(`${prefix}/bin/flask`), gone("/home/me/.local/bin/black")] });
    const folded = foldFindings([...scripts.detect(facts), ...problem.detect(facts)]);
    expect(folded.map(({ finding }) => finding.subject)).toEqual(["/home/me/.local/bin/black", prefix]);
  });
});

describe("the cures", () => {
  it("lead the links to the next patch release, before anything is fetched", () => {
    const { ids, cure } = examine(problem, withBroken(broken()));
    expect(ids).toEqual(["relink", "install-python", "remake"]);
    expect(cure("relink").steps).toMatchObject([
      { kind: "rename", from: `${prefix}/bin/python`, aside: true },
      { kind: "run", argv: [python, "-I", "-c", expect.stringContaining("symlink"), python, `${prefix}/bin/python`], makes: `${prefix}/bin/python`, network: false },
      { kind: "change-config", path: `${prefix}/pyvenv.cfg`, change: { do: "replace-line", line: 1, text: "home = /home/me/.pyenv/versions/3.11.9/bin" } },
    ]);
    expect(cure("install-python").shown).toEqual(["pyenv install 3.11.8"]);
  });

  it("make it again with the same versions, what lies on this machine from there", () => {
    const { cure } = examine(problem, withBroken(broken()));
    expect(cure("remake").steps).toMatchObject([
      { kind: "rename", from: prefix, aside: true },
      { kind: "run", makes: prefix, network: true, argv: [python, "-I", "-c", expect.any(String), prefix, "alone", "flask==3.0.0", "-e", "/home/me/project"] },
    ]);
    expect(examine(problem, withBroken(broken({ packages: [] }))).cure("remake").steps[1]).toMatchObject({ network: false });
  });

  it("only show how, where no Python of that release is left, no pip was in it, or a package has no known origin", () => {
    for (const venv of [broken({ version: "3.9" }), broken({ pip: false, links: [] }), broken({ links: [], packages: [{ name: "x", version: "", origin: { kind: "unknown", at: "" } }] })]) {
      const { ids, cure } = examine(problem, withBroken(venv));
      expect(ids).toEqual(["install-python", ...(venv.links.length > 0 && venv.version === "3.11" ? ["relink"] : []), "remake-by-hand"]);
      expect(cure("remake-by-hand").shown?.[0]).toBe(`mv ${prefix} ${prefix}.old`);
    }
  });

  it("do not touch what is not the user's to change", () => {
    expect(examine(problem, withBroken(broken(), { paths: [present(`${prefix}/pyvenv.cfg`, { type: "file", ...rootOwned })] })).ids).not.toContain("relink");
    expect(examine(problem, withBroken(broken(), { paths: [present("/home/me/project", rootOwned)] })).ids).toEqual(["relink", "install-python", "remake-by-hand"]);
  });

  it("take no other minor release for the one that is gone", () => {
    expect(examine(problem, withBroken(broken(), { installs: [install({ version: "3.12" })] })).ids).toEqual(["install-python", "remake-by-hand"]);
  });

  it("let a moved environment name its place, or move it back", () => {
    const { ids, cure } = examine(problem, withBroken(movedVenv()));
    expect(ids).toEqual(["repoint", "move-back", "remake"]);
    expect(cure("repoint").steps).toMatchObject([
      { path: `${prefix}/bin/activate`, change: { line: 40, text: `VIRTUAL_ENV="${prefix}"` } },
      { path: `${prefix}/bin/pip`, change: { line: 1, text: `#!${prefix}/bin/python` } },
    ]);
    expect(examine(problem, withBroken(movedVenv({ madeAs: { prefix: "/home/me/old", exists: true } }))).ids).toEqual(["repoint", "remake"]);
  });

  it("write no first line that the kernel cuts off", () => {
    const long = `/home/me/${"deep/".repeat(30)}.venv`;
    expect(examine(problem, withBroken(movedVenv({ prefix: long }), { paths: [present(long), present(`${long}/bin`)] })).ids).not.toContain("repoint");
  });

  it("open a pyvenv.cfg to its owner, or have it given back", () => {
    const closed = movedVenv({ fault: "settings", detail: "EACCES", stale: [] });
    expect(examine(problem, withBroken(closed)).ids[0]).toBe("make-readable");
    expect(examine(problem, withBroken(closed, { paths: [present(`${prefix}/pyvenv.cfg`, { type: "file", ...rootOwned })] })).cure("give-back")).toMatchObject({ needs: "root", steps: [{ kind: "chown", root: `${prefix}/pyvenv.cfg` }] });
  });
});
