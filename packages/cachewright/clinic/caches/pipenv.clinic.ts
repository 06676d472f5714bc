/** pipenv's cache, written and used by the real one. */
import { pipenvProject, shopOf } from "../project-tools.ts";
import type { ToolPatient } from "../tool.ts";
import { describeCaches } from "./cache-case.ts";

const root = ({ account }: ToolPatient): string => `${account.home}/.cache/pipenv`;

describeCaches([
  {
    tool: "pipenv", name: "a wheel and sources that its pip builds", root, beside: ["virtualenv"], kinds: ["download", "built-wheel", "index"], unproven: ["index"], names: ["wpkg 1.0", "spkg 2.0"],
    make: async (patient) => {
      await pipenvProject(patient);
      await patient.must(`printf 'spkg = "*"\\n' >> ~/shop/Pipfile`);
    },
    use: (patient) => patient.run(["sh", "-c", "rm -rf .venv Pipfile.lock && pipenv install"], { cwd: shopOf(patient), env: { ...patient.indexEnv, PIPENV_VENV_IN_PROJECT: "1", PIPENV_NOSPIN: "1" } }),
  },
]);
