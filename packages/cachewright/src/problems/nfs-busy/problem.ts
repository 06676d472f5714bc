import { logOnlyProblem } from "../log-only.ts";

export const problem = logOnlyProblem({ id: "nfs-busy", severity: "error", tools: ["pip"] }, {
  "close-holder": ["lsof +D DIRECTORY"],
  "install-again": ["pip install --force-reinstall --no-deps PACKAGE"],
});
