import { logOnlyProblem } from "../log-only.ts";

export const problem = logOnlyProblem({ id: "file-in-use-windows", severity: "error", tools: ["pip"] }, {
  "close-holder": ["tasklist /m NAME.pyd"],
  "install-again": ["py -m pip install --force-reinstall --no-deps PACKAGE"],
});
