import { describe, expect, it } from "vitest";
import { plainLook } from "../../../test/cli/plain-look.ts";
import { explainLog } from "../../explain/explain-log.ts";
import { ground } from "../../explain/ground.ts";
import { cache, factsWith, present } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { diagnose } from "../../problems/diagnose.ts";
import { loadProblems } from "../../problems/registry.generated.ts";
import type { GroundedFinding } from "../json/explain.ts";
import { readerFor } from "./reader.ts";
import { explanationText } from "./explanation.ts";

async function textOf(log: string, facts?: Facts): Promise<string> {
  const explanation = await explainLog([Buffer.from(log)]);
  const diagnosis = facts === undefined ? undefined : await diagnose(facts, { asked: true });
  const cures = new Map((await loadProblems()).map((problem) => [problem.id, problem.shownCures]));
  const findings = explanation.findings.map((found): GroundedFinding => {
    const { grounded, by } = ground(found, diagnosis, facts);
    return { found, grounded, proof: diagnosis?.findings.find(({ finding }) => finding === by), shownCures: cures.get(found.problem) };
  });
  const reader = facts === undefined ? { user: undefined, isRoot: false, here: false, options: [] } : readerFor(facts, true);
  return explanationText({ explanation, findings, source: "pip.log", facts, reader }, plainLook);
}

const warning = (home: string): string => `Collecting demo\nWARNING: The directory '${home}/.cache/pip' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, you should use sudo's -H flag.\n`;

describe("explanationText", () => {
  it("names the line, the path and what it costs", async () => {
    const text = await textOf(warning("/home/me"));
    expect(text).toMatch(/^! warning {2}.*cache-not-owned$/m);
    expect(text).toContain("  line 2 of pip.log, pip");
    expect(text).toContain("  path  /home/me/.cache/pip\n");
    expect(text).toContain("read from the log alone");
  });

  it("proves it with the evidence and the cure of this machine", async () => {
    const text = await textOf(warning("/home/me"), factsWith({ paths: [present(cache, { uid: 0, gid: 0 })] }));
    expect(text).toContain("  proved on this machine:\n  - drwxr-xr-x root root /home/me/.cache/pip\n");
    expect(text).toContain("        cachewright fix cache-not-owned\n");
  });

  it("keeps the finding when this machine looks well", async () => {
    const text = await textOf(warning("/home/me"), factsWith());
    expect(text).toContain("cache-not-owned");
    expect(text).toContain("on this machine it is not so (any more)");
    expect(text).not.toContain("cachewright fix");
  });

  it("says when the log is of another machine", async () => {
    expect(await textOf(warning("/home/somebody"), factsWith())).toContain("the log is of another machine");
  });

  it("names a failure that is not ours, with its line", async () => {
    const text = await textOf("Collecting demo\nERROR: ResolutionImpossible: for help visit https://pip.pypa.io/\n");
    expect(text).toContain("not ours");
    expect(text).toContain("none-resolution-conflict");
    expect(text).toContain("line 2: ");
  });

  it("shows every cure of the page where only a log can show the problem", async () => {
    const log = "ERROR: Could not install packages due to an OSError: [Errno 16] Device or resource busy: '.nfs0000000007045c6f0000016b'\n";
    const text = await textOf(log);
    expect(text).toMatch(/cure {2}End the program that has it open \(for you to do\)\n {8}lsof \+D DIRECTORY\n/);
    expect(text).toMatch(/cure {2}Install again afterwards \(for you to do\)\n {8}pip install --force-reinstall/);
    expect(await textOf(log, factsWith())).toContain("lsof +D DIRECTORY");
  });

  it("says of an innocent log that nothing was found, not that all is well", async () => {
    expect(await textOf("Successfully installed demo-1.0\n")).toMatch(/^\+ Nothing in 1 line of pip\.log speaks of a cache or a permission/);
  });
});
