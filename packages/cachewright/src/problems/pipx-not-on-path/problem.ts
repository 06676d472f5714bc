import { notOnPath, pathLineCures } from "../path-line-cures.ts";
import type { Problem } from "../problem.ts";

export const problem: Problem = {
  id: "pipx-not-on-path", severity: "note", tools: ["pipx"], when: "asked",
  detect: (facts) => notOnPath(facts, "pipx-not-on-path", "pipx"),
  remedies: (found, facts) => [...pathLineCures(found, facts), { id: "ensurepath", needs: "user", steps: [], shown: ["pipx ensurepath"] }],
};
