/** `run` before the real tools: ill, the explanation stands below; well, nothing is added. */
import { describe, it } from "vitest";
import { obstacleFor, pipsFor, withIndex } from "../case.ts";
import { fillCache } from "../install.ts";
import { admit, type Patient } from "../patient.ts";
import { CACHEWRIGHT_IN_ROOM, NODE_IN_ROOM, type Output } from "../room.ts";
import { must, step } from "../step.ts";
import { admitWithTool, kitsFor } from "../tool.ts";

const head = "about what was said above";
const under = (...command: readonly string[]): string[] => [NODE_IN_ROOM, CACHEWRIGHT_IN_ROOM, "run", "--", ...command];

function explains(output: Output, problem: string, code: number | null): void {
  must(output.code === code, `run should end with ${code} as the tool does, not with ${output.code}:\n${output.text}`);
  must(output.stderr.includes(head) && output.stderr.includes(problem) && output.stderr.includes("proved on this machine"), `run should explain ${problem}, it said:\n${output.text}`);
  must(!output.stdout.includes(head), "stdout is the command's");
}

function addsNothing(output: Output): void {
  must(output.code === 0 && !output.text.includes("cachewright") , `nothing should be added to what went well:\n${output.text}`);
}

const index = withIndex();

describe("run: pip with a cache of root's", () => {
  const installs = (patient: Patient): string[] => under("pip", "install", ...patient.indexArgs, "--target", patient.freshDir(), "wpkg");
  for (const pip of pipsFor("pair")) {
    const reason = obstacleFor(pip);
    it.skipIf(reason !== null)(`pip ${pip.version}${reason === null ? "" : ` (${reason})`}`, async () => {
      const patient = await admit({ pip, index: index() });
      try {
        await fillCache(patient);
        await step("a healthy pip", async () => addsNothing(await patient.run(installs(patient))));
        await patient.root(`chown -R root:root ${patient.account.home}/.cache/pip`);
        await step("an ill pip", async () => explains(await patient.run(installs(patient)), "cache-not-owned", 0));
        await step("the cure that is named", async () => must((await patient.cachewright(["fix", "cache-not-owned", "--yes"])).code === 0, "fix should cure it"));
        await step("a cured pip", async () => addsNothing(await patient.run(installs(patient))));
      } finally {
        await patient.close();
      }
    });
  }
});

describe("run: uv with a cache of root's", () => {
  for (const kit of kitsFor("uv", "newest")) {
    it.skipIf(kit.obstacle !== undefined)(`uv ${kit.version}${kit.obstacle === undefined ? "" : ` (${kit.obstacle})`}`, async () => {
      const patient = await admitWithTool(kit, index());
      try {
        const env = `${patient.account.home}/env`;
        await patient.must(`python3 -m venv --without-pip ${env}`);
        const installs = (): Promise<Output> => patient.run(under("uv", "pip", "install", "--reinstall", "--python", `${env}/bin/python`, "wpkg"), { cwd: patient.account.home, env: patient.indexEnv });
        await step("a healthy uv", async () => addsNothing(await installs()));
        await patient.root(`chown -R root:root ${patient.account.home}/.cache/uv`);
        await step("an ill uv", async () => explains(await installs(), "uv-cache-init-failed", 2));
      } finally {
        await patient.close();
      }
    });
  }
});
