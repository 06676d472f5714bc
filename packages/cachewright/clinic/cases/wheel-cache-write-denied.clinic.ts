import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { fillCache, install } from "../install.ts";
import { must } from "../step.ts";
import type { Patient } from "../patient.ts";

const wheelsOf = (patient: Patient): string => `${patient.account.home}/.cache/pip/wheels`;

/** The directories from wheels/ down to the one that holds the built wheel. */
function wayToLeaf(patient: Patient): readonly string[] {
  const way: string[] = [];
  for (let at = wheelsOf(patient); ;) {
    const below = readdirSync(patient.room.seen(at)).find((name) => statSync(join(patient.room.seen(at), name)).isDirectory());
    if (below === undefined) return way;
    at = join(at, below);
    way.push(at);
  }
}

const topOf = (patient: Patient): string => wayToLeaf(patient)[0] ?? "";
const leafOf = (patient: Patient): string => wayToLeaf(patient).at(-1) ?? "";

const build = (patient: Patient) => install(patient, "spkg");
const DENIED = /\[Errno 13\] Permission denied: '[^']*\.cache\/pip\/wheels\//;

const base = {
  problem: "wheel-cache-write-denied", hiddenByUse: true, act: build, complaint: DENIED, path: topOf,
  // What pip could not make lies below the foreign directory, its last names are chance.
  explainPath: () => null,
  pips: ([major, minor]: readonly [number, number]) => major > 25 || (major === 25 && minor === 3) || (major === 20 && minor === 3) || major === 24,
} as const;

const withOrigin = ([major]: readonly [number, number]): boolean => major >= 24;

const illnesses: readonly Illness[] = [
  {
    ...base, variant: "root's wheels/xx",
    make: async (patient) => {
      await fillCache(patient, "spkg");
      await patient.root(`top=${topOf(patient)} && rm -r $top && mkdir $top`);
    },
    cure: { by: "patient", choose: "set-aside" },
  },
  {
    ...base, variant: "root's wheels/xx, given back",
    make: async (patient) => {
      await fillCache(patient, "spkg");
      await patient.root(`top=${topOf(patient)} && rm -r $top && mkdir $top`);
    },
    cure: { by: "root for patient", choose: "give-back" },
  },
  {
    ...base, variant: "root's leaf directory", path: leafOf,
    make: async (patient) => {
      await fillCache(patient, "spkg");
      await patient.root(`leaf=${leafOf(patient)} && rm $leaf/* && chown root:root $leaf`);
    },
    cure: { by: "patient", choose: "set-aside" },
  },
  {
    ...base, variant: "root's origin.json beside a removed wheel", path: (patient) => `${leafOf(patient)}/origin.json`, pips: withOrigin,
    make: async (patient) => {
      await fillCache(patient, "spkg");
      await patient.root(`chown root:root ${leafOf(patient)}/origin.json`);
    },
    // The wheel is the user's and is used as long as it is there.
    act: async (patient) => {
      await patient.must(`rm -f ${leafOf(patient)}/*.whl`);
      return build(patient);
    },
    healthy: async (patient) => {
      const second = await build(patient);
      must(/Using cached/.test(second.text), `a second install should use the cache, it said:\n${second.text}`);
    },
    cure: { by: "root for patient", choose: "give-back" },
  },
];

describeIllnesses(illnesses);
