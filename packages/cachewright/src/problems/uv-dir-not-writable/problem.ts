import { basename } from "node:path";
import type { Facts } from "../../facts/facts.ts";
import { isAtOrBelow, isInHome, pathFact } from "../look-up.ts";
import type { Finding, Problem } from "../problem.ts";
import { deniedPlaces, reopenPlaces, toolRoots, type PlaceChoice, type ToolRoot } from "../tool-places.ts";

/** Only a person's own: in images the tools and Pythons stand where an administrator put them, to be read. */
const choice = (facts: Facts): PlaceChoice => ({
  tools: ["uv"], kinds: ["envs", "data", "scripts", "state"],
  select: ({ root }) => isInHome(facts, root) || pathFact(facts, root).uid === facts.user.euid,
});

/** In `~/.local/bin` stand programs of others, and uv puts a link in the place of its own; elsewhere each entry is a tool or a Python. */
function isMine(facts: Facts, { root, kind }: ToolRoot, path: string): boolean {
  if (isAtOrBelow(root, path)) return true;
  const { type } = pathFact(facts, path);
  return kind !== "scripts" && (type === "dir" || basename(path) === ".lock");
}

function variantOf(found: Finding): "above" | "top" | "part" {
  const roots = (found.params["roots"] ?? "").split(":");
  if (roots.includes(found.subject)) return "top";
  return roots.some((root) => isAtOrBelow(found.subject, root)) ? "part" : "above";
}

const what: Readonly<Record<string, string>> = { envs: "tools", data: "Pythons", scripts: "programs", state: "credentials" };

function detect(facts: Facts): Finding[] {
  const found = deniedPlaces(facts, "uv-dir-not-writable", { ...choice(facts), severity: "error", mine: (root, path) => isMine(facts, root, path) });
  const kinds = new Map(toolRoots(facts, choice(facts)).map(({ root, kind }) => [root, what[kind] ?? ""]));
  return found.map((finding) => {
    const things = [...new Set((finding.params["roots"] ?? "").split(":").map((root) => kinds.get(root) ?? ""))].join(" and ");
    return { ...finding, params: { ...finding.params, things, variant: variantOf(finding) } };
  });
}

export const problem: Problem = {
  id: "uv-dir-not-writable", severity: "error", tools: ["uv"], when: "always", detect,
  remedies: (found, facts) => {
    const roots = toolRoots(facts, choice(facts)).filter(({ root }) => (found.params["roots"] ?? "").split(":").includes(root));
    return reopenPlaces(facts, found, (path) => roots.some((root) => isMine(facts, root, path)));
  },
};
