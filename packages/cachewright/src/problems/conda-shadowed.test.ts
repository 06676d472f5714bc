import { describe, expect, it } from "vitest";
import { condarc, withConda } from "../facts/example-conda.ts";
import { present, rootOwned } from "../facts/example-facts.ts";
import { problem } from "./config-shadowed/problem.ts";
import { examine } from "./examine.ts";
import { illConda } from "./ill-conda.ts";

const [closed, own] = illConda["config-shadowed"] ?? [];

describe("config-shadowed of conda", () => {
  it("finds a list that an administrator's file closes: that one is root's to edit", () => {
    const { found, ids, cure } = examine(problem, closed!);
    expect(found).toMatchObject({ severity: "note", subject: `${condarc}:2`, params: { variant: "closed", winner: "/etc/conda/.condarc:2", other: "/all", pip: "conda 24.11.3" } });
    expect(found.evidence.map(({ says }) => says)).toEqual(["pkgs_dirs: /mine", "pkgs_dirs: /all #!final (this one counts)"]);
    expect(ids).toEqual(["remove-weaker", "remove-stronger"]);
    expect(cure("remove-weaker")).toMatchObject({ needs: "user", steps: [{ kind: "change-config", path: condarc, change: { do: "value", format: "yaml", edit: { do: "unset", path: ["pkgs_dirs"] } } }] });
    expect(cure("remove-stronger")).toMatchObject({ needs: "root", steps: [], shown: ["# edit /etc/conda/.condarc:2"] });
  });

  it("finds one file of a person's that another one beats: either can be edited", () => {
    const { found, cure } = examine(problem, own!);
    expect(found.params).toMatchObject({ variant: "stronger-file", key: "always_copy" });
    expect(cure("remove-stronger")).toMatchObject({ needs: "user", steps: [{ path: condarc }] });
  });

  it("only shows what to do where the weaker one is somebody else's", () => {
    const facts = withConda({ shadowed: closed!.conda!.shadowed! }, [present(condarc, { type: "file", ...rootOwned })]);
    expect(examine(problem, facts).cure("remove-weaker")).toMatchObject({ needs: "root", shown: [`# edit ${condarc}:2`] });
  });

  it("finds nothing on a healthy machine", () => {
    expect(problem.detect(withConda())).toEqual([]);
  });
});
