import { describe, expect, it } from "vitest";
import { withConda } from "../../facts/example-conda.ts";
import { present, rootOwned } from "../../facts/example-facts.ts";
import type { CondaFact, Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const directory = "/home/me/.conda/condarc.d";
const ill = (path: string, words: Partial<CondaFact["configs"][number]> = {}, ...paths: ReturnType<typeof present>[]): Facts =>
  withConda({ configs: [{ path, scope: "user", state: "ignored", ignored: "name", ...words }] }, [present(directory), present(path, { type: "file" }), ...paths]);

describe("conda-config-ignored finds", () => {
  it("nothing in files that conda reads, and nothing in what nobody meant for settings", () => {
    expect(problem.detect(withConda())).toEqual([]);
    for (const name of ["README", ".gitkeep", "channels.yml.bak", "condarc.old", "notes~"]) expect(problem.detect(ill(`${directory}/${name}`))).toEqual([]);
    for (const ignored of ["duplicate", "malformed", "not-a-file"]) expect(problem.detect(ill(`${directory}/a.yml`, { ignored }))).toEqual([]);
  });

  it("a file that was meant to be read", () => {
    for (const name of ["channels.YML", "condarc", "channels.yaml.txt"]) expect(examine(problem, ill(`${directory}/${name}`)).found).toMatchObject({ severity: "warning", params: { variant: "", name } });
  });

  it("any name in CONDARC, and what may not be looked into", () => {
    expect(examine(problem, ill("/home/me/conda.cfg", { scope: "env-file" })).found.params["variant"]).toBe("variable");
    expect(examine(problem, ill(directory, { ignored: "unreadable", errno: "EACCES" }, present(directory, { mode: 0, read: "EACCES", write: "EACCES", search: "EACCES" }))).found.params["variant"]).toBe("unreadable");
  });
});

describe("the cures", () => {
  it.each([["channels.YML", "channels.yml"], ["condarc", "condarc.yml"], ["channels.yaml.txt", "channels.yml"]])("rename %s to %s", (from, to) => {
    expect(examine(problem, ill(`${directory}/${from}`)).cure("rename-file").steps).toEqual([expect.objectContaining({ kind: "rename", from: `${directory}/${from}`, to: `${directory}/${to}`, aside: false })]);
  });

  it("show the variable with the new name", () => {
    expect(examine(problem, ill("/home/me/conda.cfg", { scope: "env-file" })).cure("set-variable").shown).toEqual(["mv /home/me/conda.cfg /home/me/conda.cfg.yml", "export CONDARC=/home/me/conda.cfg.yml"]);
  });

  it("leave an administrator's files to them", () => {
    const path = "/etc/conda/condarc.d/channels.YML";
    const facts = ill(path, { scope: "global" }, present("/etc", rootOwned), present("/etc/conda", rootOwned), present("/etc/conda/condarc.d", rootOwned), present(path, { type: "file", ...rootOwned }));
    expect(examine(problem, facts).ids).toEqual(["ask-owner"]);
  });
});
