import { describe, expect, it } from "vitest";
import { absent, configFile, factsWith, inDocker, install, pipUse, present, root, rootOwned, setting, user, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const asRoot = (change: Parameters<typeof factsWith>[0] = {}, pip = "24.3.1"): Facts => factsWith({ user: root(), pip: { configs: [], uses: [pipUse({ pip })] }, paths: [present("/root", { ...rootOwned, write: "ok" }), absent("/root/.venv")], ...change });

describe("root-user-warning finds", () => {
  it("root outside a virtual environment, only when asked, and only a note", () => {
    expect(problem.when).toBe("asked");
    expect(examine(problem, asRoot()).found).toMatchObject({ severity: "note", subject: "/usr/bin/python3", params: { pip: "24.3.1", variant: "machine" } });
    expect(examine(problem, asRoot({ machine: inDocker })).found.params["variant"]).toBe("container");
  });

  it("nothing for a user, in an environment, or with a pip that does not say it", () => {
    expect(problem.detect(asRoot({ user: user() }))).toEqual([]);
    expect(problem.detect(asRoot({ installs: [venv()], paths: venvPaths() }))).toEqual([]);
    expect(problem.detect(asRoot({}, "21.0.1"))).toEqual([]);
  });

  it("nothing where it is muted, by a variable or in a file", () => {
    expect(problem.detect(asRoot({ env: { PIP_ROOT_USER_ACTION: "ignore" } }))).toEqual([]);
    const configs = [configFile({ settings: [setting("root-user-action", "ignore")] })];
    expect(problem.detect(asRoot({ pip: { configs, uses: [pipUse()] } }))).toEqual([]);
    expect(problem.detect(asRoot({ env: { PIP_ROOT_USER_ACTION: "warn" }, pip: { configs, uses: [pipUse()] } }))).toHaveLength(1);
    expect(problem.detect(asRoot({ env: { PIP_ROOT_USER_ACTION: "ignore" } }, "22.0"))).toHaveLength(1);
  });

  it("nothing where pip stops before: a marked Python", () => {
    expect(problem.detect(asRoot({ installs: [install({ externallyManaged: "/usr/lib/python3.11/EXTERNALLY-MANAGED" })] }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("on a machine an environment first", () => {
    expect(examine(problem, asRoot()).ids).toEqual(["make-venv", "mute"]);
    expect(examine(problem, asRoot({}, "21.3")).ids).toEqual(["make-venv"]);
  });

  it("in a container to say that it is meant", () => {
    const { ids, cure } = examine(problem, asRoot({ machine: inDocker }));
    expect(ids[0]).toBe("mute");
    expect(cure("mute").shown).toEqual(["ENV PIP_ROOT_USER_ACTION=ignore"]);
  });
});
