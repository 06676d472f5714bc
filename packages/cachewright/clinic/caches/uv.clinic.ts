/** A real uv's cache: every kind of entry is removed, and uv goes on without a word. */
import { describe, inject, it } from "vitest";
import { withIndex } from "../case.ts";
import type { PackageIndex } from "../index/serve-index.ts";
import type { Output } from "../room.ts";
import { must, step } from "../step.ts";
import { admitWithTool, kitsFor, type ToolPatient } from "../tool.ts";
import type { ToolKit } from "../tools/kits.ts";
import { askCache, goingWith, removeEntry, type CacheAnswers } from "./ask-cache.ts";

const cacheOf = ({ account }: ToolPatient): string => `${account.home}/.cache/uv`;
const env = "/mnt/work/env";
const site = async (patient: ToolPatient, at = env): Promise<string> => (await patient.must(`ls -d ${at}/lib/python3*/site-packages`)).trim();
const ask = (patient: ToolPatient, root = cacheOf(patient)): Promise<CacheAnswers> => askCache(patient, { tool: "uv", root, versions: [patient.version] });

function isQuiet(what: string, { code, text }: Output): void {
  must(code === 0 && !/warning|error|failed/i.test(text), `${what} should say nothing bad (exit ${code}):\n${text}`);
}

/** All that is cached is used: wheels, a built one, a repository, pages, an environment of `uvx`. */
async function useAll(patient: ToolPatient, ...more: readonly string[]): Promise<void> {
  const commit = (await patient.run(["ls", "-d", "repository"])).code === 0 ? [`gitpkg @ git+file://${patient.account.home}/repository`] : [];
  isQuiet("an install", await patient.tool("pip", "install", "--reinstall", "--link-mode", "copy", "--python", `${env}/bin/python`, "wpkg", "spkg", "flavoured", ...commit, ...more));
  isQuiet("uvx", await patient.tool("tool", "run", "scripted"));
  await patient.must(`${env}/bin/python -c 'import wpkg, spkg, flavoured'`);
}

/** A checkout of a project that builds itself, as others have them on a forge. */
async function makeRepository(patient: ToolPatient): Promise<void> {
  await patient.must(`
    mkdir repository && cd repository && git init --quiet .
    printf '[build-system]\\nrequires = []\\nbuild-backend = "backend"\\nbackend-path = ["."]\\n[project]\\nname = "gitpkg"\\nversion = "5.0"\\n' > pyproject.toml
    cat > backend.py <<'BACKEND'
import os, zipfile
def build_wheel(directory, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(os.path.join(directory, "gitpkg-5.0-py3-none-any.whl"), "w") as archive:
        archive.writestr("gitpkg.py", "VALUE = 1\\n")
        archive.writestr("gitpkg-5.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: gitpkg\\nVersion: 5.0\\n")
        archive.writestr("gitpkg-5.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: clinic\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        archive.writestr("gitpkg-5.0.dist-info/RECORD", "gitpkg.py,,\\ngitpkg-5.0.dist-info/METADATA,,\\ngitpkg-5.0.dist-info/WHEEL,,\\ngitpkg-5.0.dist-info/RECORD,,\\n")
    return "gitpkg-5.0-py3-none-any.whl"
BACKEND
    git add . && git -c user.name=x -c user.email=x@example.org commit --quiet --message one`);
}

async function fill(patient: ToolPatient): Promise<CacheAnswers> {
  if (!inject("equipment").missing.includes("git")) await makeRepository(patient);
  await patient.must(`python3 -m venv --without-pip ${env}`);
  await useAll(patient);
  await useAll(patient);
  const answers = await ask(patient);
  must(answers.listing.foreign.length === 0 && answers.listing.unread.length === 0, `uv wrote all of it, foreign: ${answers.listing.foreign.join(" ")}`);
  isSound(answers);
  return answers;
}

function isSound({ verdicts }: CacheAnswers): void {
  const faults = verdicts.flatMap((verdict) => verdict.faults);
  must(faults.length === 0, `the cache should be sound, it has ${JSON.stringify(faults)}`);
}

async function within(kit: ToolKit, index: PackageIndex, act: (patient: ToolPatient) => Promise<void>): Promise<void> {
  const patient = await admitWithTool(kit, index);
  try {
    await act(patient);
  } finally {
    await patient.close();
  }
}

/** Each from the same full cache: what goes with it, and nothing else, is gone; then uv works, prunes and cleans. */
async function removeEach(patient: ToolPatient): Promise<void> {
  const root = cacheOf(patient);
  const { listing: { entries } } = await step("fill the cache", () => fill(patient));
  const kinds = new Set(entries.map(({ kind }) => kind));
  for (const kind of ["package", "built-wheel", "source", "metadata", "index", "interpreter", "environment"] as const) must(kinds.has(kind), `there should be an entry of the kind ${kind}`);
  if (!inject("equipment").missing.includes("git")) must(entries.filter(({ kind, project }) => kind === "source" && project === "gitpkg").length === 2, "the repository and the checkout should be named");
  await patient.must(`cp -a ${root} ~/full`);
  for (const { id, kind } of entries) {
    await step(`${kind} ${id}`, async () => {
      await patient.must(`rm -rf ${root} && cp -a ~/full ${root}`);
      await removeEntry(patient, entries, id);
      const left = new Set((await ask(patient)).listing.entries.map((entry) => entry.id));
      const gone = new Set(goingWith(entries, id).map((entry) => entry.id));
      must(entries.every((entry) => gone.has(entry.id) !== left.has(entry.id)), `only ${[...gone].join(", ")} should be gone, left are ${[...left].join(", ")}`);
      await useAll(patient);
      isSound(await ask(patient));
      isQuiet("cache prune", await patient.tool("cache", "prune"));
      isQuiet("cache clean", await patient.tool("cache", "clean", "wpkg"));
      await useAll(patient);
    });
  }
}

/** What is called prunable goes, and nothing else does. */
async function prunes(patient: ToolPatient): Promise<void> {
  const before = await step("fill the cache", () => fill(patient));
  must(before.prunable?.some((id) => id.startsWith("environments-v")) === true, "the environment should be prunable");
  isQuiet("cache prune", await patient.tool("cache", "prune"));
  const left = new Set((await ask(patient)).listing.entries.map(({ id }) => id));
  const gone = before.listing.entries.map(({ id }) => id).filter((id) => !left.has(id));
  must(JSON.stringify(gone.sort()) === JSON.stringify([...(before.prunable ?? [])].sort()), `prune should take ${before.prunable?.join(", ")}; it took ${gone.join(", ")}`);
}

async function findsUsers(patient: ToolPatient): Promise<void> {
  await patient.must("for name in linked soft copied; do python3 -m venv --without-pip /mnt/work/$name; done");
  for (const [name, mode] of [["linked", "hardlink"], ["soft", "symlink"], ["copied", "copy"]] as const) isQuiet(mode, await patient.tool("pip", "install", "--link-mode", mode, "--cache-dir", "/mnt/work/cache", "--python", `/mnt/work/${name}/bin/python`, "firstpkg", "wpkg", "spkg"));
  const environments = await Promise.all(["linked", "soft", "copied"].map(async (name) => ({ kind: "venv" as const, prefix: `/mnt/work/${name}`, site: [await site(patient, `/mnt/work/${name}`)] })));
  const { listing, uses } = await askCache(patient, { tool: "uv", root: "/mnt/work/cache", versions: [patient.version], environments });
  const used = listing.entries.filter(({ kind, project }) => (kind === "package" || kind === "built-wheel") && ["wpkg", "spkg", "firstpkg"].includes(project ?? ""));
  must(used.length === 3, `three packages are cached, found ${used.length}`);
  for (const { id } of used) {
    const told = (uses[id] ?? []).map(({ environment, how }) => `${environment.split("/").at(-1)} ${how}`).sort().join(", ");
    must(told === "copied copy, linked hard-link, soft soft-link", `${id} is used by ${told}`);
  }
}

/** `uvx` in symlink mode: without the wheel its environment is broken, and goes with it. */
async function needsLinks(patient: ToolPatient): Promise<void> {
  const tool = (): Promise<Output> => patient.run(["uv", "tool", "run", "scripted"], { env: { ...patient.indexEnv, UV_LINK_MODE: "symlink" } });
  isQuiet("uvx", await tool());
  const { listing: { entries } } = await ask(patient);
  const environment = entries.find(({ kind }) => kind === "environment");
  const wheel = entries.find(({ kind, project }) => kind === "package" && project === "scripted");
  must(environment !== undefined && wheel !== undefined && (environment.needs ?? []).includes(wheel.id), `the environment should need the wheel, it needs ${environment?.needs?.join(", ")}`);
  await removeEntry(patient, entries, wheel.id);
  isQuiet("uvx afterwards", await tool());
}

/** An old cache has absolute links: at another place they lead back, and prune would take all archives. */
async function moves(patient: ToolPatient): Promise<void> {
  await step("fill the cache", () => fill(patient));
  await patient.must(`rm -rf ~/full && mv ${cacheOf(patient)} ~/elsewhere`);
  const root = `${patient.account.home}/elsewhere`;
  const moved = await ask(patient, root);
  const links = moved.moved ?? [];
  must(links.length > 0 && moved.verdicts.some(({ faults }) => faults.some(({ kind }) => kind === "mismatch")), "the links should be told");
  await patient.must(links.map(({ path, to }) => `ln -sfn '${to}' '${path}'`).join(" && "));
  isSound(await ask(patient, root));
  isQuiet("cache prune", await patient.tool("cache", "prune", "--cache-dir", root));
  const count = async (): Promise<number> => (await ask(patient, root)).listing.entries.filter(({ kind, paths }) => kind !== "environment" && paths.some((path) => path.includes("/archive-v0/"))).length;
  const before = moved.listing.entries.filter(({ kind, paths }) => kind !== "environment" && kind !== "leftover" && paths.some((path) => path.includes("/archive-v0/"))).length;
  must((await count()) === before, `${before} archives should stay, there are ${await count()}`);
  const { code, text } = await patient.tool("pip", "install", "--reinstall", "--offline", "--cache-dir", root, "--link-mode", "copy", "--python", `${env}/bin/python`, "wpkg", "spkg");
  must(code === 0 && !/Built|warning/.test(text), `all of it should be there, built already:\n${text}`);
}

/** While uv runs nobody gets the lock, and entries go under it while installs come and go. */
async function locks(patient: ToolPatient): Promise<void> {
  const { listing: { entries }, lock } = await step("fill the cache", () => fill(patient));
  must(lock.how === "flock" && lock.path === `${cacheOf(patient)}/.lock`, `the lock should be a file's, it is ${JSON.stringify(lock)}`);
  await patient.must("mkfifo ~/wait");
  const running = patient.tool("run", "--no-project", "sh", "-c", "echo on > ~/started; cat ~/wait > /dev/null");
  await patient.must("while ! [ -s ~/started ]; do sleep 0.05; done");
  const tried = await patient.run(["flock", "--exclusive", "--nonblock", lock.path, "true"]);
  await patient.must("echo done > ~/wait");
  isQuiet("uv run", await running);
  must(tried.code === 1, "the lock should be refused while uv runs");
  await patient.must(`flock --exclusive --nonblock ${lock.path} true`);
  const installs = (async () => {
    for (let i = 0; i < 12; i += 1) await useAll(patient);
  })();
  for (const { id } of entries) {
    const paths = goingWith(entries, id).flatMap((entry) => entry.paths).map((path) => `"${path}"`).join(" ");
    await patient.must(`flock --exclusive ${lock.path} rm -rf -- ${paths}`);
  }
  await installs;
  isSound(await ask(patient));
}

const index = withIndex();
const cases = [
  { name: "goes on after the removal of each entry", versions: undefined, needs: [], act: removeEach },
  { name: "prunes what is called prunable", versions: undefined, needs: [], act: prunes },
  { name: "is told which environments it serves, and how", versions: undefined, needs: [], act: findsUsers },
  { name: "has environments that are links into it", versions: undefined, needs: [], act: needsLinks },
  { name: "is moved, and its links are made right", versions: "old", needs: [], act: moves },
  { name: "is locked while uv runs", versions: "newest", needs: ["flock"], act: locks },
] as const;

describe.each(cases)("uv's cache $name", ({ versions, needs, act }) => {
  for (const kit of kitsFor("uv", versions)) {
    const lacks = needs.filter((need) => inject("equipment").missing.includes(need));
    const reason = kit.obstacle ?? (lacks.length > 0 ? `needs ${lacks.join(", ")}` : null);
    it.skipIf(reason !== null)(`uv ${kit.version}${reason === null ? "" : ` (${reason})`}`, () => within(kit, index(), act));
  }
});
