import { describe, expect, it } from "vitest";
import { cache, factsWith, present, root, rootOwned, scanned, venv, venvPaths } from "../../facts/example-facts.ts";
import { diagnose } from "../diagnose.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const flags = "----i---------e-------";
const marked = factsWith({ paths: [present(cache, { write: "EPERM", flags })] });

describe("immutable-file finds", () => {
  it("nothing on a healthy machine, nor in an ordinary refusal", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(factsWith({ paths: [present(cache, rootOwned)] }))).toEqual([]);
  });

  it("a cache that is marked, with the flags where lsattr told them", () => {
    const { found } = examine(problem, marked);
    expect(found).toMatchObject({ severity: "error", subject: cache, params: { cache, flags, variant: "cache" } });
    expect(found.evidence[0]).toMatchObject({ says: `access(2) answers EPERM; lsattr: ${flags}`, from: { path: cache, call: "lsattr" } });
    expect(examine(problem, factsWith({ paths: [present(cache, { write: "EPERM" })] })).found.evidence[0]?.says).toBe("access(2) answers EPERM");
  });

  it("a part of it, root's too", () => {
    const part = present(`${cache}/wheels`, { write: "EPERM" });
    expect(examine(problem, factsWith({ paths: [part], scans: [scanned([part])] })).found.subject).toBe(part.path);
    const rootsPart = present(`${cache}/wheels`, { ...rootOwned, write: "EPERM" });
    expect(examine(problem, factsWith({ user: root(), paths: [present(cache, rootOwned), rootsPart] })).found.subject).toBe(part.path);
  });

  it("an environment that is", () => {
    expect(examine(problem, factsWith({ installs: [venv()], paths: venvPaths({ write: "EPERM" }) })).found.params).toMatchObject({ cache: "", variant: "target" });
  });

  it("one cause: what pip says of the cache hangs below it", async () => {
    const part = present(`${cache}/http-v2`, { write: "EPERM" });
    for (const facts of [marked, factsWith({ paths: [part], scans: [scanned([part])] })]) expect((await diagnose(facts)).findings.map(({ finding }) => finding.problem)).toEqual(["immutable-file"]);
  });
});

describe("the cures", () => {
  it("lead elsewhere, and only show how the flag is taken away", () => {
    const { ids, cure } = examine(problem, marked);
    expect(ids).toEqual(["cache-elsewhere", "clear-flag"]);
    expect(cure("clear-flag")).toMatchObject({ needs: "root", steps: [], shown: [`lsattr -d ${cache}`, `chattr -i ${cache}`] });
  });
});
