import { describe, expect, it } from "vitest";
import { foldFindings } from "../diagnose.ts";
import { examine } from "../examine.ts";
import { brokenPipx, pipxHome, withBrokenPipx, withPipx } from "../ill-pipx.ts";
import { problem } from "./problem.ts";

const elsewhere = { home: { value: "/opt/python/bin", line: 1, text: "home = /opt/python/bin" }, gone: "/opt/python/bin/python3.9", version: "3.9", release: "3.9.1" };

describe("pipx-venv-broken finds", () => {
  it("nothing on a healthy machine", () => expect(problem.detect(withPipx())).toEqual([]));

  it("each Python that is gone once, with its programs", () => {
    const facts = withBrokenPipx(brokenPipx("black"), brokenPipx("ruff"), brokenPipx("poetry", elsewhere));
    expect(problem.detect(facts).map(({ subject, params }) => [subject, params["names"], params["variant"]])).toEqual([
      ["/home/me/.pyenv/versions/3.11.8/bin", "black, ruff", "several"], ["/opt/python/bin", "poetry", "one"],
    ]);
  });

  it("what a broken environment is the cause of", () => {
    const [found] = problem.detect(withBrokenPipx(brokenPipx("black")));
    const venv = { problem: "venv-broken", severity: "error" as const, subject: `${pipxHome}/venvs/black`, evidence: [], params: {} };
    expect(foldFindings([venv, found!]).map(({ finding }) => finding.problem)).toEqual(["pipx-venv-broken"]);
  });

  it("few names of many", () => {
    const many = Array.from({ length: 12 }, (_, at) => brokenPipx(`tool${at}`));
    expect(problem.detect(withBrokenPipx(...many))[0]?.params["names"]).toMatch(/^tool0, .* and 4 more$/);
  });
});

describe("the cures", () => {
  it("lead all of them to the next patch release", () => {
    const { ids, cure } = examine(problem, withBrokenPipx(brokenPipx("black"), brokenPipx("ruff")));
    expect(ids).toEqual(["relink", "install-python", "reinstall"]);
    expect(cure("relink").steps.filter(({ kind }) => kind === "run")).toMatchObject([{ makes: `${pipxHome}/venvs/black/bin/python3`, network: false }, { makes: `${pipxHome}/venvs/ruff/bin/python3` }]);
    expect(cure("install-python").shown).toEqual(["pyenv install 3.11.8"]);
    expect(cure("reinstall").shown).toEqual(["pipx reinstall-all"]);
  });

  it("have pipx make them anew where no Python of that release is left; one by one while others lack another", () => {
    const facts = withBrokenPipx(brokenPipx("black", elsewhere), brokenPipx("ruff"));
    const found = problem.detect(facts).find(({ subject }) => subject === "/opt/python/bin")!;
    expect(problem.remedies(found, facts).map(({ id, shown }) => [id, shown])).toEqual([["reinstall", ["pipx reinstall black"]]]);
  });

  it("do no half of it", () => {
    const half = withBrokenPipx(brokenPipx("black"), brokenPipx("ruff", { links: [] }));
    expect(examine(problem, half).ids).toEqual(["install-python", "reinstall"]);
  });
});
