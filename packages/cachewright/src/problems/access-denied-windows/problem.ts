import { logOnlyProblem } from "../log-only.ts";

export const problem = logOnlyProblem({ id: "access-denied-windows", severity: "error", tools: ["pip"] }, {
  "make-venv": ["py -m venv .venv", ".venv\\Scripts\\python -m pip install PACKAGE"],
  "user-install": ["py -m pip install --user PACKAGE"],
  "restore-rights": ["icacls \"DIRECTORY\" /reset /T /C"],
});
