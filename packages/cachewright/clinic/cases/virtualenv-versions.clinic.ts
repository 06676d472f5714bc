/** Two virtualenvs of different times: everybody's old one on PATH, and the patient's own, of which a login shell knows nothing. */
import { describe, it } from "vitest";
import { withIndex } from "../case.ts";
import type { PackageIndex } from "../index/serve-index.ts";
import { takeManifest, type Manifest } from "../manifest.ts";
import { readDoctor, readFix, readUndo } from "../reports.ts";
import type { Output } from "../room.ts";
import { must, step } from "../step.ts";
import { admitWithTool, installKit, kitsFor, type ToolPatient } from "../tool.ts";
import type { ToolKit } from "../tools/kits.ts";
import { mustEqual } from "../treat.ts";

interface Own {
  /** Of the environment with the newest one, below the home. */
  readonly at: string;
  readonly what: string;
}

const owns: readonly Own[] = [{ what: "in an environment that is found by its place", at: ".virtualenvs/tools" }, { what: "in a project, where nobody looks", at: "projects/thing/env" }];

/** With everybody's programs in a place of the room's own, as a distribution or an administrator puts them there. */
async function admitWithBoth(old: ToolKit, newest: ToolKit, { index, at }: { readonly index: PackageIndex; readonly at: string }): Promise<ToolPatient> {
  const patient = await admitWithTool(old, index, newest);
  const { account: { home, uid, gid }, room } = patient;
  await room.must(`mount -t tmpfs -o mode=755 programs /usr/local/bin && ln -s ${patient.prefix}/bin/virtualenv /usr/local/bin/`);
  patient.env["PATH"] = "/usr/local/bin:/usr/bin:/bin";
  await installKit(room, newest, `${home}/${at}`);
  await room.must(`chown -hR ${uid}:${gid} ${home}/${at.split("/")[0]}`);
  return patient;
}

/** Quiet, and with its app data where it belongs: what may not be written is passed over without a word for the temporary directory. */
async function works(patient: ToolPatient, program: string): Promise<void> {
  const { code, text } = await runs(patient, program);
  must(code === 0 && !/warn|error|denied/i.test(text), `${program} should work without a warning, it said (exit ${code}):\n${text}`);
}

const runs = (patient: ToolPatient, program: string): Promise<Output> => patient.run(["timeout", "40", program, patient.freshDir()], { cwd: patient.account.home, env: patient.indexEnv });

async function givenBack(patient: ToolPatient, own: string): Promise<void> {
  const { home, name } = patient.account;
  const cache = `${home}/.cache/virtualenv`;
  const look = (): Promise<Manifest> => takeManifest(patient.room, [home], [`${home}/.local/state`]);
  const foreign = (): Promise<string> => patient.root(`find ${cache} ! -user ${name}`);
  await step("both work", async () => { await works(patient, own); await works(patient, "virtualenv"); });
  await step("a healthy pair", async () => {
    const { findings } = readDoctor(await patient.cachewright(["doctor", "--json"]));
    must(findings.length === 0, `doctor should find nothing, it found ${JSON.stringify(findings)}`);
    await patient.root(`test -d ${cache}/wheel && test -d ${home}/.local/share/virtualenv/wheel`);
  });
  await patient.root(`chown -hR 0:0 ${cache}/wheel`);
  const { text } = await step("its own one complains", () => runs(patient, own));
  must(/PermissionError/.test(text), `virtualenv should complain, it said:\n${text}`);
  const before = await look();
  await step("doctor", async () => {
    const { findings } = readDoctor(await patient.cachewright(["doctor", "--json"]));
    must(findings.length === 1 && findings[0]?.problem === "cache-write-denied" && findings[0].subject === `${cache}/wheel`, `doctor should name ${cache}/wheel, it found ${JSON.stringify(findings)}`);
  });
  const fix = async (): Promise<unknown> => readFix(await patient.cachewright(["fix", "cache-write-denied", "--choose", "give-back", "--yes", "--json", "--for-user", name], { as: "root" }));
  const undo = async (): Promise<void> => {
    const { left, text: said } = readUndo(await patient.cachewright(["undo", "--yes", "--json"], { as: "root" }));
    must(left.length === 0, `undo left ${JSON.stringify(left)}:\n${said}`);
  };
  await step("fix and undo", async () => { await fix(); await undo(); mustEqual(before, await look()); });
  await step("fix", fix);
  await step("both work again", async () => {
    must((await foreign()) === "", "all of it should be the patient's");
    await works(patient, own);
    await works(patient, "virtualenv");
    const { findings } = readDoctor(await patient.cachewright(["doctor", "--json"]));
    must(findings.length === 0, `doctor should find nothing after it, it found ${JSON.stringify(findings)}`);
  });
}

describe("an old virtualenv on PATH, and root cures what the newest cannot write", () => {
  const index = withIndex();
  const [old, newest] = kitsFor("virtualenv");
  const reason = old?.obstacle ?? newest?.obstacle ?? null;
  for (const { what, at } of owns) {
    it.skipIf(reason !== null || old === undefined || newest === undefined)(`the newest ${what}${reason === null ? "" : ` (${reason})`}`, async () => {
      const patient = await admitWithBoth(old!, newest!, { index: index(), at });
      try {
        await givenBack(patient, `${patient.account.home}/${at}/bin/virtualenv`);
      } finally {
        await patient.close();
      }
    });
  }
});
