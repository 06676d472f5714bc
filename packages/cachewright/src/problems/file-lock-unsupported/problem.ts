import { logOnlyProblem } from "../log-only.ts";

export const problem = logOnlyProblem({ id: "file-lock-unsupported", severity: "error", tools: ["pip"] }, {
  "local-cache": ["export PIP_CACHE_DIR=/var/tmp/NAME/pip UV_CACHE_DIR=/var/tmp/NAME/uv"],
  "conda-no-lock": ["conda config --set no_lock true"],
});
