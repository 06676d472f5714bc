/** poetry's cache directory, written and used by the real one; the environment lies in it. */
import { poetryProject, shopOf } from "../project-tools.ts";
import type { ToolPatient } from "../tool.ts";
import { describeCaches } from "./cache-case.ts";

const root = ({ account }: ToolPatient): string => `${account.home}/.cache/pypoetry`;

describeCaches([
  {
    tool: "poetry", name: "a wheel and sources that it builds", root, beside: ["virtualenv"], kinds: ["download", "built-wheel", "metadata", "index"], names: ["wpkg 1.0", "spkg 2.0"],
    make: async (patient) => {
      await poetryProject(patient);
      await patient.must(`sed -i 's/^wpkg.*/&\\nspkg = "*"/' ~/shop/pyproject.toml`);
    },
    use: (patient) => patient.run(["sh", "-c", "rm -rf ~/.cache/pypoetry/virtualenvs poetry.lock && poetry lock && poetry install"], { cwd: shopOf(patient), env: patient.indexEnv }),
  },
]);
