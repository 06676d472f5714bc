import { logOnlyProblem } from "../log-only.ts";

export const problem = logOnlyProblem({ id: "pip-self-upgrade-windows", severity: "error", tools: ["pip"] }, {
  "python-m-pip": ["py -m pip install --upgrade pip"],
});
