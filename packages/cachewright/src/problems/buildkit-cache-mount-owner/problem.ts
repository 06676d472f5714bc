import { logOnlyProblem } from "../log-only.ts";

export const problem = logOnlyProblem({ id: "buildkit-cache-mount-owner", severity: "error", tools: ["pip"] }, {
  "mount-owner": ["RUN --mount=type=cache,target=/home/app/.cache/pip,uid=1000,gid=1000 pip install -r requirements.txt"],
});
