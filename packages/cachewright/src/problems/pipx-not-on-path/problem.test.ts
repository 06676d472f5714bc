import { describe, expect, it } from "vitest";
import { present } from "../../facts/example-facts.ts";
import type { ProgramsFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { withPipx } from "../ill-pipx.ts";
import { problem as scripts } from "../scripts-not-on-path/problem.ts";
import { problem } from "./problem.ts";

const bin = "/home/me/.local/bin";
const rc = "/home/me/.bashrc";
const facts = (words: Partial<ProgramsFact["directories"][number]> = {}, env: Record<string, string> = { PATH: "/usr/bin" }) =>
  withPipx({ env, programs: { shell: "bash", startup: rc, directories: [{ path: bin, count: 2, of: "pipx", ...words }] }, paths: [present(rc, { type: "file" })] });

describe("pipx-not-on-path finds", () => {
  it("nothing unless asked, nor without programs, nor where PATH or every new shell has the directory", () => {
    expect(problem.when).toBe("asked");
    for (const healthy of [withPipx(), facts({ count: 0 }), facts({}, { PATH: bin }), facts({ named: { path: rc, line: 3 } })]) expect(problem.detect(healthy)).toEqual([]);
  });

  it("a directory of pipx's that PATH does not list; pip's are another problem", () => {
    expect(examine(problem, facts()).found).toMatchObject({ subject: bin, severity: "note", params: { variant: "unknown", file: rc } });
    expect(scripts.detect(facts())).toEqual([]);
    const { of: _, ...pips } = { path: bin, count: 2, of: "pipx" as const };
    expect(problem.detect(withPipx({ programs: { shell: "bash", startup: rc, directories: [pips] } }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("add one line, or let pipx do it", () => {
    const { ids, cure } = examine(problem, facts());
    expect(ids).toEqual(["add-line", "ensurepath"]);
    expect(cure("add-line").steps).toMatchObject([{ kind: "change-config", path: rc, change: { do: "add-line", text: 'export PATH="$HOME/.local/bin:$PATH"' } }]);
  });

  it("log in again where that is enough", () => {
    expect(examine(problem, facts({ named: { path: "/home/me/.profile", line: 9 } }, { PATH: "/usr/bin", SHELL: "/bin/bash" })).cure("new-login").shown).toEqual(["exec /bin/bash -l"]);
  });
});
