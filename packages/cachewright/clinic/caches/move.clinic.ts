/** A cache that the real tool filled goes to another place, and the tool goes on from there; back; and after a kill. */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { takeManifest, type Manifest } from "../manifest.ts";
import { NODE_IN_ROOM, CACHEWRIGHT_IN_ROOM } from "../room.ts";
import { must, step } from "../step.ts";
import { mustEqual } from "../treat.ts";
import { appears, describeCared, mustDo, undo, type Caring } from "./commands.ts";

const disk = "/mnt/disk";
/** uv says it of every file system but its own. */
const noHardLinks = /Failed to hardlink files|fallback to copy|falling back to full copy|link-mode|hardlinking may not be supported|degraded performance/i;

async function otherDisk({ patient }: Caring, size = "64m"): Promise<void> {
  const { uid, gid } = patient.account;
  await patient.root(`mkdir ${disk} && mount -t tmpfs -o size=${size},mode=755,uid=${uid},gid=${gid} tmpfs ${disk}`);
}

/** Without the environment, whose files are second names of uv's. */
async function watch({ patient: { room, account: { home } } }: Caring): Promise<Manifest> {
  await room.must(`rm -rf ${home}/env`);
  return takeManifest(room, [`${home}/.cache`, `${home}/.config`]);
}

/** What a person looks at after a move: the tool's own word, and an install without a network. */
async function worksAt(caring: Caring, dest: string, but?: RegExp): Promise<void> {
  await step("the tool says where", async () => {
    const said = await caring.says();
    must(said === dest, `${caring.tool} should use ${dest}, it says ${said}`);
  });
  await step("the tool works from there", () => caring.use({ offline: true, ...(but && { but }) }));
}

async function moveAndBack(caring: Caring, dest: string, but?: RegExp): Promise<void> {
  const { patient, tool, root } = caring;
  await step("fill", () => caring.use());
  await caring.use();
  await patient.must("chmod 750 ~/.cache/*");
  const before = await watch(caring);
  const partial = `${dest}.cachewright-moving`;
  const text = await step("move", () => mustDo(patient, ["cache", "move", tool, dest]));
  must(/Moved/.test(text), text);
  await worksAt(caring, dest, but);
  must((await patient.must(`stat -c %a ${dest}`)).trim() === "750", "the new place should be as open as the old one was");
  must((await patient.run(["ls", "-d", root])).code !== 0, `${root} should be set aside`);
  if (tool === "uv") {
    await step("uv prunes nothing that is used", async () => {
      await patient.must("uv cache prune");
      await caring.use({ offline: true, ...(but && { but }) });
    });
  }
  await step("undo", async () => {
    const left = await undo(patient);
    must(left.length === 0, `undo left ${JSON.stringify(left)}`);
  });
  // The copy stays for the person to delete; on the same file system it holds second names of the same files.
  await patient.must(`rm -r ${partial}`);
  // uv opened its locks in the new place, which on the same file system are the same files.
  const locks = new Set([...before.keys()].filter((path) => path.endsWith("/.lock")));
  await step("as before", async () => mustEqual(before, await watch(caring), { additions: "refused", changed: locks }));
  await worksAt(caring, root);
}

const bigs = 12;

/** Files that take their time: the command is killed when some have arrived. */
async function killInTheMiddle(caring: Caring, dest: string): Promise<void> {
  const { patient, tool } = caring;
  const seen = patient.room.seen(`${dest}.cachewright-moving`);
  const arrived = (): readonly string[] => {
    try {
      return readdirSync(seen).filter((name) => name.startsWith("big-"));
    } catch {
      return [];
    }
  };
  const running = patient.run(["sh", "-c", 'echo $$ > ~/pid.new && mv ~/pid.new ~/pid && exec "$@"', "sh", NODE_IN_ROOM, CACHEWRIGHT_IN_ROOM, "cache", "move", tool, dest, "--yes"]);
  await appears(patient, `${patient.account.home}/pid`);
  const pid = Number(readFileSync(patient.room.seen(`${patient.account.home}/pid`), "utf8"));
  const end = running.then(() => true);
  while (arrived().length < 2 && !(await Promise.race([end, sleep(1, false)]))) continue;
  if (!(await Promise.race([end, sleep(0, false)]))) process.kill(pid, "SIGKILL");
  const { code, text } = await running;
  must(code !== 0, `it should have been killed:\n${text}`);
  const there = arrived();
  must(there.length >= 2 && there.length < bigs, `it should have been in the middle of copying, ${there.length} of ${bigs} had arrived`);
}

async function resume(caring: Caring): Promise<void> {
  const { patient, tool, root } = caring;
  const dest = `${disk}/${tool}`;
  await otherDisk(caring, "700m");
  await step("fill", () => caring.use());
  await caring.use();
  await patient.must(`for i in $(seq ${bigs}); do head -c 30000000 /dev/zero > ${root}/big-$i; done`);
  const before = await watch(caring);
  await step("kill", () => killInTheMiddle(caring, dest));
  await step("nothing was changed", async () => mustEqual(before, await watch(caring)));
  await step("the tool goes on in the old place", () => worksAt(caring, root));
  const inodes = async (at: string): Promise<readonly string[]> => (await patient.must(`cd ${at} && stat -c '%n %i %s' big-*`)).trim().split("\n").filter((line) => line.endsWith(" 30000000"));
  const arrived = (await inodes(`${dest}.cachewright-moving`)).slice(0, -1);
  const text = await step("the same command again", () => mustDo(patient, ["cache", "move", tool, dest]));
  must(/An earlier move was stopped/.test(text), `it should be told that it goes on:\n${text}`);
  const now = new Set(await inodes(dest));
  must(now.size === bigs && arrived.filter((one) => now.has(one)).length >= arrived.length - 1, "what had arrived should not have been copied again");
  await worksAt(caring, dest, noHardLinks);
}

describeCared("cache move", [
  {
    name: "to another file system and back",
    async act(caring) {
      await otherDisk(caring);
      await moveAndBack(caring, `${disk}/caches`, noHardLinks);
    },
  },
  { name: "on the same file system and back", act: (caring) => moveAndBack(caring, `${caring.patient.account.home}/moved`) },
  { name: "killed in the middle, and the same command again", act: resume },
]);
