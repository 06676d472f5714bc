/** Directories for settings, data and logs of poetry, pdm, pipenv and hatch that refuse them. */
import { dirname } from "node:path";
import type { Facts, PathFact, ToolFact } from "../facts/facts.ts";
import { isUnusable, whyUnusable } from "./access-model.ts";
import { accountName, isAtOrBelow, isInHome, nearestPresent, octal, pathFact, resolvedPath, userName } from "./look-up.ts";
import { giveBackOrReopen } from "./ownership-cures.ts";
import type { Finding, Remedy } from "./problem.ts";
import { deniedPlaces, deniedPlacesRemedies, toolNames, toolRoots, type ToolRoot } from "./tool-places.ts";

type Name = ToolFact["tool"];

/** Caches have their own problem, and what a cache's directory is refused for is told there. */
function isCachePart(facts: Facts, tools: readonly Name[], path: string, root: ToolRoot): boolean {
  return toolRoots(facts, { tools, kinds: ["cache"] }).some((cache) => cache.root !== root.root && isAtOrBelow(cache.root, path));
}

/** `tool-dir-not-writable`: data and logs. Interpreters below a program's own, shared directory are the administrator's to add. */
export function deniedToolDirs(facts: Facts, tools: readonly Name[]): Finding[] {
  const select = (place: ToolFact["places"][number]): boolean => place.kind !== "data" || isInHome(facts, place.root);
  const found = deniedPlaces(facts, "tool-dir-not-writable", { tools, kinds: ["envs", "data", "state"], severity: "error", select, mine: (root, path) => !isCachePart(facts, tools, path, root) });
  return [...found.map((one): Finding => ({ ...one, params: { ...one.params, what: whatOf(facts, tools, one), variant: "data" } })), ...deniedConfigDirs(facts, tools)];
}

const names: Readonly<Record<ToolRoot["kind"], string>> = { envs: "environments", data: "Pythons", state: "logs", cache: "its cache", scripts: "programs", temp: "temporary files" };

function whatOf(facts: Facts, tools: readonly Name[], { params }: Finding): string {
  const roots = new Set((params["roots"] ?? "").split(":"));
  const kinds = toolRoots(facts, { tools, kinds: ["envs", "data", "state"] }).filter(({ root }) => roots.has(root)).flatMap(({ uses }) => uses.map(({ place }) => names[place.kind]));
  return [...new Set(kinds)].join(" and ");
}

/** Cures of the same: logs may be made anew; environments and Pythons go back to their owner. */
export function deniedToolDirRemedies(facts: Facts, found: Finding, tools: readonly Name[]): Remedy[] {
  if (found.params["variant"] !== "data") return configDirRemedies(facts, found);
  const roots = new Set((found.params["roots"] ?? "").split(":"));
  const kinds = toolRoots(facts, { tools, kinds: ["envs", "data", "state"] }).filter(({ root }) => roots.has(root)).map(({ kind }) => kind);
  const cures = deniedPlacesRemedies(facts, found, { mayRenew: kinds.every((kind) => kind === "state") });
  const shown = elsewhere(found, kinds);
  return [...cures, ...(shown.length > 0 ? [{ id: "other-place", needs: "user" as const, steps: [], shown }] : [])];
}

/** How each tool is told to keep them elsewhere. */
function elsewhere({ params }: Finding, kinds: readonly ToolRoot["kind"][]): string[] {
  const has = (kind: ToolRoot["kind"]): boolean => kinds.includes(kind);
  const ways: Readonly<Partial<Record<string, string[]>>> = {
    poetry: has("envs") ? ["export POETRY_VIRTUALENVS_PATH=~/venvs"] : [],
    pdm: [...(has("state") ? ["export PDM_LOG_DIR=~/pdm-log"] : []), ...(has("envs") ? ["pdm config venv.location ~/venvs"] : [])],
    pipenv: has("envs") ? ["export WORKON_HOME=~/venvs"] : [],
    hatch: has("envs") || has("data") ? ["export HATCH_DATA_DIR=~/hatch-data"] : [],
  };
  return (params["tools"] ?? "").split(",").flatMap((tool) => ways[tool] ?? []);
}

interface DeniedConfig {
  readonly path: PathFact;
  readonly directory: string;
  readonly uses: ToolFact[];
  /** Nothing at all works without the file, which the tool makes at its first run. */
  stops: boolean;
}

/** The directory of one's own settings, or a foreign file in it. A link leads to what somebody keeps elsewhere on purpose. */
function deniedConfigs(facts: Facts, tools: readonly Name[]): Map<string, DeniedConfig> {
  const found = new Map<string, DeniedConfig>();
  for (const fact of facts.tools ?? []) {
    const own = tools.includes(fact.tool) ? fact.configs.find(({ scope, state }) => scope === "user" && (state === "absent" || state === "read")) : undefined;
    if (own === undefined || !isInHome(facts, own.path) || pathFact(facts, own.path).type === "link") continue;
    const directory = resolvedPath(facts, dirname(own.path));
    const part = nearestPresent(facts, directory);
    const file = pathFact(facts, own.path);
    // hatch puts a new file in the old one's place, where only the directory is asked (utils/fs.py `write_atomic`).
    const ill = part.type === "dir" && isUnusable(part) ? part : fact.tool !== "hatch" && file.type === "file" && file.uid !== facts.user.euid && isUnusable(file) ? file : undefined;
    if (ill === undefined || facts.user.euid === 0) continue;
    const known = found.get(ill.path) ?? { path: ill, directory, uses: [], stops: false };
    known.uses.push(fact);
    known.stops ||= fact.tool === "hatch" && own.state === "absent";
    found.set(ill.path, known);
  }
  return found;
}

function deniedConfigDirs(facts: Facts, tools: readonly Name[]): Finding[] {
  return [...deniedConfigs(facts, tools).values()].map(({ path, directory, uses, stops }): Finding => {
    const because = whyUnusable(facts, path)?.because ?? "it may not be written";
    return {
      problem: "tool-dir-not-writable", severity: stops ? "error" : "warning", subject: path.path, blocker: path.path,
      evidence: [{ says: because, from: { path: path.path, call: "access" }, path }, { says: `${toolNames(uses)} keeps settings in ${directory}`, from: { path: directory } }],
      params: {
        path: path.path, root: directory, roots: directory, tool: toolNames(uses), tools: [...new Set(uses.map(({ tool }) => tool))].join(","), user: userName(facts), owner: accountName(facts, path.uid),
        mode: octal(path.mode), because, count: "1", what: "settings", variant: stops ? "first-run" : "settings",
      },
    };
  });
}

function configDirRemedies(facts: Facts, { subject, params }: Finding): Remedy[] {
  const part = pathFact(facts, subject);
  const isOwn = isAtOrBelow(subject, params["root"] ?? "");
  return giveBackOrReopen(facts, [part], () => ({ select: isOwn ? "tree" : "top", recognised: true, probes: [part.type === "dir" ? subject : dirname(subject)] }));
}
