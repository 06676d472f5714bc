/** What `config` says and writes, held to what the real pip says: `pip cache dir`, `pip config list`, a real install. */
import { describe, it } from "vitest";
import { obstacleFor, pipsFor, withIndex } from "../case.ts";
import { install } from "../install.ts";
import { takeManifest } from "../manifest.ts";
import { admit, type Patient } from "../patient.ts";
import { must, step } from "../step.ts";
import { mustEqual } from "../treat.ts";

interface Row { readonly version: string; readonly effective: unknown; readonly source: unknown }

async function inForce(patient: Patient, key: string): Promise<Row> {
  const { stdout, code, text } = await patient.cachewright(["config", "show", "pip", key, "--json"]);
  must(code === 0, `config show (exit ${code}):\n${text}`);
  const { settings } = JSON.parse(stdout) as { settings: readonly Row[] };
  const row = settings.find(({ version }) => version === patient.pipVersion);
  if (row === undefined) throw new Error(`pip ${patient.pipVersion} is not in:\n${stdout}`);
  return row;
}

async function change(patient: Patient, ...args: readonly string[]): Promise<void> {
  const { code, text } = await patient.cachewright(["config", ...args, "--tool", "pip", "--yes"]);
  must(code === 0, `config ${args.join(" ")} (exit ${code}):\n${text}`);
}

async function samePlace(patient: Patient, wanted?: string): Promise<void> {
  const real = (await patient.run(["pip", "cache", "dir"])).stdout.trim();
  const { effective } = await inForce(patient, "cache-dir");
  must(effective === real && (wanted === undefined || wanted === real), `pip's cache is ${real}, config show says ${String(effective)}, ${wanted ?? "no place"} was set`);
}

async function asPipSays(patient: Patient): Promise<void> {
  const { home } = patient.account;
  const look = () => takeManifest(patient.room, [home, patient.prefix], [`${home}/.local/state`]);
  await step("before", () => samePlace(patient));
  const before = await look();
  await step("set for the user", async () => {
    await change(patient, "set", "cache-dir", `${home}/own cache`);
    await samePlace(patient, `${home}/own cache`);
    const { text } = await patient.run(["pip", "config", "list"]);
    must(text.includes(`global.cache-dir='${home}/own cache'`), `pip config list should have it, it said:\n${text}`);
  });
  await step("set for this environment, which is stronger", async () => {
    await change(patient, "set", "cache-dir", `${home}/env-cache`, "--scope", "site");
    await samePlace(patient, `${home}/env-cache`);
    must((await inForce(patient, "cache-dir")).source !== "default", "the source is the environment's file");
  });
  await step("off and on", async () => {
    await change(patient, "set", "cache", "off");
    const { text } = await patient.run(["pip", "cache", "dir"]);
    must(/cache commands can not function since cache is disabled/.test(text), `pip's cache should be off, it said:\n${text}`);
    must((await inForce(patient, "cache")).effective === true, "config show should say so");
    await change(patient, "set", "cache", "on");
    await samePlace(patient, `${home}/env-cache`);
  });
  await step("root's file is root's", async () => {
    const { code, text } = await patient.cachewright(["config", "set", "cache-dir", "/srv/pip", "--tool", "pip", "--scope", "global", "--yes"]);
    must(code === 2 && /^sudo \//m.test(text), `it should be refused with the command for root (exit ${code}):\n${text}`);
  });
  await step("undo", async () => {
    for (let runs = 0; runs < 4; runs += 1) {
      const { code, text } = await patient.cachewright(["undo", "--yes"]);
      must(code === 0, `undo (exit ${code}):\n${text}`);
    }
    mustEqual(before, await look());
    await samePlace(patient);
  });
  await step("pip works", () => install(patient));
}

describe("config", () => {
  const index = withIndex();
  for (const pip of pipsFor(([major, minor]) => major > 20 || (major === 20 && minor >= 1))) {
    const reason = obstacleFor(pip, [], "venv");
    it.skipIf(reason !== null)(`pip ${pip.version}: says and writes what pip reads${reason === null ? "" : ` (${reason})`}`, async () => {
      const patient = await admit({ pip, index: index(), place: "venv" });
      try {
        await asPipSays(patient);
      } finally {
        await patient.close();
      }
    });
  }
});
