import { describeIllnesses } from "../case.ts";
import { fillCache } from "../install.ts";
import type { Patient } from "../patient.ts";
import { CACHEWRIGHT_IN_ROOM, NODE_IN_ROOM } from "../room.ts";
import { must } from "../step.ts";

/** What becomes the image, as the room sees it, and the home in it. */
const image = "/mnt/work/image";
const home = "/build";
const cache = `${home}/.cache/pip`;
const weigh = (patient: Patient) => patient.run(["du", "-sm", `${image}${cache}`]);
const megabytes = (text: string): number => Number(/^\d+/.exec(text)?.[0]);

/**
 * A step of a build: its root is an overlay, nothing of pip's has a mount of its own, and resolv.conf comes out of
 * BuildKit's state directory. Cachewright runs inside of it.
 */
async function asBuildKitDoes(patient: Patient): Promise<void> {
  await patient.root(`
    mkdir -p /mnt/work/layers && mount -t tmpfs layers /mnt/work/layers && cd /mnt/work/layers && mkdir -p upper work ${image} buildkit/executor
    mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/work/layers/upper,workdir=/mnt/work/layers/work ${image}
    mkdir -p ${image}${home} && cp -a ${patient.account.home}/.cache ${image}${home}/
    touch buildkit/executor/resolv.conf ${image}/etc/resolv.conf
    for at in /proc /dev /mnt; do mount --rbind $at ${image}$at; done
    mount --bind buildkit/executor/resolv.conf ${image}/etc/resolv.conf`);
  const inside: Patient["cachewright"] = (args) => patient.run(["/usr/sbin/chroot", image, NODE_IN_ROOM, CACHEWRIGHT_IN_ROOM, ...args], { cwd: "/", env: { HOME: home } });
  Object.assign(patient, { cachewright: inside });
}

describeIllnesses([{
  problem: "cache-in-image", variant: "a step of a build that fills the cache", pips: ([major]) => major >= 26, patient: { root: true },
  make: async (patient) => {
    await fillCache(patient, "wpkg", "bigpkg");
    // As heavy as a real set of packages, at the price of one.
    await patient.must(`body=$(find ${patient.account.home}/.cache/pip/http-v2 -name '*.body' -size +1M | head -n 1) && head -c 110000000 /dev/zero >> "$body"`);
    await asBuildKitDoes(patient);
  },
  act: weigh,
  complaint: { silent: "no pip says how heavy its cache is", shows: async (output) => must(megabytes(output.text) > 100, output.text) },
  path: () => cache, watch: () => [`${image}${home}/.cache`],
  cure: { by: "patient", choose: "clear-it", undo: "refused" },
  healthy: async (_patient, output) => must(megabytes(output.text) < 20, output.text),
}]);
