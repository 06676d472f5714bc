import { describe, expect, it } from "vitest";
import { factsWith, present, rootOwned, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts, ScriptFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const bin = "/home/me/.local/bin";
const gone = (name: string, directory = bin): ScriptFact => ({ path: `${directory}/${name}`, fault: "no-interpreter", interpreter: "/home/me/old/bin/python3" });
const plain = (name: string): ScriptFact => ({ path: `${bin}/${name}`, fault: "no-exec", interpreter: "/usr/bin/python3" });
const withScripts = (scripts: ScriptFact[], change: Parameters<typeof factsWith>[0] = {}): Facts =>
  factsWith({ scripts, paths: scripts.map(({ path }) => present(path, { type: "file", mode: 0o644 })), ...change });

describe("script-not-executable finds", () => {
  it("nothing on a healthy machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("a program whose interpreter is gone", () => {
    const { found } = examine(problem, withScripts([gone("flask")]));
    expect(found).toMatchObject({ severity: "error", subject: `${bin}/flask`, params: { path: `${bin}/flask`, others: "", interpreter: "/home/me/old/bin/python3", variant: "interpreter" } });
    expect(found.evidence).toMatchObject([{ says: "its first line names /home/me/old/bin/python3, which is not there", from: { path: `${bin}/flask` } }]);
  });

  it("all programs of one interpreter as one finding, each directory by itself", () => {
    expect(examine(problem, withScripts([gone("flask"), gone("jinja"), gone("black")])).found.params["others"]).toBe(` and 2 more in ${bin}`);
    expect(problem.detect(withScripts([gone("flask"), gone("flask", "/home/me/project/.venv/bin")]))).toHaveLength(2);
  });

  it("a program without its executable bit", () => {
    const { found } = examine(problem, withScripts([plain("flask")]));
    expect(found).toMatchObject({ params: { variant: "bit" }, evidence: [{ says: "mode 0644 has no executable bit" }] });
  });
});

describe("the cures", () => {
  it("set the bit as the umask lets it, on each file", () => {
    const { ids, cure } = examine(problem, withScripts([plain("flask"), plain("jinja")]));
    expect(ids).toEqual(["restore-bit"]);
    expect(cure("restore-bit").steps).toMatchObject([{ kind: "chmod", root: `${bin}/flask`, select: "top", files: { add: 0o111, remove: 0 } }, { root: `${bin}/jinja` }]);
    expect(examine(problem, withScripts([plain("flask")], { user: { ...factsWith().user, umask: 0o077 } })).cure("restore-bit").steps).toMatchObject([{ files: { add: 0o100 } }]);
  });

  it("leave a file of somebody else's, or with a second name, alone", () => {
    expect(examine(problem, withScripts([plain("flask")], { paths: [present(`${bin}/flask`, { type: "file", mode: 0o644, ...rootOwned })] })).ids).toEqual([]);
    expect(examine(problem, withScripts([plain("flask")], { paths: [present(`${bin}/flask`, { type: "file", mode: 0o644, nlink: 2 })] })).ids).toEqual([]);
  });

  it("show how an environment that moved is used, and made again", () => {
    const prefix = "/home/me/project/.venv";
    const { ids, cure } = examine(problem, withScripts([gone("flask", `${prefix}/bin`)], { installs: [venv()], paths: venvPaths() }));
    expect(ids).toEqual(["through-python", "remake-environment"]);
    expect(cure("remake-environment").shown).toEqual([
      `${prefix}/bin/python -m pip freeze > ${prefix}-packages.txt`, `/usr/bin/python3.11 -m venv --clear ${prefix}`, `${prefix}/bin/python -m pip install -r ${prefix}-packages.txt`,
    ]);
  });

  it("show how a program of the user's is installed again", () => {
    expect(examine(problem, withScripts([gone("flask")])).cure("reinstall").shown).toEqual(["/usr/bin/python3 -m pip install --user --force-reinstall PACKAGE"]);
  });
});
