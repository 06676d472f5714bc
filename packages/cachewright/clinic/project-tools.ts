/** Projects of poetry, pdm, pipenv and hatch that need one package of the clinic's index. */
import { dirname } from "node:path";
import type { ToolPatient } from "./tool.ts";

export const shopOf = (patient: ToolPatient): string => `${patient.account.home}/shop`;

async function write(patient: ToolPatient, file: string, lines: readonly string[]): Promise<void> {
  await patient.must(`mkdir -p ~/${dirname(file)} && printf '%s\\n' ${lines.map((line) => `'${line}'`).join(" ")} > ~/${file}`);
}

const dependency = ["[tool.poetry.dependencies]", 'python = ">=3.9"', 'wpkg = "*"'];

/** Written once: what a tool adds to it stays. */
export async function poetryProject(patient: ToolPatient, at = "shop"): Promise<void> {
  await write(patient, `${at}/pyproject.toml`, [
    "[tool.poetry]", 'name = "shop"', 'version = "1.0"', 'description = ""', "authors = []", "package-mode = false", "", ...dependency, "",
    "[[tool.poetry.source]]", 'name = "clinic"', `url = "${patient.indexUrl}"`, 'priority = "primary"',
  ]);
}

export async function pdmProject(patient: ToolPatient, at = "shop"): Promise<void> {
  await write(patient, `${at}/pyproject.toml`, [
    "[project]", 'name = "shop"', 'version = "1.0"', 'requires-python = ">=3.9"', 'dependencies = ["wpkg"]', "", "[tool.pdm]", "distribution = false", "",
    "[[tool.pdm.source]]", 'name = "pypi"', `url = "${patient.indexUrl}"`, "verify_ssl = true",
  ]);
}

export async function pipenvProject(patient: ToolPatient, at = "shop"): Promise<void> {
  await write(patient, `${at}/Pipfile`, ["[[source]]", 'name = "clinic"', `url = "${patient.indexUrl}"`, "verify_ssl = true", "", "[packages]", 'wpkg = "*"']);
}

export async function hatchProject(patient: ToolPatient): Promise<void> {
  await write(patient, "shop/pyproject.toml", ["[project]", 'name = "shop"', 'version = "1.0"', "", "[tool.hatch.envs.default]", "skip-install = true"]);
}
