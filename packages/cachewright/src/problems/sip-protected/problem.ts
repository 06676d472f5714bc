import { logOnlyProblem } from "../log-only.ts";

export const problem = logOnlyProblem({ id: "sip-protected", severity: "error", tools: ["pip"] }, {
  "make-venv": ["python3 -m venv .venv", ".venv/bin/python -m pip install PACKAGE"],
  "own-python": ["brew install python"],
});
