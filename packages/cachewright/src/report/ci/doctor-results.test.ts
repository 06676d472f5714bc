import { describe, expect, it } from "vitest";
import { cache, factsWith, pipUse, present, rootOwned } from "../../facts/example-facts.ts";
import { diagnose } from "../../problems/diagnose.ts";
import type { Facts } from "../../facts/facts.ts";
import { illMachines } from "../../problems/ill-machines.ts";
import { doctorResults, doctorRules, passedProblems, skippedOf } from "./doctor-results.ts";

async function looked(facts: Facts, problems: readonly string[] = []): Promise<Parameters<typeof doctorResults>[0]> {
  const { findings, lookedFor = [] } = await diagnose(facts, { problems });
  return { found: findings, ignored: [], facts, lookedFor };
}

describe("doctor's findings for scanners and CI systems", () => {
  it("says what, at what cost, how to cure it and where to read more", async () => {
    const [result] = doctorResults(await looked(factsWith({ paths: [present(cache, rootOwned)] })));
    expect(result).toMatchObject({ rule: "cache-not-owned", level: "warning", path: cache, subject: cache });
    expect(result?.message.split("\n")).toEqual([
      expect.stringMatching(/^pip 24\.3\.1 works without the cache .*\.$/), "Every package is downloaded again and every wheel is built again, each time.",
      "Cure: Set the foreign directory aside and start a fresh one (cachewright fix cache-not-owned)", "More: cachewright explain cache-not-owned",
    ]);
  });

  it("names a file of the project from its root, and its line", async () => {
    const file = "/home/me/project/pip.conf";
    const facts = factsWith({ cwd: "/home/me/project", pip: { configs: [], uses: [pipUse({ breaks: [{ path: file, kind: "no-section-header", line: 4, text: "no header" }] })] } });
    expect(doctorResults(await looked(facts, ["config-breaks-tool"]))[0]).toMatchObject({ path: "pip.conf", range: { line: 4 } });
    expect(doctorResults(await looked({ ...facts, cwd: "/home/me" }, ["config-breaks-tool"]))[0]?.path).toBe(file);
  });

  it("has a place for every finding there is: a scanner drops what has none", async () => {
    for (const [id, machines] of Object.entries(illMachines)) {
      for (const facts of machines.filter((one) => one.installs.some(({ chosen }) => chosen))) {
        for (const result of doctorResults(await looked(facts, [id]))) expect(result.path, `${id} ${result.subject}`).toBeTruthy();
      }
    }
  });

  it("counts as passed what was looked for and is not there, not what another finding causes or what is ignored", async () => {
    const report = await looked(factsWith({ paths: [present(cache, rootOwned)] }));
    const passed = passedProblems(report);
    expect(passed).toContain("disk-full");
    expect(passed).not.toContain("cache-not-owned");
    const [diagnosed] = report.found;
    const folded = diagnosed === undefined ? [] : [{ ...diagnosed, folded: [{ ...diagnosed.finding, problem: "disk-full" }] }];
    expect(passedProblems({ ...report, found: folded })).not.toContain("disk-full");
    const ignoring = { ...report, found: [], ignored: [{ problem: "cache-not-owned", subject: cache, why: "known" }] };
    expect(passedProblems(ignoring)).not.toContain("cache-not-owned");
    expect(skippedOf(ignoring)).toEqual([{ rule: "cache-not-owned", subject: cache, why: "known" }]);
  });

  it("has a rule for all of them, and none twice", async () => {
    const report = await looked(factsWith({ paths: [present(cache, rootOwned)] }));
    const ids = doctorRules(report).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(["cache-not-owned", ...passedProblems(report)]));
  });

  it("looks only for what was asked for", async () => {
    expect(passedProblems(await looked(factsWith(), ["cache-disabled"]))).toEqual(["cache-disabled"]);
  });
});
