import { readdirSync } from "node:fs";
import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { fillCache, install } from "../install.ts";
import { must } from "../step.ts";
import type { Patient } from "../patient.ts";

const httpOf = (patient: Patient): string => {
  const cache = `${patient.account.home}/.cache/pip`;
  return readdirSync(patient.room.seen(cache)).includes("http-v2") ? `${cache}/http-v2` : `${cache}/http`;
};
const firstBucket = (patient: Patient): string => `${httpOf(patient)}/${readdirSync(patient.room.seen(httpOf(patient))).sort()[0]}`;

const neverCached = {
  silent: "pip swallows every error of its HTTP cache (network/cache.py, suppressed_cache_errors)",
  async shows(_first: unknown, patient: Patient): Promise<void> {
    const again = await install(patient);
    must(again.code === 0 && !/Using cached/.test(again.text), `pip should download every time, it said:\n${again.text}`);
    must(!/WARNING.*(cache|denied)/i.test(again.text), `pip should be silent, it said:\n${again.text}`);
  },
};

const base = { problem: "cache-write-denied", pips: "pair", complaint: neverCached, path: firstBucket } as const;

const selfcheckOf = (patient: Patient) => `${patient.account.home}/.cache/pip/selfcheck`;

const illnesses: readonly Illness[] = [
  {
    ...base, variant: "root's buckets below the user's own http cache",
    make: async (patient) => {
      await fillCache(patient);
      await patient.root(`for bucket in ${httpOf(patient)}/*; do rm -r $bucket; mkdir $bucket; done`);
    },
    cure: { by: "patient", choose: "set-aside" },
  },
  {
    ...base, variant: "root's buckets, given back",
    make: async (patient) => {
      await fillCache(patient);
      await patient.root(`for bucket in ${httpOf(patient)}/*; do rm -r $bucket; mkdir $bucket; done`);
    },
    cure: { by: "root for patient", choose: "give-back" },
  },
  {
    ...base, variant: "own buckets of mode 0555",
    make: async (patient) => {
      await fillCache(patient);
      await patient.must(`for bucket in ${httpOf(patient)}/*; do rm -r $bucket; mkdir -m 555 $bucket; done`);
    },
    cure: { by: "patient", choose: "restore-mode" },
  },
  {
    ...base, variant: "root's selfcheck directory", path: selfcheckOf,
    act: (patient) => patient.pip("install", "--target", patient.freshDir(), "--no-deps", "wpkg"),
    make: async (patient) => {
      await fillCache(patient);
      must(readdirSync(patient.room.seen(selfcheckOf(patient))).length === 1, "pip should have noted its look for a newer version");
      await patient.root(`rm -r ${selfcheckOf(patient)} && mkdir ${selfcheckOf(patient)}`);
    },
    complaint: {
      silent: "pip asks check_path_owner of selfcheck and says nothing (self_outdated_check.py)",
      async shows(_output, patient) {
        must(readdirSync(patient.room.seen(selfcheckOf(patient))).length === 0, "pip should not be able to note its look for a newer version");
      },
    },
    healthy: async (patient) => {
      must(readdirSync(patient.room.seen(selfcheckOf(patient))).length === 1, "pip should note its look for a newer version again");
    },
    cure: { by: "patient", choose: "set-aside" },
  },
];

describeIllnesses(illnesses);
