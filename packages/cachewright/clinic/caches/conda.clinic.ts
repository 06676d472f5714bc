/** conda goes on without a word after any entry of its cache was taken away, and what is listed is what it made and would clean. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, inject, it } from "vitest";
import { condaCache } from "../../src/tools/conda/tool-cache.ts";
import type { CacheAsk, CacheEntry, CacheListing, Use } from "../../src/tools/tool-cache.ts";
import { admitWithConda, type CondaPatient } from "../conda.ts";
import { channelScript } from "../rattler-scripts.ts";
import { archives } from "../rattler.ts";
import { INDEX_PREFIX, type Output } from "../room.ts";
import { must, step } from "../step.ts";
import { findCondas, type CondaTool } from "../tools/condas.ts";
import { machineIn } from "./room-machine.ts";

const pkgs = ({ account }: CondaPatient): string => `${account.home}/.conda/pkgs`;
/** One of each format. */
const archiveOf = (name: string): string => `/mnt/work/chan/noarch/${archives[name]}`;
const work = ({ account }: CondaPatient): string => `${account.home}/.conda/envs/work`;
const ask = (patient: CondaPatient, root = pkgs(patient)): CacheAsk => ({ machine: machineIn(patient.room), root, now: Date.now(), versions: [], pythons: [] });
const list = (patient: CondaPatient, root?: string): CacheListing => condaCache.list(ask(patient, root));

function silent(output: Output, what: string): void {
  must(output.code === 0 && !/warn|error|corrupt|fail|traceback|cannot|unable/i.test(output.text), `${what}: conda should say nothing bad, it said (exit ${output.code}):\n${output.text}`);
}

/** With explicit archives, cloned, put anew over what is there, and looked up in a channel. */
async function goesOn(patient: CondaPatient, what: string): Promise<void> {
  const fresh = patient.freshDir();
  silent(await patient.conda("create", "--yes", "--quiet", "--offline", "--prefix", fresh, archiveOf("lantern"), archiveOf("beacon")), `${what}, create`);
  const text = await patient.must(`cat ${fresh}/share/lantern/a.txt ${fresh}/share/beacon/a.txt`);
  must(text === "lantern".repeat(20) + "beacon".repeat(20), `${what}: the environment should hold both packages, it holds ${text}`);
  silent(await patient.conda("create", "--yes", "--quiet", "--offline", "--prefix", patient.freshDir(), "--clone", work(patient)), `${what}, clone`);
  silent(await patient.conda("install", "--yes", "--quiet", "--offline", "--force-reinstall", "--prefix", work(patient), archiveOf("lantern")), `${what}, reinstall`);
  silent(await patient.search(), `${what}, search`);
  healthy(patient, what);
}

function healthy(patient: CondaPatient, what: string): void {
  const { entries, unread, foreign } = list(patient);
  must(unread.length === 0 && foreign.length === 0, `${what}: everything should be known, ${JSON.stringify({ unread, foreign })}`);
  const faults = [...condaCache.verify(ask(patient), entries)].flatMap((verdict) => verdict.faults);
  must(faults.length === 0, `${what}: nothing should be wrong, ${JSON.stringify(faults)}`);
}

async function filled(patient: CondaPatient): Promise<void> {
  silent(await patient.conda("create", "--yes", "--quiet", "--offline", "--name", "work", archiveOf("lantern"), archiveOf("beacon")), "the first environment");
  silent(await patient.search(), "the first search");
  healthy(patient, "a fresh cache");
  const named = list(patient).entries.filter(({ project }) => project !== null).map(({ id, kind, detail, recreate }) => `${kind} ${id} (${detail}) ${recreate}`);
  const wanted = ["beacon", "lantern"].flatMap((name) => [`package ${name}-1.0-0 (noarch 0) download`, `download ${archives[name]} (noarch 0) download`]);
  must(JSON.stringify(named) === JSON.stringify(wanted), `both packages should be listed, found ${named.join(", ")}`);
  must(list(patient).entries.some(({ kind }) => kind === "index"), "what was noted of the channel should be listed");
}

async function remove(patient: CondaPatient, wanted: (entry: CacheEntry) => boolean): Promise<void> {
  const entries = list(patient).entries.filter(wanted);
  must(entries.length > 0, "there should be something to remove");
  await patient.must(`rm -rf -- ${entries.flatMap(({ paths }) => paths).map((path) => `'${path}'`).join(" ")}`);
  // As a removal does it: directories that are empty now go, too.
  await patient.must(`find ${pkgs(patient)} -mindepth 1 -type d -empty -delete`);
}

const isArchive = ({ id }: CacheEntry): boolean => Object.values(archives).includes(id);
/** Archives that are gone are not fetched again while their package is there. */
async function refill(patient: CondaPatient): Promise<void> {
  await patient.must(`rm -rf ${pkgs(patient)}/*-1.0-0*`);
  silent(await patient.conda("create", "--yes", "--quiet", "--offline", "--prefix", patient.freshDir(), archiveOf("lantern"), archiveOf("beacon")), "refill");
  must(list(patient).entries.filter(({ project }) => project !== null).length === 4, "both of both packages should be there");
}

const half = async (patient: CondaPatient): Promise<void> => { await patient.must(`rm ${pkgs(patient)}/lantern-1.0-0/info/index.json ${pkgs(patient)}/lantern-1.0-0/info/repodata_record.json`); };

const removals: readonly { readonly name: string; readonly act: (patient: CondaPatient) => Promise<void> }[] = [
  { name: "a .conda alone", act: (patient) => remove(patient, ({ id }) => id === "beacon-1.0-0.conda") },
  { name: "a .tar.bz2 alone", act: (patient) => remove(patient, ({ id }) => id === "lantern-1.0-0.tar.bz2") },
  { name: "all archives", act: (patient) => remove(patient, isArchive) },
  { name: "an extracted package alone", act: (patient) => remove(patient, ({ id }) => id === "beacon-1.0-0") },
  { name: "all extracted packages", act: (patient) => remove(patient, ({ kind }) => kind === "package") },
  { name: "both of a package", act: (patient) => remove(patient, ({ project }) => project === "lantern") },
  { name: "what is noted of channels", act: (patient) => remove(patient, ({ kind }) => kind === "index") },
  { name: "everything", act: (patient) => remove(patient, () => true) },
  {
    name: "what was unpacked by half, with its archive there",
    async act(patient) {
      await half(patient);
      await remove(patient, ({ kind, id }) => kind === "leftover" && id === "lantern-1.0-0");
    },
  },
  {
    name: "what was unpacked by half, without an archive",
    async act(patient) {
      await half(patient);
      await remove(patient, ({ id }) => id === "lantern-1.0-0.tar.bz2");
      await remove(patient, ({ kind }) => kind === "leftover");
    },
  },
  {
    name: "what interrupted work left",
    async act(patient) {
      await patient.must(`cd ${pkgs(patient)} && touch lantern-1.0-0.tar.bz2.partial gone-1.0-0.conda.partial x.c~ y.conda_trash && mkdir -p .trash .logs && touch .logs/a .trash/b cache/497deca9.ab12.tmp`);
      await remove(patient, ({ id, kind }) => kind === "leftover" || kind === "log" || id.endsWith(".partial"));
      must((await patient.must(`cd ${pkgs(patient)} && ls -A . .logs .trash cache 2>/dev/null | grep -E 'partial|c~|trash$|^a$|^b$|tmp' || true`)).replace(/\.?trash:?\s*/g, "") === "", "nothing of it should be left");
    },
  },
];

/** Whatever conda itself would take is an entry, or a directory of entries. */
async function knowsWhatCleanTakes(patient: CondaPatient): Promise<void> {
  const output = await patient.conda("clean", "--all", "--dry-run", "--yes", "--json");
  const { tarballs, packages, index_cache: index } = JSON.parse(output.stdout) as Record<"tarballs" | "packages", { pkgs_dirs: Record<string, string[]> }> & { index_cache: { files: string[] } };
  const taken = [...[tarballs, packages].flatMap(({ pkgs_dirs: dirs }) => Object.entries(dirs).flatMap(([directory, names]) => names.map((name) => join(directory, name)))), ...index.files];
  const known = list(patient).entries.flatMap(({ paths }) => paths);
  const own = taken.filter((path) => path.startsWith(`${pkgs(patient)}/`));
  const unknown = own.filter((path) => !known.some((one) => one === path || one.startsWith(`${path}/`)));
  must(own.length > 0 && unknown.length === 0, `conda would take ${own.join(", ")}; not known here: ${unknown.join(", ")}`);
}

function usesOf(patient: CondaPatient, id: string, prefixes: readonly string[], root?: string): readonly Use["how"][] {
  const uses = condaCache.usedBy?.(ask(patient, root), list(patient, root).entries, prefixes.map((prefix) => ({ kind: "conda", prefix, site: [] })));
  return (uses?.get(id) ?? []).map(({ how }) => how);
}

async function tellsWhoUsesWhat(patient: CondaPatient): Promise<void> {
  const create = (prefix: string, env: string): Promise<string> => patient.must(`${env} conda create --yes --quiet --offline --prefix ${prefix} ${archiveOf("lantern")}`);
  const [soft, other, copied] = ["soft", "other", "copied"].map((name) => `${patient.account.home}/${name}`) as [string, string, string];
  await create(soft, "CONDA_ALWAYS_SOFTLINK=true");
  await create(copied, "CONDA_ALWAYS_COPY=true");
  await create(other, `CONDA_ALWAYS_SOFTLINK=true CONDA_PKGS_DIRS=${other}-pkgs`);
  const found = [work(patient), soft, copied].map((prefix) => usesOf(patient, "lantern-1.0-0", [prefix]).join());
  must(found.join(" ") === "hard-link soft-link copy", `link, soft link and copy should be told apart, found ${found.join(" ")}`);
  // CONDA_PKGS_DIRS comes before what is configured; the package was there already, in the person's own cache.
  const places = [usesOf(patient, "lantern-1.0-0", [other]).join(), usesOf(patient, "lantern-1.0-0", [other], `${other}-pkgs`).join()];
  must(places.includes("soft-link"), `the soft link should be found in the cache it leads to, found ${places.join(" and ")}`);
}

/** Renames are what removal does first, and conda bears them at any moment; its command is one that the lock names. */
async function goesOnMeanwhile(patient: CondaPatient): Promise<void> {
  const lock = condaCache.lock(ask(patient));
  must(lock.how === "not-running" && lock.commands.includes("conda"), `conda has no lock, ${JSON.stringify(lock)}`);
  for (const delay of ["0", "0.3", "0.6", "0.9"]) {
    const fresh = patient.freshDir();
    const aside = `${patient.account.home}/aside${delay}`;
    const running = patient.conda("create", "--yes", "--quiet", "--offline", "--prefix", fresh, archiveOf("lantern"));
    await patient.must(`mkdir -p ${aside}; sleep ${delay}; mv ${pkgs(patient)}/beacon-1.0-0 ${pkgs(patient)}/beacon-1.0-0.conda ${aside}/`);
    silent(await running, `beacon removed after ${delay} s`);
    must(await patient.must(`cat ${fresh}/share/lantern/a.txt`) === "lantern".repeat(20), "lantern should be whole");
    await patient.must(`rm -rf ${pkgs(patient)}/beacon-1.0-0* && mv ${aside}/* ${pkgs(patient)}/`);
  }
  healthy(patient, "after removal beside a running conda");
}

async function withConda(conda: CondaTool, act: (patient: CondaPatient) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), `${INDEX_PREFIX}${process.pid}-`));
  writeFileSync(join(dir, "ca.pem"), "");
  const patient = await admitWithConda(conda, join(dir, "ca.pem"));
  try {
    const made = await patient.room.run([patient.python, "-c", channelScript]);
    must(made.code === 0, `the channel could not be made:\n${made.text}`);
    await filled(patient);
    await act(patient);
  } finally {
    await patient.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

describe("conda's cache", () => {
  for (const { conda, obstacle } of findCondas()) {
    const reason = obstacle ?? inject("equipment").obstacle;
    const name = `conda${conda === null ? "" : ` ${conda.version.join(".")}`}${reason === null ? "" : ` (${reason})`}`;
    const run = (act: (patient: CondaPatient) => Promise<void>) => (): Promise<void> => withConda(conda as CondaTool, act);
    it.skipIf(reason !== null)(`may lose any entry, and urls.txt stays as it is: ${name}`, run(async (patient) => {
      const urls = await patient.must(`cat ${pkgs(patient)}/urls.txt`);
      for (const removal of removals) {
        await step(removal.name, async () => {
          await refill(patient);
          await removal.act(patient);
          await goesOn(patient, removal.name);
        });
      }
      const after = await patient.must(`cat ${pkgs(patient)}/urls.txt`);
      must(after.startsWith(urls), `urls.txt should only have grown:\n${after}`);
    }));
    it.skipIf(reason !== null)(`is known as conda clean knows it, with who uses what: ${name}`, run(async (patient) => {
      await step("soft links, hard links and copies", () => tellsWhoUsesWhat(patient));
      await patient.must(`rm -rf ${work(patient)} ~/soft ~/copied ~/other`);
      await step("what conda clean takes", () => knowsWhatCleanTakes(patient));
    }));
    it.skipIf(reason !== null)(`may lose entries while conda runs: ${name}`, run((patient) => step("at the same time", () => goesOnMeanwhile(patient))));
  }
});
