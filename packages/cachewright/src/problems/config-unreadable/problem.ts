import { basename } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { whyRefused } from "../access-model.ts";
import { accountName, asideName, behindLinks, canSetAside, isInHome, octal, pipNames, resolvedPath, selfActor } from "../look-up.ts";
import { giveBack, restoreMode } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";
import { isOfTools, unreadToolConfigs, unreadToolRemedies } from "../tool-configs.ts";

type Unread = Facts["pip"]["configs"][number];

/** pip swallows the error (`configparser.read`) and goes on as if the file were not there. */
function isPassedOver(facts: Facts, config: Unread): boolean {
  if (config.state === "unreadable") return true;
  // A link to /dev/null says on purpose that there are no settings, and reads so.
  return config.state === "not-a-file" && resolvedPath(facts, config.path) !== "/dev/null";
}

function becauseOf(facts: Facts, config: Unread, seen: PathFact): string {
  if (config.state === "not-a-file") return `it is a ${seen.type ?? "thing"}, not a file`;
  return whyRefused(facts, seen, "read")?.because ?? `the kernel answers ${config.errno ?? "an error"}`;
}

function ofPip(facts: Facts): Finding[] {
  return facts.pip.configs.flatMap((config): Finding[] => {
    const readers = facts.pip.uses.filter((use) => use.reads.includes(config.path));
    if (!isPassedOver(facts, config) || readers.length === 0) return [];
    const seen = behindLinks(facts, config.path);
    const because = becauseOf(facts, config, seen);
    return [{
      problem: "config-unreadable", severity: "warning", subject: config.path,
      evidence: [{ says: because, from: { path: seen.path, call: "access" }, path: seen }],
      params: { path: config.path, file: config.path, because, pip: pipNames(readers), owner: accountName(facts, seen.uid), mode: octal(seen.mode), variant: config.state },
    }];
  });
}

/** What to open for the user: the file, or the directory above it that cannot be entered. */
function closedPart(facts: Facts, file: PathFact): PathFact {
  return file.state === "present" ? file : (whyRefused(facts, file, "read")?.by ?? file);
}

function moveAway(facts: Facts, seen: PathFact): Remedy[] {
  const shown: Remedy = { id: "move-away", needs: "root", steps: [], params: { path: seen.path }, shown: [`sudo mv ${shellWord(seen.path)} ${shellWord(`${seen.path}.old`)}`] };
  if (!isInHome(facts, seen.path) || !canSetAside(facts, seen)) return [shown];
  const to = asideName(facts, seen.path);
  return [{ id: "move-away", needs: "user", params: { path: seen.path }, steps: [{ kind: "rename", why: "no settings file, but in the place of one", actor: selfActor(facts), from: seen.path, to, aside: true }] }];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const seen = behindLinks(facts, found.subject);
  if (found.params["variant"] === "not-a-file" || (isOfTools(found) && seen.state === "present" && seen.type !== "file")) return moveAway(facts, seen);
  if (isOfTools(found) && seen.type === "file") return unreadToolRemedies(found, facts);
  const part = closedPart(facts, seen);
  // Whoever can make a link chooses what it leads to: only what is called a settings file is taken for one.
  const isStray = part.type === "file" && !/^pip\.(?:conf|ini)$/.test(basename(part.path));
  const open = `sudo chmod ${part.type === "dir" ? "a+x" : "a+r"} ${shellWord(part.path)}`;
  const ask: Remedy = { id: "ask-admin", needs: "root", steps: [], params: { path: part.path }, shown: [isStray ? `ls -l ${shellWord(found.subject)}` : open] };
  if (part.state !== "present" || (part.type !== "file" && part.type !== "dir")) return [ask];
  const own = restoreMode(facts, part, { select: "top", probes: [] });
  const given = own.length > 0 || isStray ? own : giveBack(facts, part.path, { probes: [], select: "top" });
  return given.length > 0 ? given : [ask];
}

export const problem: Problem = {
  id: "config-unreadable", severity: "warning", tools: ["pip", "uv", "poetry", "pdm", "pipenv", "hatch", "virtualenv"], when: "always",
  detect: (facts) => [...ofPip(facts), ...unreadToolConfigs(facts)],
  remedies,
};
