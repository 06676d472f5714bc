import { logOnlyProblem } from "../log-only.ts";

export const problem = logOnlyProblem({ id: "selinux-denied", severity: "error", tools: ["pip"] }, {
  "restore-labels": ["restorecon -R -v DIRECTORY"],
  "label-place": ["semanage fcontext -a -t bin_t \"DIRECTORY/bin(/.*)?\"", "restorecon -R -v DIRECTORY"],
});
