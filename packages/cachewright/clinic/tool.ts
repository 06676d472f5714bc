/** Cases with a real uv, pipx, poetry, pdm, pipenv, hatch, virtualenv or pyenv: as `case.ts` does it with pips. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, inject, it } from "vitest";
import { withIndex } from "./case.ts";
import { complains, diagnose, explain, watch } from "./examine.ts";
import type { Illness } from "./illness.ts";
import type { PackageIndex } from "./index/serve-index.ts";
import { inRoom, withoutPip, type Patient } from "./patient.ts";
import { readDoctor } from "./reports.ts";
import { CA_IN_ROOM, openRoom, type Output, type Room } from "./room.ts";
import { must, step } from "./step.ts";
import { kitsOf, type KitName, type ToolKit } from "./tools/kits.ts";
import { copyPyenv } from "./tools/pyenvs.ts";
import { pythonInRoom } from "./tools/pythons.ts";
import { cureAndUndo, mustEqual } from "./treat.ts";
import { addUser, runAs } from "./users.ts";

export interface ToolPatient extends Patient {
  /** The version of the tool. */
  readonly version: string;
  /** The tool with these arguments, led to the clinic's index by variables that cachewright does not get. */
  readonly tool: (...args: readonly string[]) => Promise<Output>;
  readonly toolIn: (cwd: string, ...args: readonly string[]) => Promise<Output>;
  /** Those variables, for cases that run another program. */
  readonly indexEnv: Readonly<Record<string, string>>;
  readonly indexUrl: string;
}

export type ToolIllness = Omit<Illness, "pips" | "patient" | "make" | "act" | "complaint" | "path" | "explainPath" | "cured" | "healthy" | "watch"> & {
  readonly tool: KitName;
  /** Default: the old one and the newest. */
  readonly versions?: "newest" | "old";
  readonly make: (patient: ToolPatient) => Promise<void>;
  readonly act: (patient: ToolPatient) => Promise<Output>;
  readonly complaint: RegExp | { readonly silent: string; shows(output: Output, patient: ToolPatient): Promise<void> };
  readonly path: (patient: ToolPatient) => string;
  readonly explainPath?: (patient: ToolPatient) => string | null;
  /** After the cure. Default: `act` works. */
  readonly cured?: (patient: ToolPatient) => Promise<void>;
  readonly watch?: (patient: ToolPatient) => readonly string[];
  /** `act` is tried before it is ill, unless it could not work then or would hide the illness. */
  readonly tryFirst?: false;
};

/** An environment of root's with nothing but the tool, as an administrator's pipx makes one. */
export async function installKit(room: Room, { name, version, kit }: ToolKit, prefix = `/mnt/tools/${name}`): Promise<string> {
  if (kit === undefined) throw new Error(`no kit for ${name} ${version}`);
  if (name === "pyenv") {
    copyPyenv(kit.site, room.seen(prefix));
    await room.must(`chown -hR 0:0 ${prefix} && chmod -R a+rX ${prefix}`);
    return prefix;
  }
  await room.must(`mkdir -p ${dirname(prefix)} && ${pythonInRoom(kit.python)} -m venv --without-pip ${prefix}`);
  const site = `${prefix}/lib/python${kit.python.minor}/site-packages`;
  execFileSync("cp", ["-a", `${kit.site}/.`, `${room.seen(site)}/`]);
  for (const program of readdirSync(join(kit.site, "bin"))) {
    const text = readFileSync(join(kit.site, "bin", program));
    await room.must(text.subarray(0, 2).toString("latin1") === "#!" ? `sed '1s|.*|#!${prefix}/bin/python|' ${site}/bin/${program} > ${prefix}/bin/${program}` : `cp ${site}/bin/${program} ${prefix}/bin/`);
    await room.must(`chmod 755 ${prefix}/bin/${program}`);
  }
  await room.must(`rm -r ${site}/bin && chown -hR 0:0 ${prefix} && chmod -R a+rX ${prefix}`);
  return prefix;
}

/** `beside`: another tool or version whose Python is wanted in the room, too. */
export async function admitWithTool(tool: ToolKit, index: PackageIndex, beside?: ToolKit): Promise<ToolPatient> {
  const { kit, name, version } = tool;
  if (kit === undefined) throw new Error(`${name} ${version}: ${tool.obstacle}`);
  const room = await openRoom([...new Set([kit.python, ...(beside?.kit === undefined ? [] : [beside.kit.python])])], index.caFile);
  const account = await addUser(room);
  // virtualenv looks for libpython where the Python was built for: below root's home it may find nothing, not be refused.
  await room.must("chmod 711 /root");
  await room.must(`install -d -o ${account.uid} -g ${account.gid} ${account.home}/.local ${account.home}/.local/state /mnt/work`);
  const prefix = await installKit(room, tool);
  const env: Record<string, string> = { PATH: `${prefix}/bin:/usr/local/bin:/usr/bin:/bin` };
  const indexEnv = {
    SSL_CERT_FILE: CA_IN_ROOM, REQUESTS_CA_BUNDLE: CA_IN_ROOM, PIP_CERT: CA_IN_ROOM, PIP_INDEX_URL: index.url, UV_DEFAULT_INDEX: index.url, UV_INDEX_URL: index.url,
    PIP_DISABLE_PIP_VERSION_CHECK: "1", VIRTUALENV_NO_PERIODIC_UPDATE: "1", UV_PYTHON_DOWNLOADS: "never",
  };
  const run: Patient["run"] = (argv, more = {}) => runAs(room, account, argv, { ...more, env: { ...env, ...more.env } });
  const toolIn: ToolPatient["toolIn"] = (cwd, ...args) => run([name, ...args], { cwd, env: indexEnv });
  return {
    room, account, env, run, toolIn, version, prefix, indexEnv, indexUrl: index.url,
    python: `${prefix}/bin/python`, sitePackages: `${prefix}/lib/python${kit.python.minor}/site-packages`, pipVersion: "", indexArgs: ["--index-url", index.url],
    tool: (...args) => toolIn(account.home, ...args),
    ...inRoom(room, run),
    ...withoutPip,
  };
}

async function works({ act, tool }: ToolIllness, patient: ToolPatient): Promise<void> {
  const { code, text } = await act(patient);
  must(code === 0, `${tool} should work, it said:\n${text}`);
}

async function isWell(illness: ToolIllness, patient: ToolPatient): Promise<void> {
  if (illness.tryFirst !== false) await works(illness, patient);
  const { findings } = readDoctor(await patient.cachewright(["doctor", "--json"]));
  must(findings.length === 0, `doctor should find nothing, it found ${JSON.stringify(findings)}`);
}

async function runCase(illness: ToolIllness, kit: ToolKit, { index, exactly }: { readonly index: PackageIndex; readonly exactly: boolean }): Promise<void> {
  const patient = await admitWithTool(kit, index);
  // Everything the usual steps hand to an illness's functions is this patient.
  const usual = { ...illness, cured: illness.cured ?? ((cured: ToolPatient) => works(illness, cured)) } as unknown as Illness;
  try {
    await step(`a healthy ${illness.tool}`, () => isWell(illness, patient));
    await step("make it ill", () => illness.make(patient));
    const output = await step(`real ${illness.tool}`, () => complains(usual, patient));
    const before = await watch(usual, patient);
    await step("doctor", () => diagnose(usual, patient));
    await step("explain", () => explain(usual, patient, output));
    await step("looking changes nothing", async () => mustEqual(before, await watch(usual, patient)));
    await cureAndUndo(usual, patient, exactly);
  } finally {
    await patient.close();
  }
}

/** The kits a case means; on a machine that can run no case one stand-in, so that it is counted as skipped. */
export function kitsFor(name: KitName, versions?: ToolIllness["versions"]): readonly ToolKit[] {
  const { obstacle, pythons } = inject("equipment");
  if (obstacle !== null) return [{ name, version: "newest", newest: true, obstacle }];
  return kitsOf(name, pythons).filter(({ newest }) => versions === undefined || newest === (versions === "newest"));
}

export function describeWithTool(illnesses: readonly ToolIllness[]): void {
  const index = withIndex();
  for (const illness of illnesses) {
    describe(`${illness.problem}: ${illness.variant}`, () => {
      const kits = kitsFor(illness.tool, illness.versions);
      for (const kit of kits) {
        const lacks = (illness.needs ?? []).filter((need) => inject("equipment").missing.includes(need));
        const reason = kit.obstacle ?? (lacks.length > 0 ? `needs ${lacks.join(", ")}` : null);
        it.skipIf(reason !== null)(`${kit.name} ${kit.version}${reason === null ? "" : ` (${reason})`}`, () => runCase(illness, kit, { index: index(), exactly: kit === kits.at(-1) }));
      }
    });
  }
}
