import { describe, expect, it } from "vitest";
import { factsWith, inDocker, install, pipUse, present, root, rootOwned, setting, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts, SettingFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const file = "/home/me/.config/pip/pip.conf";
const marker = "/usr/lib/python3.11/EXTERNALLY-MANAGED";
const managed = install({ externallyManaged: marker });
const inFile = setting("break-system-packages", "true");
const variable = setting("break-system-packages", "1", { section: ":env:", level: "env-var", from: { env: "PIP_BREAK_SYSTEM_PACKAGES" } });
const overridden = (by: SettingFact | null, change: Parameters<typeof factsWith>[0] = {}): Facts =>
  factsWith({ installs: [managed], pip: { configs: [], uses: [pipUse({ breakSystemPackages: by })] }, paths: [present(file, { type: "file" })], ...change });

describe("system-override-set finds", () => {
  it("nothing on a healthy machine, nor without the setting, nor without a Python it would override", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(overridden(null))).toEqual([]);
    expect(problem.detect(overridden(inFile, { installs: [install()] }))).toEqual([]);
  });

  it("the setting in a file, with its line and the marker", () => {
    const { found } = examine(problem, overridden(inFile));
    expect(found).toMatchObject({ severity: "warning", subject: `${file}:2`, params: { place: `${file}:2`, value: "true", python: "/usr/bin/python3", pip: "pip 24.3.1", marker } });
    expect(found.evidence.map((one) => one.from.path)).toEqual([file, marker]);
  });

  it("the variable, and root's too", () => {
    expect(examine(problem, overridden(variable, { user: root() })).found.subject).toBe("PIP_BREAK_SYSTEM_PACKAGES");
  });

  it("nothing where it is meant: in containers and CI jobs", () => {
    expect(problem.detect(overridden(inFile, { machine: inDocker }))).toEqual([]);
    expect(problem.detect(overridden(inFile, { env: { CI: "true" } }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("take the line out of the user's own file", () => {
    const { ids, cure } = examine(problem, overridden(inFile));
    expect(ids).toEqual(["edit-out", "make-venv", "keep-it"]);
    expect(cure("edit-out").steps).toMatchObject([{ kind: "change-config", path: file, change: { do: "remove", section: "global", key: "break-system-packages", line: 2 } }]);
    expect(cure("make-venv")).toMatchObject({ steps: [], shown: ["/usr/bin/python3 -m venv /home/me/.venv"] });
  });

  it("are shown for a variable and for the administrator's file", () => {
    expect(examine(problem, overridden(variable)).cure("unset-variable").shown).toEqual(["unset PIP_BREAK_SYSTEM_PACKAGES"]);
    const global = setting("break-system-packages", "true", { level: "global", from: { path: "/etc/pip.conf", line: 3 } });
    expect(examine(problem, overridden(global, { paths: [present("/etc/pip.conf", { type: "file", ...rootOwned })] })).cure("edit-out")).toMatchObject({ needs: "root", steps: [], shown: ["# edit /etc/pip.conf:3"] });
  });

  it("point to the environment the project has", () => {
    const project = venv({ found: ["project venv"], chosen: false });
    expect(examine(problem, overridden(inFile, { installs: [managed, project], paths: [...venvPaths(), present(file, { type: "file" })] })).ids).toEqual(["edit-out", "use-venv", "keep-it"]);
  });
});
