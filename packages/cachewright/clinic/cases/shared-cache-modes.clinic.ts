/** A cache for a group, two users, the usual umask: the second is shut out until it is opened, by root or by the first. */
import { describe, it } from "vitest";
import { describeIllnesses, obstacleFor, pipsFor, withIndex } from "../case.ts";
import type { Illness } from "../illness.ts";
import { admit, type Patient } from "../patient.ts";
import { CACHEWRIGHT_IN_ROOM, NODE_IN_ROOM, type Output } from "../room.ts";
import { must, step } from "../step.ts";
import { addUser, runAs, type Account } from "../users.ts";

const cache = "/mnt/shared/pip";
const group = "cwshare";
/** Downloads are shared from 25.0; before, wheels only. */
const AGES = ([major]: readonly [number, number]): boolean => major === 24 || major >= 26;

const partners = new WeakMap<Patient, Account>();

function partnerOf(patient: Patient): Account {
  const partner = partners.get(patient);
  must(partner !== undefined, "the patient has no partner");
  return partner;
}

function installAs(patient: Patient, account: Account, what: string): Promise<Output> {
  const argv = ["pip", "install", ...patient.indexArgs, "--target", patient.freshDir(), "--no-deps", what];
  return runAs(patient.room, account, argv, { cwd: account.home, env: { ...patient.env } });
}

async function mustInstall(patient: Patient, account: Account, what: string): Promise<string> {
  const { code, text } = await installAs(patient, account, what);
  must(code === 0 && !/WARNING|Errno/.test(text), `pip of ${account.name} should install ${what} without a word:\n${text}`);
  return text;
}

/** A directory as an administrator makes it for a group, and one settings file for all. */
async function makeShare(patient: Patient): Promise<void> {
  const partner = await addUser(patient.room);
  partners.set(patient, partner);
  await patient.root(`groupadd ${group} && usermod -aG ${group} ${patient.account.name} && usermod -aG ${group} ${partner.name}
    mkdir -p /mnt/shared && install -d -m 2775 -g ${group} ${cache} && printf '[global]\\ncache-dir = ${cache}\\n' > /etc/pip.conf`);
}

/** Built once and removed again, as `pip cache remove` does: the directories stay. */
async function fillAs(patient: Patient, account: Account): Promise<void> {
  for (const what of ["wpkg", "spkg"]) await mustInstall(patient, account, what);
  await patient.root(`rm -r ${cache}/wheels/*`);
}

/** Each builds or fetches nothing that the other has. */
async function bothWork(patient: Patient): Promise<void> {
  const partner = partnerOf(patient);
  await mustInstall(patient, patient.account, "spkg");
  const wheel = await mustInstall(patient, partner, "spkg");
  must(/Using cached .*spkg.*\.whl/.test(wheel), `the wheel that one built should serve the other:\n${wheel}`);
  for (const account of [patient.account, partner]) {
    const download = await mustInstall(patient, account, "wpkg");
    must(/Using cached .*wpkg/.test(download), `${account.name} should use the download of the other:\n${download}`);
  }
}

const base = {
  problem: "shared-cache-modes", pips: AGES, needs: ["setfacl", "getfacl"], complaint: /\[Errno 13\] Permission denied/,
  path: () => cache, explainsAs: ["wheel-cache-write-denied"], explainPath: () => null, hiddenByUse: true,
  watch: (patient: Patient) => [patient.account.home, "/mnt/shared", "/etc/pip.conf"], cured: bothWork,
} as const;

const illnesses: readonly Illness[] = [
  {
    ...base, variant: "2775 and umask 022, opened by root",
    make: async (patient) => {
      await makeShare(patient);
      await fillAs(patient, partnerOf(patient));
    },
    act: (patient) => installAs(patient, patient.account, "spkg"),
    cure: { by: "root for patient", choose: "share" },
  },
  {
    ...base, pips: ([major]) => major >= 26, variant: "0775 without setgid: everybody's entries have their own group",
    make: async (patient) => {
      await makeShare(patient);
      await patient.root(`chmod g-s ${cache}`);
      await fillAs(patient, partnerOf(patient));
    },
    act: (patient) => installAs(patient, patient.account, "spkg"),
    cure: { by: "root for patient", choose: "share" },
  },
  {
    ...base, variant: "2775 and umask 022, opened by the one who made it",
    make: async (patient) => {
      await makeShare(patient);
      await fillAs(patient, patient.account);
    },
    act: (patient) => installAs(patient, partnerOf(patient), "spkg"),
    cure: { by: "patient", choose: "share" },
  },
];

describeIllnesses(illnesses);

/** The healthy one: made right before anybody used it. */
async function findsNothingInGoodShare(patient: Patient): Promise<void> {
  await makeShare(patient);
  await patient.root(`setfacl -d -m u::rwx,g::rwx,o::r-x ${cache}`);
  const partner = partnerOf(patient);
  await mustInstall(patient, partner, "wpkg");
  await mustInstall(patient, patient.account, "wpkg");
  await mustInstall(patient, partner, "spkg");
  must(/Using cached .*spkg.*\.whl/.test(await mustInstall(patient, patient.account, "spkg")), "a share made right should serve a wheel");
  for (const account of [patient.account, partner]) {
    const { text, stdout } = await runAs(patient.room, account, [NODE_IN_ROOM, CACHEWRIGHT_IN_ROOM, "doctor", "--json"], { env: { ...patient.env } });
    // The environment is the patient's, and only theirs.
    const findings = (JSON.parse(stdout) as { findings: { problem: string }[] }).findings.filter(({ problem }) => account === patient.account || problem !== "venv-not-writable");
    must(findings.length === 0, `doctor of ${account.name} should find nothing:\n${text}`);
  }
}

describe("a shared cache done right", () => {
  const index = withIndex();
  for (const pip of pipsFor(([major]) => major === 20 || AGES([major, 0]))) {
    const reason = obstacleFor(pip, base.needs);
    it.skipIf(reason !== null)(`pip ${pip.version}${reason === null ? "" : ` (${reason})`}`, async () => {
      const patient = await admit({ pip, index: index() });
      try {
        await step("doctor of a good share", () => findsNothingInGoodShare(patient));
      } finally {
        await patient.close();
      }
    });
  }
});
