import { logOnlyProblem } from "../log-only.ts";

export const problem = logOnlyProblem({ id: "confined-sandbox", severity: "error", tools: ["pip"] }, {
  "inside-place": ["PIP_CACHE_DIR=DIRECTORY pip install PACKAGE"],
  "give-leave": ["flatpak override --user --filesystem=DIRECTORY APPLICATION"],
});
