/** pipx as a person runs it, with what it fetches for itself at hand. */
import { execFileSync } from "node:child_process";
import { inject } from "vitest";
import type { Output } from "./room.ts";
import { must } from "./step.ts";
import type { ToolPatient } from "./tool.ts";
import { pipxWheels } from "./tools/pipx-wheels.ts";

const wheels = "/mnt/wheels";

/** pipx with the wheels that it wants for itself; the index of the clinic has the rest. */
export async function runPipx(patient: ToolPatient, ...args: readonly string[]): Promise<Output> {
  return patient.run(["pipx", ...args], { cwd: patient.account.home, env: await pipxEnv(patient) });
}

export async function pipxEnv(patient: ToolPatient): Promise<Readonly<Record<string, string>>> {
  if ((await patient.room.run(["test", "-d", wheels])).code !== 0) {
    const python = inject("equipment").pythons.filter(({ system }) => !system).at(-1);
    must(python !== undefined, "no Python");
    const found = pipxWheels(python);
    if ("obstacle" in found) throw new Error(found.obstacle);
    execFileSync("cp", ["-r", found.directory, patient.room.seen(wheels)]);
    await patient.root(`chmod -R a+rX ${wheels}`);
  }
  return { ...patient.indexEnv, PIP_FIND_LINKS: wheels, PIPX_DEFAULT_BACKEND: "pip", COLUMNS: "200" };
}
