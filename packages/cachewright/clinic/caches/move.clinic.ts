/** A cache that the real tool filled goes to another place, and the tool goes on from there; back; and after a kill. */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { takeManifest, type Manifest } from "../manifest.ts";
import type { Patient } from "../patient.ts";
import { NODE_IN_ROOM, CACHEWRIGHT_IN_ROOM, type Output } from "../room.ts";
import { must, step } from "../step.ts";
import { mustEqual } from "../treat.ts";
import { appears, describeCared, isOfAnotherRoom, mustDo, undo, type Caring } from "./commands.ts";

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

/** So many files that the command is met while it copies, however quick the machine is. */
const many = { files: 4000, bytes: 20_000 };

/** The command is killed when some have arrived. */
async function killInTheMiddle(caring: Caring, dest: string): Promise<void> {
  const { patient, tool } = caring;
  const seen = patient.room.seen(`${dest}.cachewright-moving`);
  const arrived = (): readonly string[] => {
    try {
      return readdirSync(seen).filter((name) => name.startsWith("one-"));
    } catch {
      return [];
    }
  };
  for (;;) {
    const output = await killedWhen(patient, { argv: ["cache", "move", tool, dest, "--yes"], isTime: () => arrived().length >= 2 });
    if (isOfAnotherRoom(patient, output)) continue;
    must(output.code !== 0, `it should have been killed:\n${output.text}`);
    const there = arrived();
    must(there.length >= 2 && there.length < many.files, `it should have been in the middle of copying, ${there.length} of ${many.files} had arrived:\n${output.text}`);
    return;
  }
}

/** The command's own process, not its room's. */
async function killedWhen(patient: Patient, { argv, isTime }: { readonly argv: readonly string[]; readonly isTime: () => boolean }): Promise<Output> {
  await patient.must("rm -f ~/pid");
  const running = patient.run(["sh", "-c", 'echo $$ > ~/pid.new && mv ~/pid.new ~/pid && exec "$@"', "sh", NODE_IN_ROOM, CACHEWRIGHT_IN_ROOM, ...argv]);
  await appears(patient, `${patient.account.home}/pid`);
  const pid = Number(readFileSync(patient.room.seen(`${patient.account.home}/pid`), "utf8"));
  const end = running.then(() => true);
  while (!isTime() && !(await Promise.race([end, sleep(1, false)]))) continue;
  if (!(await Promise.race([end, sleep(0, false)]))) process.kill(pid, "SIGKILL");
  return running;
}

async function resume(caring: Caring): Promise<void> {
  const { patient, tool, root } = caring;
  const dest = `${disk}/${tool}`;
  await otherDisk(caring, "700m");
  await step("fill", () => caring.use());
  await caring.use();
  await patient.must(`head -c ${many.files * many.bytes} /dev/zero | split -b ${many.bytes} -a 4 -d - ${root}/one-`);
  const before = await watch(caring);
  await step("kill", () => killInTheMiddle(caring, dest));
  await step("nothing was changed", async () => mustEqual(before, await watch(caring)));
  await step("the tool goes on in the old place", () => worksAt(caring, root));
  const inodes = async (at: string): Promise<readonly string[]> => (await patient.must(`cd ${at} && stat -c '%n %i %s' one-*`)).trim().split("\n").filter((line) => line.endsWith(` ${many.bytes}`));
  const arrived = (await inodes(`${dest}.cachewright-moving`)).slice(0, -1);
  const text = await step("the same command again", () => mustDo(patient, ["cache", "move", tool, dest]));
  must(/An earlier move was stopped/.test(text), `it should be told that it goes on:\n${text}`);
  const now = new Set(await inodes(dest));
  must(now.size === many.files && arrived.filter((one) => now.has(one)).length >= arrived.length - 1, "what had arrived should not have been copied again");
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
