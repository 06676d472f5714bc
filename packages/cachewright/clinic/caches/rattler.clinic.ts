/** py-rattler, old and new, goes on without a word after any entry of its cache was taken away, and waits for the locks that are named. */
import { describe, it } from "vitest";
import { pixiCache, rattlerCache } from "../../src/tools/pixi/tool-cache.ts";
import type { CacheAsk, CacheEntry, CacheListing, CacheLock } from "../../src/tools/tool-cache.ts";
import { rattlers, withRattler, works, type RattlerPatient } from "../rattler.ts";
import type { Output } from "../room.ts";
import { must, step } from "../step.ts";
import { machineIn } from "./room-machine.ts";

const root = ({ account }: RattlerPatient): string => `${account.home}/.cache/rattler/cache`;
const env = ({ account }: RattlerPatient): string => `${account.home}/work/.pixi/envs/default`;
const ask = (patient: RattlerPatient): CacheAsk => ({ machine: machineIn(patient.room), root: root(patient), now: Date.now(), versions: [], pythons: [] });
const list = (patient: RattlerPatient): CacheListing => rattlerCache.list(ask(patient));

/** What a channel offers, asked over HTTP: of one on this disk nothing is noted. */
const askScript = `
import asyncio, os, sys, traceback, rattler
async def main(): await rattler.solve([rattler.Channel(sys.argv[1])], ["lantern", "beacon"], platforms=["noarch", "linux-64"])
code = 0
try: asyncio.run(main())
except BaseException: traceback.print_exc(); code = 1
sys.stdout.flush(); sys.stderr.flush(); os._exit(code)
`;

interface Channel {
  ask(wrapped?: readonly string[]): Promise<Output>;
  close(): Promise<void>;
}

async function openChannel(patient: RattlerPatient): Promise<Channel> {
  await patient.must(`setsid ${patient.python} -u -m http.server --bind 127.0.0.1 --directory /mnt/work/chan 0 > /tmp/channel 2>&1 & echo $! > /tmp/channel.pid; while ! grep -q http: /tmp/channel; do sleep 0.1; done`);
  const [url = ""] = /http:\/\/[^/]+/.exec(await patient.must("cat /tmp/channel")) ?? [];
  return {
    ask: (wrapped = []) => patient.run([...wrapped, patient.python, "-c", askScript, url], { env: { PYTHONPATH: "/mnt/rattler", PYTHONDONTWRITEBYTECODE: "1" } }),
    close: async () => { await patient.must("kill $(cat /tmp/channel.pid)"); },
  };
}

async function withChannel(patient: RattlerPatient, act: (channel: Channel) => Promise<void>): Promise<void> {
  const channel = await openChannel(patient);
  try {
    silent(await channel.ask());
    await act(channel);
  } finally {
    await channel.close();
  }
}

function silent({ code, text }: Output): void {
  must(code === 0 && text.trim() === "", `rattler should say nothing, it said (exit ${code}):\n${text}`);
}

async function filled(patient: RattlerPatient): Promise<void> {
  await works(patient, ["lantern", "beacon"], { prefix: env(patient) });
  healthy(patient, "a fresh cache");
  const { entries } = list(patient);
  const packages = entries.filter(({ kind }) => kind === "package").map(({ project, version }) => `${project} ${version}`);
  must(packages.join() === "beacon 1.0,lantern 1.0", `both packages should be listed, found ${packages.join()}`);
  must(JSON.stringify(pixiCache.list(ask(patient))) === JSON.stringify(list(patient)), "pixi's listing should be the same");
  const uses = rattlerCache.usedBy?.(ask(patient), entries, [{ kind: "conda", prefix: env(patient), site: [] }]);
  const how = entries.filter(({ kind }) => kind === "package").map(({ id }) => uses?.get(id)?.[0]?.how);
  must(how.join() === "hard-link,hard-link", `both should be linked, found ${how.join()}`);
}

function healthy(patient: RattlerPatient, what: string): void {
  const { entries, unread, foreign } = list(patient);
  must(rattlerCache.recognises(machineIn(patient.room), root(patient)), `${what}: it should be known as rattler's`);
  must(unread.length === 0 && foreign.length === 0, `${what}: everything should be known, ${JSON.stringify({ unread, foreign })}`);
  const faults = [...rattlerCache.verify(ask(patient), entries)].flatMap((verdict) => verdict.faults);
  must(faults.length === 0, `${what}: nothing should be wrong, ${JSON.stringify(faults)}`);
}

async function goesOn(patient: RattlerPatient, what: string): Promise<void> {
  const fresh = patient.freshDir();
  await works(patient, ["lantern", "beacon"], { prefix: fresh });
  const text = await patient.must(`cat ${fresh}/share/lantern/a.txt ${fresh}/share/beacon/a.txt`);
  must(text === "lantern".repeat(20) + "beacon".repeat(20), `${what}: the environment should hold both packages, it holds ${text}`);
  await works(patient, ["lantern", "beacon"], { prefix: env(patient) });
  healthy(patient, what);
}

async function remove(patient: RattlerPatient, wanted: (entry: CacheEntry) => boolean): Promise<void> {
  const entries = list(patient).entries.filter(wanted);
  must(entries.length > 0, "there should be something to remove");
  await patient.must(`rm -rf -- ${entries.flatMap(({ paths }) => paths).map((path) => `'${path}'`).join(" ")}`);
}

const removals: readonly { readonly name: string; readonly act: (patient: RattlerPatient) => Promise<void> }[] = [
  { name: "a package", act: (patient) => remove(patient, ({ project }) => project === "lantern") },
  { name: "all packages", act: (patient) => remove(patient, ({ kind }) => kind === "package") },
  { name: "everything", act: (patient) => remove(patient, () => true) },
  {
    name: "a package without an index",
    async act(patient) {
      await patient.must(`rm ${root(patient)}/pkgs/lantern-1.0-0/info/index.json`);
      await remove(patient, ({ kind }) => kind === "damaged");
    },
  },
  {
    name: "what was left of unpacking, and a revision of nothing",
    async act(patient) {
      await patient.must(`cd ${root(patient)}/pkgs && mkdir -p .lantern-1.0-0Ab12Cd && touch .lantern-1.0-0Ab12Cd/x && rm -r beacon-1.0-0`);
      await remove(patient, ({ kind }) => kind === "leftover");
      must(await patient.must(`ls -A ${root(patient)}/pkgs | grep -c 'beacon\\|Ab12' || true`) === "0\n", "nothing of it should be left");
    },
  },
];

/** The tool waits for each of these, and goes on when they are free. */
async function waitsFor(patient: RattlerPatient, locks: readonly CacheLock[], act: (wrapped?: readonly string[]) => Promise<Output>): Promise<void> {
  must(locks.length > 0, "there should be a lock");
  for (const lock of locks) {
    must(lock.how === "flock", `it should be a lock of flock(2), ${JSON.stringify(lock)}`);
    const holder = `import fcntl, os, time; file = open("${lock.path}", "a"); fcntl.flock(file, fcntl.LOCK_EX); open("/tmp/held", "w").write(str(os.getpid())); time.sleep(600)`;
    await patient.must(`rm -f /tmp/held; setsid ${patient.python} -c '${holder}' > /dev/null 2>&1 & while [ ! -s /tmp/held ]; do sleep 0.1; done`);
    const held = await act(["timeout", "3"]);
    must(held.code === 124, `rattler should wait for ${lock.path}, it ended with ${held.code}:\n${held.text}`);
    await patient.must("kill $(cat /tmp/held)");
    silent(await act());
  }
}

/** Under the lock, what goes beside an installation is fetched again by it or was linked before. */
async function goesOnMeanwhile(patient: RattlerPatient): Promise<void> {
  const isLocked = (patient.pipVersion === "0.9.1") === false;
  for (const delay of ["0", "0.1", "0.2", "0.4"]) {
    const fresh = patient.freshDir();
    const running = patient.install(["lantern", "beacon"], { prefix: fresh });
    const paths = list(patient).entries.filter(({ project }) => project === "lantern").flatMap((entry) => entry.paths);
    const lock = isLocked ? `${root(patient)}/pkgs/.cache.lock` : `${root(patient)}/pkgs/lantern-1.0-0.lock`;
    await patient.must(`sleep ${delay}; flock ${lock} rm -rf ${paths.join(" ")}`);
    silent(await running);
    must(await patient.must(`cat ${fresh}/share/lantern/a.txt`) === "lantern".repeat(20), "lantern should be whole");
    await works(patient, ["lantern", "beacon"]);
  }
  healthy(patient, "after removal beside a running rattler");
}

describe("rattler's cache", () => {
  for (const tool of rattlers()) {
    const name = `py-rattler ${tool.version}${tool.obstacle === null ? "" : ` (${tool.obstacle})`}`;
    const run = (act: (patient: RattlerPatient) => Promise<void>) => (): Promise<void> => withRattler(tool, async (patient) => { await filled(patient); await act(patient); });
    it.skipIf(tool.obstacle !== null)(`may lose any entry: ${name}`, run(async (patient) => {
      for (const removal of removals) {
        await step(removal.name, async () => {
          await removal.act(patient);
          await goesOn(patient, removal.name);
        });
      }
    }));
    it.skipIf(tool.obstacle !== null)(`is locked as it says: ${name}`, run(async (patient) => {
      const packages = list(patient).entries.filter(({ kind }) => kind === "package");
      await step("packages", () => waitsFor(patient, rattlerCache.locks?.(ask(patient), packages) ?? [], (wrapped = []) => patient.install(["lantern", "beacon"], { wrapped })));
    }));
    it.skipIf(tool.obstacle !== null)(`may lose what is noted of channels, and locks each as it says: ${name}`, run((patient) => withChannel(patient, async (channel) => {
      healthy(patient, "with a channel");
      const channels = (): CacheEntry[] => list(patient).entries.filter(({ kind }) => kind === "index");
      must(channels().some(({ detail }) => detail?.endsWith("/noarch") === true), `channels should be named, found ${channels().map(({ detail }) => detail).join()}`);
      await step("locks", () => waitsFor(patient, rattlerCache.locks?.(ask(patient), channels()) ?? [], channel.ask));
      await step("removal", async () => {
        await remove(patient, ({ kind }) => kind === "index");
        silent(await channel.ask());
        healthy(patient, "fetched again");
      });
    })));
    it.skipIf(tool.obstacle !== null)(`may lose entries while it runs: ${name}`, run((patient) => step("at the same time", () => goesOnMeanwhile(patient))));
  }
});
