/** Not a false alarm: machines with a healthy uv, an old one and the newest. */
import { describe, inject, it } from "vitest";
import { withIndex } from "../case.ts";
import { takeManifest } from "../manifest.ts";
import { readDoctor } from "../reports.ts";
import { CACHEWRIGHT_IN_ROOM, NODE_IN_ROOM, type Output } from "../room.ts";
import { must, step } from "../step.ts";
import { admitWithTool, kitsFor, type ToolPatient } from "../tool.ts";
import { addUser, runAs } from "../users.ts";
import { mustEqual } from "../treat.ts";

interface SetUp {
  readonly name: string;
  readonly needs?: readonly string[];
  /** Root of the room, as in a container. */
  readonly root?: true;
  /** Where commands run; default: the home. */
  readonly at?: string;
  make(patient: ToolPatient): Promise<void>;
  /** What people do there; default: an environment and a package, twice. */
  use?(patient: ToolPatient, uv: (...args: readonly string[]) => Promise<Output>): Promise<void>;
}

type Uv = (...args: readonly string[]) => Promise<Output>;
const env = "/mnt/work/env";

async function quietly(uv: Uv, ...args: readonly string[]): Promise<string> {
  const { code, text } = await uv(...args);
  must(code === 0 && !/\b(?:warning|error):/.test(text), `uv ${args.join(" ")} should work without a warning, it said (exit ${code}):\n${text}`);
  return text;
}

async function installs(patient: ToolPatient, uv: Uv): Promise<void> {
  await patient.root(`[ -d ${env} ] || { mkdir -p /mnt/work && python3 -m venv --without-pip ${env} && chown -R ${patient.account.uid}:${patient.account.gid} ${env}; }`);
  for (let time = 0; time < 2; time += 1) await quietly(uv, "pip", "install", "--link-mode", "copy", "--reinstall", "--python", `${env}/bin/python`, "wpkg", "spkg");
}

const setUps: readonly SetUp[] = [
  { name: "a fresh user", make: async () => undefined, use: async () => undefined },
  { name: "a cache that is used", make: async () => undefined },
  {
    name: "tools, and a project with an environment of its own", make: async (patient) => { patient.env["PATH"] = `${patient.account.home}/.local/bin:${patient.env["PATH"] ?? ""}`; },
    async use(patient, uv) {
      await quietly(uv, "tool", "install", "scripted");
      await patient.must("mkdir project && printf '[project]\\nname = \"own\"\\nversion = \"1\"\\nrequires-python = \">=3.8\"\\ndependencies = [\"wpkg\"]\\n\\n[tool.uv]\\nlink-mode = \"copy\"\\n' > project/pyproject.toml");
      await quietly(uv, "sync", "--project", "project");
    },
  },
  { name: "the cache on another disk, by the person's file", make: async (patient) => { await patient.root(`mkdir -p /mnt/disk && mount -t tmpfs -o mode=755,uid=${patient.account.uid},gid=${patient.account.gid} tmpfs /mnt/disk`); await patient.must("mkdir -p ~/.config/uv && printf 'cache-dir = \"/mnt/disk/uv\"\\nlink-mode = \"copy\"\\n' > ~/.config/uv/uv.toml"); } },
  {
    name: "a cache for a group as it should be", needs: ["setfacl"],
    async make(patient) {
      const partner = await addUser(patient.room);
      await patient.root(`groupadd cwuv && usermod -aG cwuv ${patient.account.name} && usermod -aG cwuv ${partner.name} && mkdir -p /mnt/shared && install -d -m 2770 -g cwuv /mnt/shared/uv && setfacl -d -m u::rwx,g::rwx,m::rwx,o::--- /mnt/shared/uv`);
      patient.env["UV_CACHE_DIR"] = "/mnt/shared/uv";
      await patient.root(`python3 -m venv --without-pip /mnt/theirs && chown -R ${partner.uid} /mnt/theirs`);
      const first = await runAs(patient.room, partner, ["uv", "pip", "install", "--link-mode", "copy", "--python", "/mnt/theirs/bin/python", "wpkg", "spkg"], { env: { ...patient.env, ...patient.indexEnv } });
      must(first.code === 0, `the other member should fill the cache:\n${first.text}`);
    },
  },
  { name: "a container with the cache off by a variable", make: async (patient) => { Object.assign(patient.env, { container: "podman", UV_NO_CACHE: "1", UV_LINK_MODE: "copy" }); } },
  { name: "root in a container with a cache mount", root: true, make: async (patient) => { Object.assign(patient.env, { container: "podman", UV_LINK_MODE: "copy" }); await patient.root("mkdir -p /root/.cache/uv && mount -t tmpfs -o mode=755 tmpfs /root/.cache/uv"); } },
  { name: "an image's tools and Pythons where an administrator put them", make: async (patient) => { await patient.root("mkdir -p /mnt/opt/tools /mnt/opt/bin /mnt/opt/python"); Object.assign(patient.env, { UV_TOOL_DIR: "/mnt/opt/tools", UV_TOOL_BIN_DIR: "/mnt/opt/bin", UV_PYTHON_INSTALL_DIR: "/mnt/opt/python" }); } },
  { name: "a job with its cache in the working directory", make: async (patient) => { Object.assign(patient.env, { CI: "true", UV_CACHE_DIR: ".uv-cache" }); } },
];

const ROOT = { name: "root", uid: 0, gid: 0, home: "/root" };

async function visit(setUp: SetUp, patient: ToolPatient): Promise<void> {
  const account = setUp.root ? ROOT : patient.account;
  const run = (argv: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Output> => runAs(patient.room, account, argv, { env: { ...patient.env, ...more } });
  const doctor = async (): Promise<void> => {
    const { findings } = readDoctor(await run([NODE_IN_ROOM, CACHEWRIGHT_IN_ROOM, "doctor", "--json"]));
    must(findings.length === 0, `doctor should find nothing, it found ${JSON.stringify(findings)}`);
  };
  await step("make it so", () => setUp.make(patient));
  await step("doctor before the first uv", doctor);
  await step("uv", () => (setUp.use ?? installs)(patient, (...args) => run(["uv", ...args], patient.indexEnv)));
  const look = () => takeManifest(patient.room, [account.home, "/mnt/work"], [`${account.home}/.local/state`]);
  const before = await look();
  await step("doctor", doctor);
  await step("fix", async () => must(/Nothing to cure/.test((await run([NODE_IN_ROOM, CACHEWRIGHT_IN_ROOM, "fix", "--yes"])).text), "fix should have nothing to do"));
  mustEqual(before, await look());
}

describe("a healthy set-up with uv", () => {
  const index = withIndex();
  for (const setUp of setUps) {
    describe(`${setUp.name}`, () => {
      for (const kit of kitsFor("uv")) {
        const lacks = (setUp.needs ?? []).filter((need) => inject("equipment").missing.includes(need));
        const reason = kit.obstacle ?? (lacks.length > 0 ? `needs ${lacks.join(", ")}` : null);
        it.skipIf(reason !== null)(`uv ${kit.version}${reason === null ? "" : ` (${reason})`}`, async () => {
          const patient = await admitWithTool(kit, index());
          try {
            await visit(setUp, patient);
          } finally {
            await patient.close();
          }
        });
      }
    });
  }
});
