/** A healthy machine: real pip installs without a warning, doctor finds nothing, fix changes nothing. */
import { until } from "./case.ts";
import { takeManifest } from "./manifest.ts";
import { admit, type Patient, type PatientOptions } from "./patient.ts";
import { readDoctor } from "./reports.ts";
import { CACHEWRIGHT_IN_ROOM, NODE_IN_ROOM, type Output } from "./room.ts";
import type { SetUp, Use } from "./set-ups/set-up.ts";
import { must, step } from "./step.ts";
import { mustEqual } from "./treat.ts";

/** Deprecations of a Python that an old pip runs on are no matter of the machine's. */
const complaint = /^(?!DEPRECATION).*\b(?:WARNING|ERROR|error:)/m;

async function installsQuietly(patient: Patient, use: Use, run: (argv: readonly string[]) => Promise<Output>): Promise<void> {
  const { pip = ["pip"], into } = use;
  const places = () => (into === undefined ? ["--target", patient.freshDir()] : ["--force-reinstall", ...into]);
  // The sdist brings its own build backend, which pips before 20.0 do not look for.
  const buildable = !/^(9|19)\./.test(patient.pipVersion);
  const said: string[] = [];
  for (const what of ["wpkg", ...(buildable ? ["spkg"] : []), "wpkg"]) {
    const { code, text } = await run([...pip, "install", "--no-deps", ...places(), ...patient.indexArgs, what]);
    must(code === 0 && !complaint.test(text), `pip should install ${what} without a warning, it said (exit ${code}):\n${text}`);
    said.push(text);
  }
  const cached = /Using cached/.test(said.at(-1) ?? "");
  must(cached !== (use.cacheOff ?? false), `the second time pip should ${use.cacheOff ? "not " : ""}use its cache, it said:\n${said.at(-1)}`);
}

export async function findsNothing(patient: Patient, use: Use = {}): Promise<void> {
  const run = use.run ?? ((argv) => patient.run(argv));
  const cachewright = (...args: readonly string[]) => run([NODE_IN_ROOM, CACHEWRIGHT_IN_ROOM, ...args]);
  const doctor = async (): Promise<void> => {
    const output = await cachewright("doctor", "--json");
    const { findings } = readDoctor(output);
    must(findings.length === 0, `doctor should find nothing, it found ${JSON.stringify(findings)}`);
    const { tools } = JSON.parse(output.stdout) as { tools: readonly { version: string }[] };
    must(tools.some(({ version }) => version === patient.pipVersion) !== (use.unseen ?? false), `doctor should look at pip ${patient.pipVersion}, it saw ${JSON.stringify(tools)}`);
  };
  if (until !== "pip") await step("doctor before the first pip", doctor);
  await step("pip", () => installsQuietly(patient, use, run));
  if (until === "pip") return;
  const { home } = patient.account;
  const look = () => takeManifest(patient.room, [home, patient.prefix, ...(use.watch ?? [])], [`${home}/.local/state`]);
  const before = await look();
  await step("doctor", doctor);
  if (until === "look") return;
  await step("fix", async () => {
    const fix = await cachewright("fix", "--yes");
    must(fix.code === 0 && /Nothing to cure/.test(fix.text), `fix should have nothing to do (exit ${fix.code}):\n${fix.text}`);
  });
  mustEqual(before, await look());
}

export async function visit(options: PatientOptions, make?: SetUp["make"]): Promise<void> {
  const patient = await admit(options);
  try {
    await findsNothing(patient, (await step("make it so", async () => make?.(patient))) ?? {});
  } finally {
    await patient.close();
  }
}
