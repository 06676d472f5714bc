/** pdm's cache directory, written and used by the real one, with packages that environments are linked to. */
import { pdmProject, shopOf } from "../project-tools.ts";
import type { ToolPatient } from "../tool.ts";
import { describeCaches, type CacheCase } from "./cache-case.ts";

const root = ({ account }: ToolPatient): string => `${account.home}/.cache/pdm`;

function project(...settings: readonly string[]): CacheCase["make"] {
  return async (patient) => {
    await pdmProject(patient);
    await patient.must(`sed -i 's/\\["wpkg"\\]/["wpkg", "spkg"]/' ~/shop/pyproject.toml`);
    for (const setting of ["check_update false", ...settings]) {
      const { code, text } = await patient.toolIn(shopOf(patient), "config", ...setting.split(" "));
      if (code !== 0) throw new Error(text);
    }
  };
}

const use: CacheCase["use"] = (patient) => patient.run(["sh", "-c", "rm -rf .venv pdm.lock && pdm lock && pdm install"], { cwd: shopOf(patient), env: patient.indexEnv });

describeCaches([
  { tool: "pdm", name: "packages copied from wheels", beside: ["virtualenv"], make: project(), use, root, kinds: ["built-wheel", "metadata", "index"], unproven: ["index"], names: ["spkg 2.0"] },
  {
    tool: "pdm", name: "packages linked to", make: project("install.cache on"), use, root, beside: ["virtualenv"],
    // The index's wheels have a RECORD without hashes.
    kinds: ["built-wheel", "metadata", "index", "package"], unproven: ["index", "package"], names: ["wpkg 1.0", "spkg 2.0"],
  },
]);
