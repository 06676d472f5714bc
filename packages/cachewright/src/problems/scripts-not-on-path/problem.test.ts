import { describe, expect, it } from "vitest";
import { absent, factsWith, present, rootOwned, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts, ProgramsFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const bin = "/home/me/.local/bin";
const rc = "/home/me/.bashrc";
const programs = (words: Partial<ProgramsFact["directories"][number]> = {}, shell: Partial<ProgramsFact> = {}): ProgramsFact =>
  ({ shell: "bash", startup: rc, directories: [{ path: bin, count: 2, ...words }], ...shell });
const withPrograms = (fact: ProgramsFact, change: Parameters<typeof factsWith>[0] = {}): Facts => factsWith({ programs: fact, paths: [present(rc, { type: "file" }), present(bin)], ...change });

describe("scripts-not-on-path finds", () => {
  it("nothing unless asked, nor where there are no programs", () => {
    expect(problem.when).toBe("asked");
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(withPrograms(programs({ count: 0 })))).toEqual([]);
  });

  it("programs in a directory that PATH does not list", () => {
    const { found } = examine(problem, withPrograms(programs()));
    expect(found).toMatchObject({ severity: "note", subject: bin, params: { path: bin, shell: "bash", file: rc, variant: "unknown" } });
    expect(found.evidence.map((one) => one.says)).toEqual(["PATH is /usr/bin:/bin", "2 programs are in it"]);
  });

  it("nothing where PATH lists it, also by another name, or where every new shell will", () => {
    expect(problem.detect(withPrograms(programs(), { env: { PATH: `/usr/bin:${bin}/` } }))).toEqual([]);
    expect(problem.detect(withPrograms(programs({ named: { path: rc, line: 9 } })))).toEqual([]);
  });

  it("a directory that only a login adds", () => {
    const { found, ids, cure } = examine(problem, withPrograms(programs({ named: { path: "/home/me/.profile", line: 27 } }), { env: { PATH: "/usr/bin", SHELL: "/bin/bash" } }));
    expect(found).toMatchObject({ params: { variant: "login", file: "/home/me/.profile" } });
    expect(ids).toEqual(["new-login", "add-line", "make-venv"]);
    expect(cure("new-login").shown).toEqual(["exec /bin/bash -l"]);
  });
});

describe("the cures", () => {
  it("add one line, with the home as the shell spells it", () => {
    const { ids, cure } = examine(problem, withPrograms(programs()));
    expect(ids).toEqual(["add-line", "make-venv"]);
    expect(cure("add-line")).toMatchObject({ needs: "user", steps: [{ kind: "change-config", actor: "user", path: rc, change: { do: "add-line", text: 'export PATH="$HOME/.local/bin:$PATH"' } }] });
  });

  it("speak fish to fish, and nothing to a shell they do not know", () => {
    const fish = "/home/me/.config/fish/config.fish";
    expect(examine(problem, withPrograms(programs({}, { shell: "fish", startup: fish }), { paths: [absent(fish), present(bin)] })).cure("add-line").steps).toMatchObject([{ path: fish, change: { text: 'set -gx PATH "$HOME/.local/bin" $PATH' } }]);
    expect(examine(problem, withPrograms(programs({}, { shell: "tcsh" }))).ids).toEqual(["make-venv"]);
  });

  it("leave a file alone that is not the user's, and a name a shell would read as more", () => {
    expect(examine(problem, withPrograms(programs(), { paths: [present(rc, { type: "file", ...rootOwned })] })).ids).toEqual(["make-venv"]);
    expect(examine(problem, withPrograms(programs({ path: "/home/me/$(x)/bin" }))).ids).toEqual(["make-venv"]);
  });

  it("point to the project's environment", () => {
    const project = venv({ found: ["project venv"], chosen: false });
    expect(examine(problem, withPrograms(programs(), { installs: [...factsWith().installs, project], paths: [present(rc, { type: "file" }), ...venvPaths()] })).ids).toEqual(["add-line", "use-venv"]);
  });
});
