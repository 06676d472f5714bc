/** Cache commands that change something, as a person types them, and what is held against them afterwards. */
import { existsSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, inject, it } from "vitest";
import { obstacleFor, pipsFor, withIndex } from "../case.ts";
import type { PipChoice } from "../illness.ts";
import type { PackageIndex } from "../index/serve-index.ts";
import { admit, type Patient, type PatientOptions } from "../patient.ts";
import { readUndo } from "../reports.ts";
import type { Output } from "../room.ts";
import { must } from "../step.ts";
import { admitWithTool, kitsFor, type ToolPatient } from "../tool.ts";

type Asker = "patient" | "root";

/** Rooms see each other's processes: a pip of another case, which this one cannot meet, is waited for. */
export function isOfAnotherRoom({ room }: Patient, { text }: Output): boolean {
  const pid = /is using .*: process (\d+) runs/.exec(text)?.[1];
  const holder = /^\/proc\/\d+/.exec(room.seen(""))?.[0];
  if (pid === undefined || holder === undefined) return false;
  try {
    return readlinkSync(`/proc/${pid}/ns/mnt`) !== readlinkSync(`${holder}/ns/mnt`);
  } catch {
    return true;
  }
}

export async function ask(patient: Patient, args: readonly string[], as: Asker = "patient"): Promise<Output> {
  for (;;) {
    const output = await patient.cachewright(args, { as });
    if (!isOfAnotherRoom(patient, output)) return output;
    await sleep(200);
  }
}

export async function mustDo(patient: Patient, args: readonly string[], as: Asker = "patient"): Promise<string> {
  const { code, text } = await ask(patient, [...args, "--yes"], as);
  must(code === 0, `${args.join(" ")} should succeed (exit ${code}):\n${text}`);
  return text;
}

export async function isRefused(patient: Patient, args: readonly string[], why: RegExp): Promise<void> {
  const { code, text } = await ask(patient, [...args, "--yes"]);
  must(code === 3 && why.test(text), `${args.join(" ")} should be refused, for ${why} (exit ${code}):\n${text}`);
}

export async function undo(patient: Patient, as: Asker = "patient"): Promise<readonly { readonly path: string; readonly why: string }[]> {
  return readUndo(await patient.cachewright(["undo", "--yes", "--json"], { as })).left;
}

/** Until it is there in the room. */
export async function appears({ room }: Patient, path: string): Promise<void> {
  while (!existsSync(room.seen(path))) await sleep(20);
}

/** Quiet but for the lines that are expected. */
export function isQuiet(what: string, { code, text }: Output, but?: RegExp): void {
  const complaints = text.split("\n").filter((line) => /warn|error|denied|corrupt|failed/i.test(line) && but?.test(line) !== true);
  must(code === 0 && complaints.length === 0, `${what} should be quiet (exit ${code}):\n${text}`);
}

export interface Caring {
  readonly tool: "pip" | "uv";
  readonly patient: Patient;
  /** The cache, at first. */
  readonly root: string;
  readonly version: string;
  /** Fetches and builds where nothing is cached. */
  readonly use: (options?: { readonly offline?: boolean; readonly but?: RegExp }) => Promise<void>;
  /** Where the tool itself says that its cache is. */
  readonly says: () => Promise<string>;
}

const env = "env";

function withUv(patient: ToolPatient): Caring {
  const { account: { home }, version } = patient;
  return {
    tool: "uv", patient, version, root: `${home}/.cache/uv`,
    async use({ offline = false, but } = {}) {
      await patient.must(`[ -d ~/${env} ] || python3 -m venv --without-pip ~/${env}`);
      const output = await patient.tool("pip", "install", "--reinstall", ...(offline ? ["--offline"] : []), "--python", `${home}/${env}/bin/python`, "wpkg", "spkg");
      isQuiet("uv", output, but);
      if (offline) must(!/Built spkg|Building spkg/.test(output.text), `uv should find what it has built:\n${output.text}`);
      await patient.must(`~/${env}/bin/python -c 'import wpkg, spkg'`);
    },
    says: async () => (await patient.tool("cache", "dir")).stdout.trim(),
  };
}

function withPip(patient: Patient): Caring {
  return {
    tool: "pip", patient, version: patient.pipVersion, root: `${patient.account.home}/.cache/pip`,
    async use({ offline = false } = {}) {
      const output = await patient.pip("install", "--target", patient.freshDir(), "--no-deps", "wpkg", "spkg");
      // A wheel that is built by setup.py is told as deprecated, and a newer pip is praised: neither is about the cache.
      isQuiet("pip", output, /DEPRECATION|You are using pip|You should consider/);
      if (offline) must(/Using cached .*wpkg/.test(output.text) && /Using cached .*spkg.*\.whl/.test(output.text), `pip should find what it has:\n${output.text}`);
    },
    says: async () => (await patient.pip("cache", "dir")).stdout.trim(),
  };
}

export interface Cared {
  readonly name: string;
  readonly needs?: readonly string[];
  readonly tools?: readonly ("pip" | "uv")[];
  readonly place?: PatientOptions["place"];
  readonly act: (caring: Caring, index: PackageIndex) => Promise<void>;
}

async function closing(patient: Patient, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } finally {
    await patient.close();
  }
}

const pips: PipChoice = "pair";

/** Each with an old and the newest pip and uv. */
export function describeCared(about: string, cases: readonly Cared[]): void {
  const index = withIndex();
  describe(`${about}`, () => {
    for (const { name, act, needs = [], tools = ["pip", "uv"], place } of cases) {
      for (const pip of tools.includes("pip") ? pipsFor(pips) : []) {
        const reason = obstacleFor(pip, needs);
        it.skipIf(reason !== null)(`${name}: pip ${pip.version}${reason === null ? "" : ` (${reason})`}`, async () => {
          const patient = await admit({ pip, index: index(), ...(place !== undefined && { place }) });
          await closing(patient, () => act(withPip(patient), index()));
        });
      }
      for (const kit of tools.includes("uv") ? kitsFor("uv") : []) {
        const { obstacle, missing } = inject("equipment");
        const lacks = needs.filter((need) => missing.includes(need));
        const reason = obstacle ?? kit.obstacle ?? (lacks.length > 0 ? `needs ${lacks.join(", ")}` : null);
        it.skipIf(reason !== null)(`${name}: uv ${kit.version}${reason === null ? "" : ` (${reason})`}`, async () => {
          const patient = await admitWithTool(kit, index());
          await closing(patient, () => act(withUv(patient), index()));
        });
      }
    }
  });
}
