/** `cache-abandoned` of poetry, pdm and hatch: a file of settings moved the cache, and the old one is still there. */
import { join } from "node:path";
import type { Facts, ToolFact } from "../facts/facts.ts";
import { mountOfPath } from "../facts/mounts.ts";
import { bytesInWords } from "./disk-full/problem.ts";
import { pathFact, selfActor } from "./look-up.ts";
import type { Finding, ProposedStep, Remedy } from "./problem.ts";
import { placeOf, shellWord } from "./settings-words.ts";
import { toolNames } from "./tool-places.ts";

interface Left {
  readonly fact: ToolFact;
  readonly left: NonNullable<ToolFact["left"]>[number];
}

/** All versions here must have moved: one that still works in the old place has left nothing. */
function leftOnes(facts: Facts, tools: readonly ToolFact["tool"][]): Left[] {
  const all = (facts.tools ?? []).filter(({ tool }) => tools.includes(tool));
  const found = all.flatMap((fact) => (fact.left ?? []).map((left) => ({ fact, left }))).filter(({ fact, left }) => all.every((other) => other.tool !== fact.tool || other.left?.some(({ path }) => path === left.path) === true));
  return [...new Map(found.map((one) => [one.left.path, one])).values()];
}

export function leftByTools(facts: Facts, tools: readonly ToolFact["tool"][]): Finding[] {
  return leftOnes(facts, tools).flatMap(({ fact, left }): Finding[] => {
    const { path, key, bytes, entries, newest, complete } = left;
    const setting = fact.settings.find((one) => one.key === key);
    const now = fact.places.find((place) => place.kind === "cache" && place.key === key)?.root;
    if (setting === undefined || now === undefined) return [];
    const size = `${complete ? "" : "at least "}${bytesInWords(bytes)}`;
    return [{
      problem: "cache-abandoned", severity: "note", subject: path,
      evidence: [
        { says: `${size} in ${entries === 1 ? "1 file" : `${entries} files`}, the last changed on ${newest.slice(0, 10)}`, from: { path }, path: pathFact(facts, path) },
        { says: `${setting.key} = ${setting.value ?? ""}`, from: setting.from },
      ],
      params: { path, now, place: placeOf(setting), size, tool: toolNames([fact]), name: fact.tool, variant: "tool", tools: "yes" },
    }];
  });
}

/** The tool's own command for the old place: what else lies there (poetry's environments) it leaves alone. */
const clear: Readonly<Partial<Record<string, (path: string) => string>>> = {
  poetry: (path) => `POETRY_CACHE_DIR=${path} poetry cache clear --all .`,
  pdm: (path) => `PDM_CACHE_DIR=${path} pdm cache clear`,
};

function moveOver(facts: Facts, old: string, { now, parts }: { readonly now: string; readonly parts: readonly string[] }): ProposedStep[] {
  const to = pathFact(facts, now);
  const isMine = (path: string): boolean => pathFact(facts, path).uid === facts.user.euid && pathFact(facts, path).access?.write === "ok";
  if (to.type !== "dir" || !isMine(now) || !isMine(old) || mountOfPath(facts, old)?.id !== mountOfPath(facts, now)?.id) return [];
  const filled = parts.filter((part) => pathFact(facts, join(old, part)).type === "dir");
  const free = filled.every((part) => pathFact(facts, join(now, part)).state === "absent" && isMine(join(old, part)));
  return free ? filled.map((part) => ({ kind: "rename", why: "it is found in the new place", actor: selfActor(facts), from: join(old, part), to: join(now, part), aside: false })) : [];
}

export function leftByToolsRemedies(facts: Facts, found: Finding): Remedy[] {
  const { path = "", now = "", name = "" } = found.params;
  const left = (facts.tools ?? []).flatMap((fact) => fact.left ?? []).find((one) => one.path === path);
  const steps = moveOver(facts, path, { now, parts: left?.parts ?? [] });
  const command = clear[name]?.(shellWord(path));
  return [
    ...(steps.length > 0 ? [{ id: "move-over", needs: "user" as const, params: { path, now }, probes: [now], steps }] : []),
    { id: "clear-with-tool", needs: "user", params: { path }, steps: [], shown: command === undefined ? [`ls -la ${shellWord(path)}`] : [command] },
  ];
}
