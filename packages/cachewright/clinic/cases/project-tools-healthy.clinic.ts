/** Not a false alarm: poetry, pdm, pipenv and hatch as people set them up, at work, and doctor finds nothing. */
import { describe, inject, it } from "vitest";
import { withIndex } from "../case.ts";
import { hatchProject, pdmProject, pipenvProject, poetryProject, shopOf } from "../project-tools.ts";
import { readDoctor } from "../reports.ts";
import { CACHEWRIGHT_IN_ROOM, NODE_IN_ROOM } from "../room.ts";
import { must, step } from "../step.ts";
import { admitWithTool, kitsFor, type ToolPatient } from "../tool.ts";
import type { KitName } from "../tools/kits.ts";

interface Healthy {
  readonly tool: KitName;
  readonly name: string;
  /** Variables of the person's, for the tool and for doctor alike. */
  readonly env?: (patient: ToolPatient) => Readonly<Record<string, string>>;
  readonly make: (patient: ToolPatient) => Promise<void>;
  /** Each must end well. */
  readonly use: readonly (readonly string[])[];
}

/** A directory of somebody else's that the patient's group may write. */
const shared = "/mnt/work/shared-cache";
const share = (patient: ToolPatient): Promise<string> => patient.root(`install -d -o 54321 -g ${patient.account.gid} -m 2775 ${shared}`);
const inCi = { CI: "true", PIP_NO_CACHE_DIR: "1", PDM_NO_CACHE: "1" };

const setUps: readonly Healthy[] = [
  {
    tool: "poetry", name: "an environment in the project", use: [["lock"], ["install"]],
    make: async (patient) => { await poetryProject(patient); await patient.must("printf '[virtualenvs]\\nin-project = true\\n' > ~/shop/poetry.toml"); },
  },
  { tool: "poetry", name: "a CI job without caches", use: [["lock", "--no-cache"], ["install", "--no-cache"]], env: () => ({ ...inCi, POETRY_VIRTUALENVS_CREATE: "true" }), make: poetryProject },
  { tool: "poetry", name: "a cache that a group shares", use: [["lock"], ["install"]], env: () => ({ POETRY_CACHE_DIR: shared, POETRY_VIRTUALENVS_IN_PROJECT: "true" }), make: async (patient) => { await share(patient); await poetryProject(patient); } },
  { tool: "poetry", name: "settings of a person's own", use: [["config", "virtualenvs.in-project", "false"], ["config", "cache-dir", "/mnt/work/own"], ["lock"]], make: poetryProject },
  { tool: "pdm", name: "an environment in the project", use: [["lock"], ["install"]], make: pdmProject },
  { tool: "pdm", name: "a CI job without caches", use: [["lock"], ["install"]], env: () => inCi, make: pdmProject },
  { tool: "pdm", name: "packages linked from its cache, environments elsewhere", use: [["config", "install.cache", "on"], ["config", "venv.in_project", "false"], ["lock"], ["install"]], make: pdmProject },
  { tool: "pipenv", name: "an environment in the project", use: [["install"]], env: () => ({ PIPENV_VENV_IN_PROJECT: "1" }), make: pipenvProject },
  { tool: "pipenv", name: "a CI job without caches", use: [["install"]], env: () => inCi, make: pipenvProject },
  { tool: "hatch", name: "its own directories", use: [["env", "create"], ["env", "show"]], make: hatchProject },
  { tool: "hatch", name: "a CI job with its data in the workspace", use: [["env", "create"]], env: (patient) => ({ ...inCi, HATCH_DATA_DIR: `${patient.account.home}/shop/.hatch` }), make: hatchProject },
];

async function visit({ make, use, env = () => ({}), tool }: Healthy, patient: ToolPatient): Promise<void> {
  const theirs = env(patient);
  const more = { cwd: shopOf(patient), env: { ...theirs } };
  try {
    await step("make it", () => make(patient));
    for (const args of use) {
      const { code, text } = await patient.run([tool, ...args], { ...more, env: { ...patient.indexEnv, ...theirs } });
      must(code === 0, `${tool} ${args.join(" ")} should work, it said:\n${text}`);
    }
    const { findings } = readDoctor(await patient.run([NODE_IN_ROOM, CACHEWRIGHT_IN_ROOM, "doctor", "--json"], more));
    must(findings.length === 0, `doctor should find nothing, it found ${JSON.stringify(findings)}`);
  } finally {
    await patient.close();
  }
}

describe("a healthy set-up of", () => {
  const index = withIndex();
  for (const setUp of setUps) {
    describe(`${setUp.tool}: ${setUp.name}`, () => {
      for (const kit of kitsFor(setUp.tool)) {
        const reason = kit.obstacle ?? inject("equipment").obstacle;
        it.skipIf(reason !== null)(`${kit.name} ${kit.version}${reason === null ? "" : ` (${reason})`}`, async () => visit(setUp, await admitWithTool(kit, index())));
      }
    });
  }
});
