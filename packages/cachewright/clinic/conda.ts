/** Cases with a real conda: as `case.ts` does it with pips. A machine without one skips them, and says so. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, inject, it } from "vitest";
import { complains, diagnose, explain, watch } from "./examine.ts";
import type { Illness } from "./illness.ts";
import { inRoom, withoutPip, type Patient } from "./patient.ts";
import { readDoctor } from "./reports.ts";
import { INDEX_PREFIX, openRoom, type Output } from "./room.ts";
import { must, step } from "./step.ts";
import { findCondas, isAtLeast, type CondaTool } from "./tools/condas.ts";
import { cureAndUndo, mustEqual } from "./treat.ts";
import { addUser, runAs } from "./users.ts";

export interface CondaPatient extends Patient {
  readonly conda: (...args: readonly string[]) => Promise<Output>;
  /** A new environment with a package that is fetched from its archive; without network. */
  readonly create: (name?: string) => Promise<Output>;
  /** Looks a package up in a channel on this disk. */
  readonly search: () => Promise<Output>;
}

export type CondaIllness = Omit<Illness, "pips" | "make" | "act" | "complaint" | "path" | "explainPath" | "cured" | "watch"> & {
  readonly make: (patient: CondaPatient) => Promise<void>;
  readonly act: (patient: CondaPatient) => Promise<Output>;
  readonly complaint: RegExp | { readonly silent: string; shows(output: Output, patient: CondaPatient): Promise<void> };
  readonly path: (patient: CondaPatient) => string;
  readonly explainPath?: (patient: CondaPatient) => string | null;
  readonly cured?: (patient: CondaPatient) => Promise<void>;
  /** The first conda that can be ill so. */
  readonly since?: CondaTool["version"];
  /** The first one that cannot, or that no cure like this helps. */
  readonly before?: CondaTool["version"];
};

export const archiveOf = (name: string): string => `/mnt/work/chan/noarch/${name}-1.0-0.tar.bz2`;

/** A channel with two packages, as conda-build writes one. */
const channel = `
import bz2, hashlib, io, json, os, tarfile
chan = "/mnt/work/chan"
records = {}
for sub in ("noarch", "linux-64"): os.makedirs(f"{chan}/{sub}", exist_ok=True)
for name in ("lantern", "beacon"):
    path = f"{chan}/noarch/{name}-1.0-0.tar.bz2"
    files = {f"share/{name}/a.txt": name.encode() * 20}
    index = dict(name=name, version="1.0", build="0", build_number=0, depends=[], subdir="noarch", noarch="generic")
    paths = [dict(_path=p, path_type="hardlink", sha256=hashlib.sha256(b).hexdigest(), size_in_bytes=len(b)) for p, b in files.items()]
    info = {"info/index.json": json.dumps(index).encode(), "info/paths.json": json.dumps(dict(paths=paths, paths_version=1)).encode(), "info/files": "\\n".join(files).encode()}
    with tarfile.open(path, "w:bz2") as tar:
        for p, b in {**info, **files}.items():
            entry = tarfile.TarInfo(p); entry.size = len(b); entry.mode = 0o644
            tar.addfile(entry, io.BytesIO(b))
    data = open(path, "rb").read()
    records[os.path.basename(path)] = dict(index, size=len(data), md5=hashlib.md5(data).hexdigest(), sha256=hashlib.sha256(data).hexdigest())
for sub in ("noarch", "linux-64"):
    json.dump(dict(info=dict(subdir=sub), packages=records if sub == "noarch" else {}, **{"packages.conda": {}}), open(f"{chan}/{sub}/repodata.json", "w"))
`;

export async function admitWithConda({ program, root }: CondaTool, caFile: string): Promise<CondaPatient> {
  const room = await openRoom([], caFile);
  const account = await addUser(room);
  await room.must(`install -d -o ${account.uid} -g ${account.gid} ${account.home}/.local ${account.home}/.local/state && install -d /mnt/work && ln -s ${root} ${account.home}/miniconda3`);
  const made = await room.run([`${root}/bin/python`, "-c", channel]);
  must(made.code === 0, `the channel could not be made:\n${made.text}`);
  const env: Record<string, string> = { PATH: `${root}/bin:/usr/local/bin:/usr/bin:/bin`, CONDA_EXE: program };
  const run: Patient["run"] = (argv, more = {}) => runAs(room, account, argv, { ...more, env: { ...env, ...more.env } });
  const conda: CondaPatient["conda"] = (...args) => run([program, ...args]);
  const hands = inRoom(room, run);
  return {
    room, account, env, run, conda, prefix: root, python: `${root}/bin/python`, sitePackages: "", pipVersion: "", indexArgs: [],
    create: (name = "lantern") => conda("create", "--yes", "--quiet", "--offline", "--prefix", hands.freshDir(), archiveOf(name)),
    search: () => conda("search", "--override-channels", "--channel", "file:///mnt/work/chan", "lantern"),
    ...hands,
    ...withoutPip,
  };
}

/** Before it is ill: conda works, and doctor has nothing to say. */
async function isWell(patient: CondaPatient): Promise<void> {
  for (const output of [await patient.create(), await patient.search()]) must(output.code === 0, `conda should work, it said:\n${output.text}`);
  const { findings } = readDoctor(await patient.cachewright(["doctor", "--json"]));
  must(findings.length === 0, `doctor should find nothing, it found ${JSON.stringify(findings)}`);
}

/** In a room of its own, which is closed whatever came of it. */
export async function withConda(conda: CondaTool | null, act: (patient: CondaPatient) => Promise<void>): Promise<void> {
  if (conda === null) throw new Error("no conda");
  const dir = mkdtempSync(join(tmpdir(), `${INDEX_PREFIX}${process.pid}-`));
  writeFileSync(join(dir, "ca.pem"), "");
  const patient = await admitWithConda(conda, join(dir, "ca.pem"));
  try {
    await act(patient);
  } finally {
    await patient.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function runCase(illness: CondaIllness, patient: CondaPatient): Promise<void> {
  // Everything the usual steps hand to an illness's functions is this patient.
  const usual = illness as unknown as Illness;
  await step("a healthy conda", () => isWell(patient));
  await step("make it ill", () => illness.make(patient));
  const output = await step("real conda", () => complains(usual, patient));
  const before = await watch(usual, patient);
  await step("doctor", () => diagnose(usual, patient));
  await step("explain", () => explain(usual, patient, output));
  await step("looking changes nothing", async () => mustEqual(before, await watch(usual, patient)));
  await cureAndUndo(usual, patient, true);
}

function obstacleFor({ since, before }: CondaIllness, conda: CondaTool): string | null {
  if (before !== undefined && isAtLeast(conda, before)) return `needs conda before ${before.join(".")}`;
  return since === undefined || isAtLeast(conda, since) ? inject("equipment").obstacle : `needs conda ${since.join(".")} or newer`;
}

export function describeWithConda(illnesses: readonly CondaIllness[]): void {
  for (const illness of illnesses) {
    describe(`${illness.problem}: ${illness.variant}`, () => {
      for (const { conda, obstacle } of findCondas()) {
        const reason = obstacle ?? obstacleFor(illness, conda as CondaTool);
        it.skipIf(reason !== null)(`conda${conda === null ? "" : ` ${conda.version.join(".")} of ${conda.root}`}${reason === null ? "" : ` (${reason})`}`, () => withConda(conda, (patient) => runCase(illness, patient)));
      }
    });
  }
}
