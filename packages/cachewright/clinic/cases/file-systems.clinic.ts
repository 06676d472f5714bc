/** The machine under it: read-only and full file systems, accounts without a home. */
import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { fillCache, install } from "../install.ts";
import { must } from "../step.ts";
import type { Patient } from "../patient.ts";

const cacheRoot = (patient: Patient) => `${patient.account.home}/.cache`;
const DISABLED = /The cache has been disabled/;

const illnesses: readonly Illness[] = [
  {
    problem: "read-only-filesystem", variant: "the cache on a read-only mount", pips: "pair",
    make: async (patient) => {
      await fillCache(patient);
      const at = cacheRoot(patient);
      await patient.root(`mount --bind ${at} ${at} && mount -o remount,bind,ro ${at}`);
    },
    complaint: DISABLED, path: cacheRoot,
    explainsAs: ["cache-not-owned", "read-only-filesystem"], explainPath: (patient) => `${cacheRoot(patient)}/pip`,
    cure: { by: "patient", choose: "cache-elsewhere" },
  },
  {
    problem: "read-only-filesystem", variant: "root builds into a read-only cache", pips: "pair", patient: { root: true },
    make: async (patient) => {
      await fillCache(patient);
      await patient.root("mount --bind /root/.cache /root/.cache && mount -o remount,bind,ro /root/.cache");
    },
    act: (patient) => install(patient, "spkg"),
    complaint: /\[Errno 30\] Read-only file system: '\/root\/\.cache\/pip\/wheels/, path: () => "/root/.cache", explainPath: () => null,
    cure: { by: "root", choose: "cache-elsewhere" },
  },
  {
    problem: "disk-full", variant: "a full file system below the cache", pips: ([major, minor]) => major > 25 || (major === 20 && minor === 3) || major === 24,
    make: async (patient) => {
      const at = cacheRoot(patient);
      const { uid, gid } = patient.account;
      await patient.root(`mkdir ${at} && mount -t tmpfs -o size=16m,mode=700,uid=${uid},gid=${gid} tmpfs ${at}`);
      await fillCache(patient, "wpkg", "bigpkg", "bigpkg==2.0");
      await patient.must("head -c 64m /dev/zero > ~/.cache/ballast 2>/dev/null || :");
    },
    act: (patient) => install(patient, "spkg"),
    complaint: /\[Errno 28\] No space left on device/, path: cacheRoot, explainPath: () => null,
    cure: { by: "patient", choose: "remove-entries", undo: "refused" },
  },
  {
    problem: "home-missing", variant: "an account without a home directory", pips: "pair", patient: { home: "none", place: "foreign prefix" },
    make: async () => undefined,
    complaint: DISABLED, path: (patient) => patient.account.home,
    explainsAs: ["cache-not-owned", "home-missing"], explainPath: (patient) => `${patient.account.home}/.cache/pip`,
    cure: { by: "root for patient", choose: "make-home" },
  },
  {
    problem: "home-missing", variant: "HOME=/nonexistent", pips: "pair", patient: { place: "foreign prefix" },
    make: async (patient) => { patient.env["HOME"] = "/nonexistent"; },
    complaint: DISABLED, path: () => "/nonexistent",
    explainsAs: ["cache-not-owned", "home-missing"], explainPath: () => "/nonexistent/.cache/pip",
    cure: { by: "nobody", shows: /HOME=/ },
  },
  {
    problem: "home-missing", variant: "a home that belongs to root", pips: "pair", patient: { place: "foreign prefix" },
    make: async (patient) => { await patient.root(`chown root:root ${patient.account.home}`); },
    complaint: DISABLED, path: (patient) => patient.account.home,
    explainsAs: ["cache-not-owned", "home-missing"], explainPath: (patient) => `${patient.account.home}/.cache/pip`,
    hiddenByUse: true, cure: { by: "root for patient", choose: "give-home-back" },
    healthy: async (patient) => must(/Using cached/.test((await install(patient)).text), "a second install should use the cache"),
  },
];

describeIllnesses(illnesses);
