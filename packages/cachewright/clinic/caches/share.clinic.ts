/** A cache opened to a group: two members use each other's, nobody else writes, and undo closes it again. */
import { changedPaths, takeManifest, type Manifest } from "../manifest.ts";
import type { Output } from "../room.ts";
import { must, step } from "../step.ts";
import { mustEqual } from "../treat.ts";
import { addUser, runAs, type Account } from "../users.ts";
import { ask, describeCared, isQuiet, isRefused, mustDo, undo, type Caring } from "./commands.ts";

const group = "cwmembers";
const cacheOf = ({ tool }: Caring): string => `/mnt/shared/${tool}`;
const root: Account = { name: "root", uid: 0, gid: 0, home: "/root" };

/** Into a directory of their own: a hard link to another's file is refused by the kernel (fs.protected_hardlinks). */
async function install({ tool, patient }: Caring, account: Account, ...what: readonly string[]): Promise<Output> {
  const target = patient.freshDir();
  const argv = tool === "pip" ? ["pip", "install", ...patient.indexArgs, "--no-deps", "--target", target, ...what]
    : ["uv", "pip", "install", "--no-deps", "--link-mode", "copy", "--python", "/usr/bin/python3", "--target", target, ...what];
  const run = account.uid === 0 ? (env: Record<string, string>) => patient.room.run(argv, { env: { ...env, HOME: "/root" } }) : (env: Record<string, string>) => runAs(patient.room, account, argv, { env, umask: "022" });
  const { indexEnv = {} } = patient as { indexEnv?: Readonly<Record<string, string>> };
  const output = await run({ ...patient.env, ...indexEnv });
  isQuiet(`${tool} of ${account.name}`, output, /DEPRECATION|You are using pip|You should consider|Running pip as the 'root' user/);
  return output;
}

/** Nothing of it is built or fetched anew. */
async function isServed(caring: Caring, account: Account, sdist: string): Promise<void> {
  const { text } = await install(caring, account, "wpkg", sdist);
  const isCached = caring.tool === "pip" ? new RegExp(`Using cached .*${sdist}.*\\.whl`).test(text) : !/Building|Built/.test(text);
  must(isCached, `${account.name} should be served ${sdist} by what others have put there:\n${text}`);
}

const watch = ({ patient: { room } }: Caring): Promise<Manifest> => takeManifest(room, ["/mnt/shared"]);

/** One settings file for all, as an administrator writes it, and a cache that `owner` alone has used. */
async function fillAs(caring: Caring, owner: Account): Promise<Account> {
  const { patient, tool } = caring;
  const cache = cacheOf(caring);
  const partner = await addUser(patient.room);
  await patient.root(`groupadd ${group} && usermod -aG ${group} ${patient.account.name} && usermod -aG ${group} ${partner.name}
    mkdir -p /mnt/shared /etc/uv && install -d -m 755 -o ${owner.uid} -g ${owner.gid} ${cache}
    ${tool === "pip" ? `printf '[global]\\ncache-dir = ${cache}\\n' > /etc/pip.conf` : `printf 'cache-dir = "${cache}"\\n' > /etc/uv/uv.toml`}`);
  await install(caring, owner, "wpkg", "spkg");
  await install(caring, owner, "wpkg", "spkg");
  return partner;
}

async function nobodyElseWrites({ patient, ...caring }: Caring): Promise<void> {
  const open = (await patient.root(`find ${cacheOf({ patient, ...caring })} ! -type l -perm /002`)).trim();
  // uv makes its locks for everybody, whatever it is told (uv 0.13 uv-fs/locked_file.rs).
  const others = open.split("\n").filter((path) => path !== "" && !path.endsWith(".lock"));
  must(others.length === 0, `nobody else may write: ${others.join(", ")}`);
}

async function shareAs(caring: Caring, as: "patient" | "root"): Promise<void> {
  const { patient, tool } = caring;
  const owner = as === "root" ? root : patient.account;
  const partner = await step("fill", () => fillAs(caring, owner));
  const before = await watch(caring);
  const share = (): Promise<string> => mustDo(patient, ["cache", "share", tool, "--group", group], as);
  const text = await step("share", share);
  must(as !== "root" || /proven: two members/.test(text), `root should prove it as two members:\n${text}`);
  await step("undo", async () => {
    const left = await undo(patient, as);
    must(left.length === 0, `undo left ${JSON.stringify(left)}`);
    // The members of the proof have made and removed something at its top.
    mustEqual(before, await watch(caring), { additions: "refused", changed: new Set([cacheOf(caring)]) });
  });
  await step("share again", share);
  const shared = await watch(caring);
  await step("nobody else writes", () => nobodyElseWrites(caring));
  const users = as === "root" ? [patient.account, partner] : [partner, patient.account];
  for (const user of users) await step(`${user.name} uses what was there`, () => isServed(caring, user, "spkg"));
  const [one = root, other = root] = users;
  await step("one adds its own", () => install(caring, one, "firstpkg", "flavoured"));
  await step("the other uses that", () => isServed(caring, other, "flavoured"));
  await step("and the other way round", async () => {
    await install(caring, other, "secondpkg");
    await install(caring, one, "secondpkg");
  });
  await nobodyElseWrites(caring);
  const used = await watch(caring);
  const changed = changedPaths(shared, used);
  await step("undo after use", async () => {
    const wrongly = (await undo(patient, as)).filter(({ path }) => !changed.has(path));
    must(wrongly.length === 0, `undo left ${JSON.stringify(wrongly)}`);
    mustEqual(before, await watch(caring), { additions: "allowed", changed: new Set([...changed, cacheOf(caring)]) });
  });
}

describeCared("cache share", [
  { name: "by root, of what root has put there", place: "foreign prefix", needs: ["setfacl", "getfacl"], act: (caring) => shareAs(caring, "root") },
  { name: "by its owner, a member", place: "foreign prefix", needs: ["setfacl", "getfacl"], act: (caring) => shareAs(caring, "patient") },
  {
    name: "refused: a closed home, everybody, a group one is not in",
    async act(caring) {
      const { patient, tool } = caring;
      await caring.use();
      await patient.root(`groupadd ${group} && usermod -aG ${group} ${patient.account.name} && groupadd cwstrangers && chmod 700 ${patient.account.home}`);
      const before = await takeManifest(patient.room, [`${patient.account.home}/.cache`]);
      await isRefused(patient, ["cache", "share", tool, "--group", group], /cannot get to .*: \/home\/\w+ lets others not pass/);
      for (const mode of ["777", "0777"]) await isRefused(patient, ["cache", "share", tool, "--group", mode], /is a mode/);
      const { code, text } = await ask(patient, ["cache", "share", tool, "--group", "cwstrangers", "--yes"]);
      must(code === 2 && /you are not in the group/.test(text), `it should be told who can (exit ${code}):\n${text}`);
      mustEqual(before, await takeManifest(patient.room, [`${patient.account.home}/.cache`]));
    },
  },
]);
