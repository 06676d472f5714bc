/** Cases with a real py-rattler: as `conda.ts` does it with a conda. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, inject, it } from "vitest";
import type { CondaIllness } from "./conda.ts";
import { complains, diagnose, explain, watch } from "./examine.ts";
import type { Illness } from "./illness.ts";
import { inRoom, withoutPip, type Patient } from "./patient.ts";
import { channelScript, installScript, unpackScript } from "./rattler-scripts.ts";
import { readDoctor } from "./reports.ts";
import { INDEX_PREFIX, openRoom, type Output } from "./room.ts";
import { must, step } from "./step.ts";
import { openPipCache } from "./tools/pips.ts";
import { pythonInRoom } from "./tools/pythons.ts";
import { findRattlers, type RattlerTool } from "./tools/rattlers.ts";
import { cureAndUndo, mustEqual } from "./treat.ts";
import { addUser, runAs } from "./users.ts";

export interface RattlerPatient extends Patient {
  /** Into a new environment, or the one named; from a channel on this disk. */
  readonly install: (names: readonly string[], options?: RattlerRun) => Promise<Output>;
  /** Archives of the channel, into a package directory of conda's. */
  readonly unpack: (pkgs: string, ...names: readonly string[]) => Promise<void>;
}

export interface RattlerRun {
  readonly prefix?: string;
  readonly cache?: string;
  /** As `sudo` does it that keeps HOME. */
  readonly as?: "root";
  readonly wrapped?: readonly string[];
}

export type RattlerIllness = Omit<CondaIllness, "make" | "act" | "complaint" | "path" | "explainPath" | "cured"> & {
  /** Default: both. */
  readonly versions?: "newest";
  readonly make: (patient: RattlerPatient) => Promise<void>;
  readonly act: (patient: RattlerPatient) => Promise<Output>;
  readonly complaint: RegExp | { readonly silent: string; shows(output: Output, patient: RattlerPatient): Promise<void> };
  readonly path: (patient: RattlerPatient) => string;
  readonly explainPath?: (patient: RattlerPatient) => string | null;
  readonly cured?: (patient: RattlerPatient) => Promise<void>;
};

type Ready = Extract<RattlerTool, { obstacle: null }>;

export const archives: Readonly<Record<string, string>> = { lantern: "lantern-1.0-0.tar.bz2", beacon: "beacon-1.0-0.conda" };
const site = "/mnt/rattler";

export async function admitWithRattler({ python: tool, site: from, version }: Ready, caFile: string): Promise<RattlerPatient> {
  const room = await openRoom([tool], caFile);
  const account = await addUser(room);
  const python = pythonInRoom(tool);
  await room.must(`install -d -o ${account.uid} -g ${account.gid} ${account.home}/.local ${account.home}/.local/state && install -d /mnt/work`);
  execFileSync("cp", ["-a", from, room.seen(site)]);
  const made = await room.run([python, "-c", channelScript]);
  must(made.code === 0, `the channel could not be made:\n${made.text}`);
  const env: Record<string, string> = { PATH: "/usr/local/bin:/usr/bin:/bin" };
  const run: Patient["run"] = (argv, more = {}) => runAs(room, account, argv, { ...more, env: { ...env, ...more.env } });
  const hands = inRoom(room, run);
  const settings = { PYTHONPATH: site, PYTHONDONTWRITEBYTECODE: "1" };
  const install: RattlerPatient["install"] = (names, { prefix = hands.freshDir(), cache = "-", as, wrapped = [] } = {}) => {
    const argv = [...wrapped, python, "-c", installScript, prefix, cache, ...names];
    return as === "root" ? room.run(argv, { env: { ...settings, HOME: account.home } }) : run(argv, { env: settings });
  };
  return {
    room, account, env, run, install, prefix: "", python, sitePackages: "", pipVersion: version, indexArgs: [],
    async unpack(pkgs, ...names) {
      const { code, text } = await run([python, "-c", unpackScript, pkgs, ...names.map((name) => `/mnt/work/chan/noarch/${archives[name]}`)], { env: settings });
      must(code === 0, `rattler should unpack, it said:\n${text}`);
    },
    ...hands,
    ...withoutPip,
  };
}

/** Before it is ill: rattler works, and even a deep look has nothing to say. */
async function isWell(patient: RattlerPatient): Promise<void> {
  await works(patient, ["lantern", "beacon"]);
  await findsNothing(patient);
}

export async function findsNothing(patient: RattlerPatient): Promise<void> {
  const { findings } = readDoctor(await patient.cachewright(["doctor", "--deep", "--json"]));
  must(findings.length === 0, `doctor should find nothing, it found ${JSON.stringify(findings)}`);
}

/** An install that says nothing at all. */
export async function works(patient: RattlerPatient, names: readonly string[], options: RattlerRun = {}): Promise<void> {
  const { code, text } = await patient.install(names, options);
  must(code === 0 && text.trim() === "", `rattler should install ${names.join(" ")} without a word, it said (exit ${code}):\n${text}`);
}

async function runCase(illness: RattlerIllness, patient: RattlerPatient): Promise<void> {
  // Everything the usual steps hand to an illness's functions is this patient.
  const usual = illness as unknown as Illness;
  await step("a healthy rattler", () => isWell(patient));
  await step("make it ill", () => illness.make(patient));
  const output = await step("real rattler", () => complains(usual, patient));
  const before = await watch(usual, patient);
  await step("doctor", () => diagnose(usual, patient));
  await step("explain", () => explain(usual, patient, output));
  await step("looking changes nothing", async () => mustEqual(before, await watch(usual, patient)));
  await cureAndUndo(usual, patient, true);
}

export async function withRattler(tool: RattlerTool, act: (patient: RattlerPatient) => Promise<void>): Promise<void> {
  if (tool.obstacle !== null) throw new Error(tool.obstacle);
  const dir = mkdtempSync(join(tmpdir(), `${INDEX_PREFIX}${process.pid}-`));
  writeFileSync(join(dir, "ca.pem"), "");
  const patient = await admitWithRattler(tool, join(dir, "ca.pem"));
  try {
    await act(patient);
  } finally {
    await patient.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Those this machine can have, and what stands in the way of the others. */
export function rattlers(): readonly RattlerTool[] {
  const { obstacle, pythons } = inject("equipment");
  return obstacle === null ? findRattlers(pythons, openPipCache) : [{ version: "newest", newest: true, obstacle }];
}

export function describeWithRattler(illnesses: readonly RattlerIllness[]): void {
  const tools = rattlers();
  for (const illness of illnesses) {
    describe(`${illness.problem}: ${illness.variant}`, () => {
      for (const tool of tools.filter(({ newest }) => newest || illness.versions !== "newest")) {
        it.skipIf(tool.obstacle !== null)(`py-rattler ${tool.version}${tool.obstacle === null ? "" : ` (${tool.obstacle})`}`, () => withRattler(tool, (patient) => runCase(illness, patient)));
      }
    });
  }
}
