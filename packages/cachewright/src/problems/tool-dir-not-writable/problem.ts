import type { Problem } from "../problem.ts";
import { deniedToolDirRemedies, deniedToolDirs } from "../tool-dirs.ts";

const tools = ["poetry", "pdm", "pipenv", "hatch"] as const;

export const problem: Problem = {
  id: "tool-dir-not-writable",
  severity: "error",
  tools: [...tools],
  when: "always",
  detect: (facts) => deniedToolDirs(facts, tools),
  remedies: (found, facts) => deniedToolDirRemedies(facts, found, tools),
};
