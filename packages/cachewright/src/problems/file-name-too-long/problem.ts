import { logOnlyProblem } from "../log-only.ts";

export const problem = logOnlyProblem({ id: "file-name-too-long", severity: "error", tools: ["pip"] }, {
  "shorter-place": ["python3 -m venv /var/tmp/NAME"],
  "newer-pip": ["python3 -m pip install --upgrade pip setuptools"],
});
