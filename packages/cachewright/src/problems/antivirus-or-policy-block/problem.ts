import { logOnlyProblem } from "../log-only.ts";

export const problem = logOnlyProblem({ id: "antivirus-or-policy-block", severity: "error", tools: ["pip"] }, {
  "use-wheel": ["py -m pip install --only-binary :all: PACKAGE"],
  "update-scanner": ["Update-MpSignature"],
});
