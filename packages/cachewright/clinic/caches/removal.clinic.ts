/** Entries leave the caches of the real tools by every command, and these go on without a word; undo brings all back. */
import { appendFileSync } from "node:fs";
import { takeManifest, type Manifest } from "../manifest.ts";
import type { Patient } from "../patient.ts";
import type { Output } from "../room.ts";
import { must, step } from "../step.ts";
import { mustEqual } from "../treat.ts";
import { appears, ask, describeCared, isRefused, mustDo, undo, type Caring } from "./commands.ts";

/** Without the environment, whose files are second names of uv's. */
async function watch({ patient: { room, account: { home } } }: Caring): Promise<Manifest> {
  await room.must(`rm -rf ${home}/env`);
  return takeManifest(room, [`${home}/.cache`]);
}

async function filled(caring: Caring): Promise<Manifest> {
  await step("fill", () => caring.use());
  await caring.use();
  const before = await watch(caring);
  await caring.patient.must("rm -rf ~/full && cp -a ~/.cache ~/full");
  return before;
}

const ways = ({ tool }: Caring): Readonly<Record<string, readonly string[]>> => ({
  rm: ["cache", "rm", tool, "wpkg"], "rm of what was built": ["cache", "rm", tool, "spkg"],
  prune: ["cache", "prune", tool, "--keep-size", "1K"], clear: ["cache", "clear", tool],
});

const bytesOf = async ({ patient, root }: Caring): Promise<number> => Number((await patient.must(`[ -d ${root} ] && du -sB1 ${root} | cut -f1 || echo 0`)).trim());

/** Directories that became empty have gone, too: but for that of pip's self-check, which pip would miss. */
async function leavesNoneEmpty({ patient, root }: Caring, act: () => Promise<unknown>): Promise<void> {
  const look = async (): Promise<string[]> => (await patient.must(`[ ! -d ${root} ] || find ${root} -mindepth 1 -type d -empty ! -name selfcheck`)).split("\n");
  const before = await look();
  await act();
  const left = (await look()).filter((path) => !before.includes(path));
  must(left.length === 0, `nothing is in these any more: ${left.join(", ")}`);
}

async function aside(caring: Caring, args: readonly string[]): Promise<void> {
  const { patient } = caring;
  const before = await filled(caring);
  const text = await mustDo(patient, args);
  must(/^Plan for /m.test(text), `something should have gone:\n${text}`);
  const left = await undo(patient);
  must(left.length === 0, `undo left ${JSON.stringify(left)}`);
  await step("as before", async () => mustEqual(before, await watch(caring)));
  await leavesNoneEmpty(caring, () => mustDo(patient, args));
  await step("the tool goes on", () => caring.use());
  await step("and works from its cache again", () => caring.use({ offline: true }));
  await patient.must("rm -rf ~/.cache ~/.cache/*.cachewright-* && cp -a ~/full ~/.cache");
}

async function now(caring: Caring, args: readonly string[]): Promise<void> {
  const { patient } = caring;
  await filled(caring);
  const before = await bytesOf(caring);
  await leavesNoneEmpty(caring, () => mustDo(patient, [...args, "--now"]));
  must((await bytesOf(caring)) < before, "the cache should be smaller");
  must((await patient.must("ls -A ~/.cache")).trim().split("\n").every((name) => !name.includes("cachewright")), "nothing should be left beside it");
  await step("the tool goes on", () => caring.use());
  await step("and works from its cache again", () => caring.use({ offline: true }));
}

async function eachWay(caring: Caring): Promise<void> {
  for (const [name, args] of Object.entries(ways(caring))) {
    await step(`${name}, set aside`, () => aside(caring, args));
    await step(`${name} --now`, () => now(caring, args));
  }
}

/** Until `~/done` is there. */
const waiting = "echo ready > ~/ready; while [ ! -e ~/done ]; do sleep 0.1; done";

async function while_(patient: Patient, running: Promise<Output>, act: () => Promise<void>): Promise<Output> {
  try {
    await Promise.race([appears(patient, `${patient.account.home}/ready`), running.then(({ text }) => {
      throw new Error(`it ended too early:\n${text}`);
    })]);
    await act();
  } finally {
    // It ends before the room goes, whatever came of this: it would wait for ever.
    appendFileSync(patient.room.seen(`${patient.account.home}/done`), "");
    await running.catch(() => undefined);
  }
  const output = await running;
  await patient.must("rm -f ~/ready ~/done");
  return output;
}

async function isKeptOut(caring: Caring, running: () => Promise<Output>): Promise<void> {
  const { patient, tool } = caring;
  await filled(caring);
  const output = await while_(patient, running(), async () => {
    const before = await watch(caring);
    for (const args of [["cache", "clear", tool], ["cache", "clear", tool, "--now"], ["cache", "move", tool, `${patient.account.home}/moved`], ["cache", "rm", tool, "spkg"]]) {
      await step(args.join(" "), () => isRefused(patient, args, new RegExp(`${tool} is using .*nothing was changed`, "s")));
    }
    mustEqual(before, await watch(caring));
  });
  must(output.code === 0, `the tool should end well:\n${output.text}`);
  await step("afterwards it is done", () => mustDo(patient, ["cache", "clear", tool]));
}

/** A project whose build waits: a real pip that runs for as long as it has to. */
async function slowProject({ must: run }: Patient): Promise<void> {
  await run(`
    mkdir -p slow && printf '[build-system]\\nrequires = []\\nbuild-backend = "backend"\\nbackend-path = ["."]\\n' > slow/pyproject.toml
    cat > slow/backend.py <<'BACKEND'
import os, time, zipfile
def build_wheel(directory, config_settings=None, metadata_directory=None):
    home = os.path.expanduser("~")
    open(os.path.join(home, "ready"), "w").close()
    while not os.path.exists(os.path.join(home, "done")):
        time.sleep(0.1)
    info = "slow-1.0.dist-info/"
    with zipfile.ZipFile(os.path.join(directory, "slow-1.0-py3-none-any.whl"), "w") as archive:
        archive.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: slow\\nVersion: 1.0\\n")
        archive.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: clinic\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        archive.writestr(info + "RECORD", "")
    return "slow-1.0-py3-none-any.whl"
BACKEND`);
}

const slowly = ({ patient }: Caring, ...more: readonly string[]): Promise<Output> => patient.pip("install", "--target", patient.freshDir(), "--no-deps", ...more, `${patient.account.home}/slow`);

describeCared("entries leave a cache", [
  { name: "by every command", act: eachWay },
  {
    name: "not while uv is at work", tools: ["uv"],
    act: (caring) => isKeptOut(caring, () => caring.patient.run(["uv", "run", "--no-project", "sh", "-c", waiting])),
  },
  {
    name: "not while pip is at work, but for one with another cache", tools: ["pip"],
    async act(caring) {
      const { patient, tool } = caring;
      await slowProject(patient);
      await isKeptOut(caring, () => slowly(caring));
      const running = slowly(caring, "--cache-dir", `${patient.account.home}/other`);
      await filled(caring);
      await while_(patient, running, async () => {
        const { code, text } = await ask(patient, ["cache", "clear", tool, "--yes"]);
        must(code === 0, `a pip with another cache should not be in the way (exit ${code}):\n${text}`);
      });
    },
  },
]);
