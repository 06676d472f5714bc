import { describe, expect, it } from "vitest";
import { absent, factsWith, install, pipUse, present, rootOwned, setting, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const marker = "/usr/lib/python3.11/EXTERNALLY-MANAGED";
const managed = (change: Parameters<typeof factsWith>[0] = {}): Facts =>
  factsWith({ installs: [install({ externallyManaged: marker })], ...change, paths: [present(marker, { type: "file", ...rootOwned }), ...(change.paths ?? [])] });

describe("externally-managed", () => {
  it("is only looked for when asked: healthy machines have it", () => {
    expect(problem.when).toBe("asked");
  });

  it("finds nothing without a marker", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("finds the marker of the Python a person would use", () => {
    expect(examine(problem, managed()).found).toMatchObject({ severity: "error", subject: marker, params: { path: marker, python: "/usr/bin/python3", pip: "24.3.1" }, evidence: [{ from: { path: marker }, path: { uid: 0 } }] });
  });

  it("finds nothing in another Python than the chosen one", () => {
    expect(problem.detect(managed({ installs: [venv({ chosen: true }), install({ chosen: false, externallyManaged: marker })] }))).toEqual([]);
  });

  it("finds nothing for a pip before 23.0, which does not look", () => {
    expect(problem.detect(managed({ pip: { configs: [], uses: [pipUse({ pip: "22.3.1" })] } }))).toEqual([]);
  });

  it("finds nothing where a setting overrides it", () => {
    expect(problem.detect(managed({ pip: { configs: [], uses: [pipUse({ breakSystemPackages: setting("break-system-packages", "true") })] } }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("are a virtual environment in the home, pipx, and the override explained but never done", () => {
    const { ids, cure } = examine(problem, managed());
    expect(ids).toEqual(["make-venv", "pipx", "break-system-packages"]);
    expect(cure("make-venv")).toMatchObject({
      needs: "user", wayAround: true, probes: ["/home/me/.venv/lib/python3.11/site-packages"],
      steps: [{ kind: "run", actor: "user", argv: ["/usr/bin/python3", "-I", "-m", "venv", "/home/me/.venv"], makes: "/home/me/.venv", network: false }],
    });
    expect(cure("break-system-packages")).toMatchObject({ steps: [], shown: [] });
  });

  it("make it in the project, when the working directory is one", () => {
    const cwd = "/home/me/project";
    const { cure } = examine(problem, managed({ cwd, paths: [present(cwd), present(`${cwd}/pyproject.toml`, { type: "file" }), absent(`${cwd}/.venv`)] }));
    expect(cure("make-venv").params).toMatchObject({ path: `${cwd}/.venv` });
  });

  it("use the project's own environment when there is one that can be written", () => {
    const project = venv({ found: ["project venv"], chosen: false });
    const installs = [install({ externallyManaged: marker }), project];
    const { ids, cure } = examine(problem, managed({ installs, paths: venvPaths() }));
    expect(ids[0]).toBe("use-venv");
    expect(cure("use-venv").shown).toEqual([". /home/me/project/.venv/bin/activate", "/home/me/project/.venv/bin/python -m pip install PACKAGE"]);
  });

  it("never make one where something of that name stands", () => {
    expect(examine(problem, managed({ paths: [present("/home/me/.venv")] })).ids).not.toContain("make-venv");
  });

  it("make it with another Python where this one lacks ensurepip, and none where all do", () => {
    const lacking = absent("/usr/lib/python3.11/ensurepip");
    expect(examine(problem, managed({ paths: [lacking] })).ids).not.toContain("make-venv");
    const other = install({ python: "/home/me/.pyenv/versions/3.12.1/bin/python", kind: "pyenv", version: "3.12", chosen: false, prefix: "/home/me/.pyenv/versions/3.12.1", basePrefix: "/home/me/.pyenv/versions/3.12.1", stdlib: "/home/me/.pyenv/versions/3.12.1/lib/python3.12" });
    const { cure } = examine(problem, managed({ installs: [install({ externallyManaged: marker }), other], paths: [lacking, present(`${other.stdlib}/ensurepip`)] }));
    expect(cure("make-venv")).toMatchObject({ probes: ["/home/me/.venv/lib/python3.12/site-packages"], steps: [{ argv: [other.python, "-I", "-m", "venv", "/home/me/.venv"] }] });
  });

  it("name the distribution's packages where apt is", () => {
    const { cure } = examine(problem, managed({ paths: [present("/usr/bin/apt-get", { type: "file", ...rootOwned })] }));
    expect(cure("distribution-package")).toMatchObject({ needs: "root", steps: [], shown: ["apt install python3-NAME"] });
  });
});
