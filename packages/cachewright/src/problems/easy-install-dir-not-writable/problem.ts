import { logOnlyProblem } from "../log-only.ts";

export const problem = logOnlyProblem({ id: "easy-install-dir-not-writable", severity: "error", tools: ["pip"] }, {
  "make-venv": ["python3 -m venv .venv", ".venv/bin/python -m pip install ."],
});
