import { describe, expect, it } from "vitest";
import { absent, factsWith, install, present, rootOwned, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const place = "/usr/lib/python3.11/ensurepip";
const apt = present("/usr/bin/apt-get", { type: "file", ...rootOwned });
const debian = (change: Parameters<typeof factsWith>[0] = {}): Facts => factsWith({ paths: [absent(place), apt], ...change });

describe("venv-ensurepip-missing finds", () => {
  it("nothing on a healthy machine, and only when asked", () => {
    expect(problem.when).toBe("asked");
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("a Python without ensurepip", () => {
    const { found } = examine(problem, debian());
    expect(found).toMatchObject({ severity: "error", subject: "/usr/bin/python3", params: { python: "/usr/bin/python3", version: "3.11", path: place } });
    expect(found.evidence).toMatchObject([{ from: { path: place }, path: { state: "absent" } }]);
  });

  it("nothing for an environment, for Python 2, or where nobody could look", () => {
    expect(problem.detect(debian({ installs: [venv()], paths: [...venvPaths(), absent(place)] }))).toEqual([]);
    expect(problem.detect(debian({ installs: [install({ version: "2.7" })] }))).toEqual([]);
    expect(problem.detect(debian({ paths: [absent(place), absent("/usr/lib/python3.11")] }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("name the package of the same version where apt is", () => {
    const { ids, cure } = examine(problem, debian());
    expect(ids).toEqual(["install-package", "without-pip"]);
    expect(cure("install-package")).toMatchObject({ needs: "root", steps: [], shown: ["apt install python3.11-venv"] });
    expect(examine(problem, debian({ paths: [absent(place)] })).ids).toEqual(["without-pip"]);
  });

  it("name what else makes environments here", () => {
    const { ids, cure } = examine(problem, debian({ venvMakers: [{ program: "virtualenv", path: "/usr/bin/virtualenv" }, { program: "uv", path: "/home/me/.local/bin/uv" }] }));
    expect(ids).toEqual(["install-package", "with-virtualenv", "with-uv", "without-pip"]);
    expect(cure("with-uv").shown).toEqual(["/home/me/.local/bin/uv venv --seed --python /usr/bin/python3"]);
    expect(cure("with-virtualenv").shown).toEqual(["/usr/bin/virtualenv --python /usr/bin/python3 .venv"]);
  });

  it("make one with another Python that can", () => {
    const other = install({ python: "/opt/py/bin/python3", chosen: false, found: ["system"], version: "3.12", stdlib: "/opt/py/lib/python3.12", prefix: "/opt/py" });
    const { cure } = examine(problem, debian({ installs: [install(), other], paths: [absent(place), apt, present("/opt/py/lib/python3.12/ensurepip", rootOwned)] }));
    expect(cure("make-venv").steps).toMatchObject([{ kind: "run", argv: ["/opt/py/bin/python3", "-I", "-m", "venv", "/home/me/.venv"] }]);
  });
});
