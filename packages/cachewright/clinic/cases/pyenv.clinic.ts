/** pyenv as it is installed here: shims that refuse, and the file a killed rehash leaves. */
import { describe, inject, it } from "vitest";
import { withIndex } from "../case.ts";
import { prefixScript } from "../patient.ts";
import { readDoctor } from "../reports.ts";
import { must, step } from "../step.ts";
import { admitWithTool, describeWithTool, kitsFor, type ToolIllness, type ToolPatient } from "../tool.ts";

const root = ({ account }: ToolPatient): string => `${account.home}/.pyenv`;
const shims = (patient: ToolPatient): string => `${root(patient)}/shims`;
const lock = (patient: ToolPatient): string => `${shims(patient)}/.pyenv-shim`;
/** It would wait a minute for a lock. */
const rehash = (patient: ToolPatient) => patient.run(["pyenv", "rehash"], { env: { PYENV_REHASH_TIMEOUT: "1" } });

/** A pyenv of one's own with one Python, as its installer makes it. */
async function ownPyenv(patient: ToolPatient): Promise<void> {
  const python = inject("equipment").pythons.filter(({ system }) => !system).at(-1);
  must(python !== undefined, "no Python");
  await patient.must(`cp -a ${patient.prefix} ${root(patient)} && mkdir -p ${root(patient)}/versions`);
  await patient.must(prefixScript(python, `${root(patient)}/versions/${python.minor}.1`));
  patient.env["PATH"] = `${root(patient)}/bin:/usr/local/bin:/usr/bin:/bin`;
  const { code, text } = await rehash(patient);
  must(code === 0, `pyenv should make its shims, it said:\n${text}`);
}

async function works(patient: ToolPatient): Promise<void> {
  const { code, text } = await rehash(patient);
  must(code === 0 && text.trim() === "", `pyenv should say nothing, it said (exit ${code}):\n${text}`);
  await patient.must(`[ -x ${shims(patient)}/python3 ]`);
}

const denied: Omit<ToolIllness, "variant" | "make" | "cure"> = {
  problem: "pyenv-shims-not-writable", tool: "pyenv", act: rehash, tryFirst: false, complaint: /isn't writable|Permission denied/, path: shims, cured: works,
};
const isOlder = (version: string, than: readonly number[]): boolean => {
  const parts = version.split(".").map(Number);
  const at = than.findIndex((part, index) => part !== parts[index]);
  return at >= 0 && (parts[at] ?? 0) < (than[at] ?? 0);
};

const illnesses: readonly ToolIllness[] = [
  {
    ...denied, variant: "shims that are root's, made anew",
    make: async (patient) => { await ownPyenv(patient); await patient.root(`chown -hR 0:0 ${shims(patient)}`); },
    cure: { by: "patient", choose: "set-aside" }, hiddenByUse: true,
  },
  {
    ...denied, variant: "shims that are root's, given back",
    make: async (patient) => { await ownPyenv(patient); await patient.root(`chown -hR 0:0 ${shims(patient)}`); },
    cure: { by: "root for patient", choose: "give-back" },
  },
  {
    ...denied, variant: "a pyenv that root cloned into the home", path: root, explainPath: shims,
    make: async (patient) => { await ownPyenv(patient); await patient.root(`rm -r ${shims(patient)} && chown -hR 0:0 ${root(patient)}`); },
    cure: { by: "root for patient", choose: "give-back" }, hiddenByUse: true,
  },
  {
    ...denied, variant: "closed shims of one's own",
    make: async (patient) => { await ownPyenv(patient); await patient.must(`chmod 500 ${shims(patient)}`); },
    cure: { by: "patient", choose: "restore-mode" },
  },
];
const left: ToolIllness = {
  problem: "pyenv-rehash-lock", variant: "a rehash was killed an hour ago", tool: "pyenv", act: rehash, tryFirst: false, complaint: /couldn't acquire lock/, path: lock, cured: works,
  make: async (patient) => { await ownPyenv(patient); await patient.must(`: > ${lock(patient)} && touch -d '1 hour ago' ${lock(patient)}`); },
  cure: { by: "patient", choose: "set-aside" },
};

const [kit] = kitsFor("pyenv");
const waits = kit?.obstacle === undefined && isOlder(kit?.version ?? "", [2, 6, 32]);
describeWithTool(waits ? [...illnesses, left] : illnesses);

describe("an administrator's pyenv", () => {
  const index = withIndex();
  const reason = kit?.obstacle ?? null;
  it.skipIf(waits || reason !== null)(`removes the file of a killed rehash by itself${waits ? " (needs pyenv 2.6.32)" : reason === null ? "" : ` (${reason})`}`, async () => {
    const patient = await admitWithTool(kit!, index());
    try {
      await left.make(patient);
      await step("doctor", async () => must(readDoctor(await patient.cachewright(["doctor", "--json"])).findings.length === 0, "doctor should find nothing"));
      await works(patient);
    } finally {
      await patient.close();
    }
  });

  it.skipIf(reason !== null)(`that everybody may use and nobody change is no finding${reason === null ? "" : ` (${reason})`}`, async () => {
    const patient = await admitWithTool(kit!, index());
    try {
      const python = inject("equipment").pythons.filter(({ system }) => !system).at(-1)!;
      await patient.root(`mkdir -p /mnt/tools/pyenv/versions && ${prefixScript(python, `/mnt/tools/pyenv/versions/${python.minor}.1`).trim()}\nPYENV_ROOT=/mnt/tools/pyenv PATH=/mnt/tools/pyenv/bin:$PATH pyenv rehash`);
      patient.env["PYENV_ROOT"] = "/mnt/tools/pyenv";
      patient.env["PATH"] = "/mnt/tools/pyenv/shims:/mnt/tools/pyenv/bin:/usr/local/bin:/usr/bin:/bin";
      const { code, text } = await rehash(patient);
      must(code !== 0, `pyenv itself should complain, it said:\n${text}`);
      const { findings } = readDoctor(await patient.cachewright(["doctor", "--json"]));
      must(findings.length === 0, `doctor should find nothing, it found ${JSON.stringify(findings)}`);
    } finally {
      await patient.close();
    }
  });
});
