/** pip's own caches, of old and new pips: listed, verified, and gone on with after each kind of entry was taken away. */
import { readFileSync, rmdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, it } from "vitest";
import { nodeMachine } from "../../src/machine/node-machine.ts";
import { pipCache } from "../../src/tools/pip/tool-cache.ts";
import type { CacheAsk, CacheEntry } from "../../src/tools/tool-cache.ts";
import { obstacleFor, pipsFor, withIndex } from "../case.ts";
import { admit, type Patient } from "../patient.ts";
import { must, step } from "../step.ts";

const index = withIndex();
/** One for each layout: everything in one file, head and body, and the newest. pip before 20.0 cannot build the clinic's source distribution. */
const pips = pipsFor(([major]) => major === 20 || major === 23 || major >= 26);

const askOf = (patient: Patient): CacheAsk => ({
  machine: nodeMachine({ env: {}, cwd: "/" }), root: patient.room.seen(`${patient.account.home}/.cache/pip`), now: Date.now(), versions: [], pythons: [],
});

const listOf = (patient: Patient): readonly CacheEntry[] => pipCache.list(askOf(patient)).entries;
const namesOf = (entries: readonly CacheEntry[]): string[] => entries.flatMap(({ project, version, kind }) => (project === null ? [] : [`${project} ${version ?? "-"} ${kind}`])).sort();
const faultsOf = (patient: Patient): string[] => [...pipCache.verify(askOf(patient), listOf(patient))].flatMap(({ faults }) => faults.map(({ kind, says }) => `${kind}: ${says}`));

/** What pip complains about; what it says of its own age and of the Python's, it says with any cache. */
const complaints = (text: string): string[] => text.split("\n").filter((line) => /WARNING|ERROR|Traceback|deserialization/.test(line) && !/DEPRECATION|notice|not on PATH/.test(line));

async function installs(patient: Patient): Promise<void> {
  const { code, text } = await patient.pip("install", "--disable-pip-version-check", "--no-deps", "--target", patient.freshDir(), "wpkg", "spkg");
  must(code === 0 && complaints(text).length === 0, `pip should install without a complaint, exit ${code}:\n${text}`);
}

function take(entries: readonly CacheEntry[]): void {
  must(entries.length > 0, "nothing to take away");
  for (const path of entries.flatMap(({ paths }) => paths)) rmSync(path, { recursive: true });
}

const takings: readonly (readonly [string, (entry: CacheEntry) => boolean])[] = [
  ["a page", ({ kind, project }) => kind === "index" && project === "wpkg"],
  ["a downloaded wheel", ({ kind, project }) => kind === "download" && project === "wpkg"],
  ["a source distribution and what was built of it", ({ project }) => project === "spkg"],
  ["a built wheel", ({ kind }) => kind === "built-wheel"],
  ["every response", ({ id }) => id.startsWith("http")],
  ["everything", () => true],
];

const filled = ["spkg - index", "spkg 2.0 built-wheel", "spkg 2.0 download", "wpkg - index", "wpkg 1.0 download"];

function mustName(patient: Patient, when: string, wanted: readonly string[] = filled): void {
  const names = namesOf(listOf(patient));
  must(wanted.every((name) => names.includes(name)), `${when}: ${JSON.stringify(names)}`);
}

async function takesAway(patient: Patient): Promise<void> {
  for (const [name, isMeant] of takings) {
    await step(`without ${name}`, async () => {
      take(listOf(patient).filter(isMeant));
      await installs(patient);
      const faults = faultsOf(patient);
      must(faults.length === 0, `faults: ${faults.join("; ")}`);
    });
  }
}

function tellsOrigins(patient: Patient): void {
  const { entries } = pipCache.list({ ...askOf(patient), origins: true });
  const download = entries.find(({ kind, project }) => kind === "download" && project === "wpkg");
  must(download?.url?.endsWith("/files/wpkg-1.0-py2.py3-none-any.whl") === true, `the address should be found forwards: ${JSON.stringify(download)}`);
  must(download.hashes?.["sha256"]?.length === 64, "its hash should be found");
  const built = entries.find(({ kind }) => kind === "built-wheel");
  // origin.json came with 22.2; without it only the tags tell the Python.
  must(built !== undefined && (built.url === undefined || /^cp3\d+$/.test(built.python ?? "")), `the Python should be told by the key: ${JSON.stringify(built)}`);
}

/** Each damage is found, and the entry it is in is all that has to go. */
async function findsDamage(patient: Patient): Promise<void> {
  const damages: readonly (readonly [string, (path: string) => void])[] = [
    ["a changed bit", (path) => {
      const bytes = readFileSync(path);
      const at = Math.max(bytes.indexOf("VALUE = 1"), 40);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      writeFileSync(path, bytes);
    }],
    ["a cut", (path) => truncateSync(path, 100)],
    ["an emptied file", (path) => truncateSync(path, 0)],
  ];
  for (const [name, damage] of damages) {
    for (const kind of ["download", "built-wheel"] as const) {
      await step(`${name} in a ${kind}`, async () => {
        const entry = listOf(patient).find((one) => one.kind === kind && one.project === (kind === "download" ? "wpkg" : "spkg"));
        damage(entry?.paths.find((path) => /\.(?:body|whl)$/.test(path)) ?? entry?.paths[0] ?? "");
        const verdicts = [...pipCache.verify(askOf(patient), listOf(patient))].filter(({ faults }) => faults.length > 0);
        must(verdicts.length === 1 && verdicts[0]?.entry === entry?.id, `one entry should be at fault: ${JSON.stringify(verdicts)}`);
        take(listOf(patient).filter(({ id }) => id === entry?.id));
        await installs(patient);
      });
    }
  }
}

/** Directories of responses, and that of all of them. */
function removeEmptyAbove(path: string): void {
  try {
    for (let at = dirname(path); !at.endsWith("/.cache/pip"); at = dirname(at)) rmdirSync(at);
  } catch (error) {
    if (!["ENOTEMPTY", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** Responses may go at any moment, and so may directories that they leave empty. */
async function bearsTaking(patient: Patient): Promise<void> {
  const shared = { running: true };
  let taken = 0;
  const taking = (async () => {
    while (shared.running) {
      for (const { id, paths } of listOf(patient)) {
        if (!id.startsWith("http")) continue;
        for (const path of paths) rmSync(path, { force: true });
        for (const path of paths) removeEmptyAbove(path);
        taken += 1;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  try {
    for (let i = 0; i < 3; i += 1) await installs(patient);
  } finally {
    shared.running = false;
    await taking;
  }
  must(taken > 4, `only ${taken} entries were taken away meanwhile`);
  await installs(patient);
  // What was built stayed, so that its sources are not fetched again.
  mustName(patient, "after that", filled.filter((name) => name !== "spkg 2.0 download"));
}

describe("pip's cache", () => {
  for (const pip of pips) {
    const reason = obstacleFor(pip);
    it.skipIf(reason !== null)(`pip ${pip.version}${reason === null ? "" : ` (${reason})`}`, async () => {
      const patient = await admit({ pip, index: index() });
      try {
        await step("fill it", () => installs(patient));
        mustName(patient, "filled");
        must(faultsOf(patient).length === 0, `a healthy cache should have no faults: ${faultsOf(patient).join("; ")}`);
        tellsOrigins(patient);
        await takesAway(patient);
        await findsDamage(patient);
        await step("entries go while pip runs", () => bearsTaking(patient));
      } finally {
        await patient.close();
      }
    });
  }
});
