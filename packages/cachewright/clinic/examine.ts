/** Looking at a patient: what pip says, what doctor and explain say, and the manifest of what is watched. */
import type { Illness } from "./illness.ts";
import { install } from "./install.ts";
import { takeManifest, type Manifest } from "./manifest.ts";
import type { Patient } from "./patient.ts";
import { readDoctor, readExplain, type Finding } from "./reports.ts";
import type { Output } from "./room.ts";
import { must } from "./step.ts";

export async function complains(illness: Illness, patient: Patient): Promise<Output> {
  const output = await (illness.act ?? install)(patient);
  if (illness.complaint instanceof RegExp) must(illness.complaint.test(output.text), `pip should complain ${illness.complaint}, it said:\n${output.text}`);
  else await illness.complaint.shows(output, patient);
  return output;
}

export async function isHealthy(illness: Illness, patient: Patient): Promise<void> {
  if (illness.cured) return illness.cured(patient);
  const first = await (illness.act ?? install)(patient);
  if (illness.complaint instanceof RegExp) must(!illness.complaint.test(first.text), `pip still complains:\n${first.text}`);
  must(first.code === 0, `pip fails:\n${first.text}`);
  if (illness.healthy) return illness.healthy(patient, first);
  const second = await (illness.act ?? install)(patient);
  must(/Using cached/.test(second.text), `a second install should use the cache, it said:\n${second.text}`);
}

const names = (finding: Finding, path: string): boolean =>
  finding.subject === path || (finding.causes ?? []).some(({ subject }) => subject === path) || finding.evidence.some(({ from, path: fact }) => [fact?.path, from.path, from.env].includes(path));

export const asker = ({ doctorVia }: Illness): "patient" | "sudo" => doctorVia ?? "patient";

export async function diagnose(illness: Illness, patient: Patient): Promise<void> {
  const expected = illness.doctorFinds ?? [illness.problem];
  const doctor = readDoctor(await patient.cachewright(["doctor", "--json", ...(illness.doctorArgs ?? [])], { as: asker(illness) }));
  const found = doctor.findings.filter((finding) => expected.includes(finding.problem));
  const all = JSON.stringify(doctor.findings.map(({ problem, subject }) => ({ problem, subject })));
  must(found.length > 0, `doctor should find ${expected.join(" or ")}, it found ${all}`);
  must(found.some((finding) => names(finding, illness.path(patient))), `doctor should name ${illness.path(patient)}, it said ${JSON.stringify(found)}`);
  must(doctor.findings.length === found.length, `one cause, one finding; doctor found ${all}`);
}

export async function explain(illness: Illness, patient: Patient, output: Output): Promise<void> {
  if (!(illness.complaint instanceof RegExp)) return;
  const [first] = readExplain(await patient.cachewright(["explain", "-", "--json"], { as: asker(illness), input: output.text })).findings;
  const expected = illness.explainsAs ?? [illness.problem];
  must(first !== undefined && expected.includes(first.problem), `explain should name ${expected.join(" or ")} first, it said ${JSON.stringify(first)}\nfor:\n${output.text}`);
  must(first.grounded === "proved", `the facts of this machine should prove it, explain said ${first.grounded}`);
  const path = (illness.explainPath ?? illness.path)(patient);
  if (path !== null) must(first.path === path, `explain should name ${path}, it said ${first.path}`);
}

export async function watch(illness: Pick<Illness, "watch">, patient: Patient): Promise<Manifest> {
  const { home } = patient.account;
  return takeManifest(patient.room, illness.watch?.(patient) ?? [home], [`${home}/.local/state`]);
}
