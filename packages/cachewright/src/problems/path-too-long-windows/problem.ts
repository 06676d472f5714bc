import { logOnlyProblem } from "../log-only.ts";

export const problem = logOnlyProblem({ id: "path-too-long-windows", severity: "error", tools: ["pip"] }, {
  "shorter-place": ["py -m venv C:\\v\\NAME"],
  "short-temp": ["set TEMP=C:\\t& set TMP=C:\\t"],
  "long-paths": ["reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\FileSystem /v LongPathsEnabled /t REG_DWORD /d 1"],
});
