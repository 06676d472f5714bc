/** A layer takes a tool's cache along: neither switched off, nor on a mount, nor emptied before the RUN ends. */
import { cachePlace } from "../../cache-place.ts";
import { cacheSwitch } from "../../cache-off.ts";
import { commandsAfter, isCarried, stepsAfter } from "../../carried.ts";
import { empties } from "../../cleaning.ts";
import { nameOf } from "../../dockerfile/images.ts";
import { officialImages } from "../../dockerfile/official-images.ts";
import { looksLike, mountOver } from "../../mounted.ts";
import { covers } from "../../paths.ts";
import { addBehind, isPlain } from "../../plain-edits.ts";
import type { LintFinding, LintFix, Rule } from "../../rule.ts";
import type { Command, Source, Stage, Step } from "../../source.ts";
import { fillingRun, has, type ToolRun } from "../../tool-run.ts";

export const rule: Rule = {
  code: "layer-keeps-cache",
  kinds: ["dockerfile"],
  check: (source) => source.steps.flatMap((step) => checkStep(source, step)),
};

function checkStep(source: Source, step: Step): LintFinding[] {
  const runs = step.commands.flatMap((command) => fillingRun(command) ?? []).filter((run) => leavesCache(source, step, run));
  // One clean is enough for all that conda does in a step.
  const firstConda = runs.find(({ tool }) => tool === "conda");
  return runs.filter((run) => run.tool !== "conda" || run === firstConda).map((run) => findingOf(source, step, run));
}

function leavesCache(source: Source, step: Step, { tool, command, verbs }: ToolRun): boolean {
  // `uv run` mostly finds all of it installed, and then fetches nothing.
  if (tool === "uv" && verbs === "run") return false;
  // To have packages in the cache is what such a layer is for.
  if (tool === "conda" && has(command, ["--download-only"])) return false;
  if (tool === "pip" && (isBuiltHere(step) || onlyWheelsOf(step, command))) return false;
  if (cacheSwitch(tool, command).state !== "on") return false;
  const { path } = cachePlace(tool, command);
  if (!isCarried(source, step, path ?? packagesOf(step, tool))) return false;
  // A mount that misses the place is the fault then, and another rule's.
  if (mountOver(step, tool, path) !== undefined || step.mounts.some(({ type, target }) => type === "cache" && target !== undefined && looksLike(target, tool))) return false;
  if (commandsAfter(step, command).some((later) => empties(later, tool, path))) return false;
  if (step.stage?.shipped === false && stepsAfter(source, step).some(({ commands }) => commands.some((later) => empties(later, tool, path)))) return false;
  return !(tool === "pip" && setsInFile(source, step));
}

/** Images of conda have it in `/opt/conda`, though not all of them say so in a variable. */
function packagesOf({ stage }: Step, tool: ToolRun["tool"]): string | undefined {
  return tool === "conda" && stage?.image !== undefined && /^(?:continuumio|condaforge)\//.test(nameOf(stage.image)) ? "/opt/conda/pkgs" : undefined;
}

/** An image by a name that Docker's library has not is made by another file of the project, which may switch the cache off. */
function isBuiltHere({ stage }: Step): boolean {
  const name = stage?.image === undefined ? undefined : nameOf(stage.image);
  return name !== undefined && !name.includes("/") && !officialImages.has(name);
}

/** Wheels that another stage made, all of them: what they need lies beside them, and pip does not cache what lies there. */
function onlyWheelsOf(step: Step, command: Command): boolean {
  const made = step.mounts.flatMap(({ type, target, options }) => (type === "bind" && options.has("from") && target !== undefined ? [target] : []));
  const wanted = command.args.slice(1).filter(({ value }) => value?.startsWith("-") !== true);
  return made.length > 0 && wanted.length > 0 && wanted.every(({ value, text }) => /\*(?:\.whl)?$/.test(value ?? text) && made.some((target) => covers(target, (value ?? text).replace(/\/[^/]*$/, ""))));
}

/** A settings file that is copied or written may hold `no-cache-dir`; its content is not here. */
function setsInFile(source: Source, { stage }: Step): boolean {
  for (let one = stage; one !== undefined; one = one.parent) if (speaksOfFile(source, one)) return true;
  return false;
}

/** Asked for every step of a stage. */
const asked = new WeakMap<Stage, boolean>();

function speaksOfFile({ text }: Source, stage: Stage): boolean {
  const known = asked.get(stage) ?? /pip\.conf|pip\.ini|pip3?\s+config\s+set/.test(text.slice(stage.range.start, stage.range.end));
  asked.set(stage, known);
  return known;
}

const switchedOff: Readonly<Record<string, string>> = { pip: "--no-cache-dir", uv: "--no-cache", poetry: "--no-cache" };
const cleared: Readonly<Record<string, string>> = { pipenv: "pipenv --clear", pdm: "pdm cache clear", conda: "conda clean -afy" };

function findingOf(source: Source, step: Step, run: ToolRun): LintFinding {
  const { tool, command, verb, verbs } = run;
  const { path } = cachePlace(tool, command);
  const where = path === undefined ? "" : ` in ${path}`;
  const what = tool === "conda" ? `${command.name} leaves package archives and the index${where}` : `${tool} keeps what it downloads${where}`;
  const mount = path === undefined ? "" : `, or RUN --mount=type=cache,target=${path}`;
  const option = switchedOff[tool];
  const fix = fixOf(source, step, run);
  return {
    range: { start: command.program.range.start, end: verb.range.end },
    message: `${what}, and this layer takes it along`,
    instead: option === undefined ? `… && ${clean(run)} in the same RUN${mount}` : `${command.name} ${verbs} ${option}${mount}`,
    // Hard links: what an environment has of the cache is in the layer once (uv 0.13.9: 0.8 MB beside 7.8 MB).
    ...(tool === "uv" && command.variables.get("UV_LINK_MODE")?.value !== "copy" ? { level: "note" as const } : {}),
    ...(fix === undefined ? {} : { fix }),
  };
}

function clean({ tool, command }: ToolRun): string {
  // mamba and micromamba ask about -f even with -y (mamba#1562).
  return tool === "conda" && command.name !== "conda" ? `${command.name} clean -ay` : (cleared[tool] ?? "");
}

function fixOf(source: Source, step: Step, run: ToolRun): LintFix | undefined {
  const { tool, command, verb } = run;
  const option = switchedOff[tool];
  if (option !== undefined) {
    const edits = addBehind(source, verb, option);
    return edits === undefined ? undefined : { says: `Add ${option}`, edits };
  }
  if (tool !== "conda") return undefined;
  const last = step.commands.findLast((one) => fillingRun(one)?.tool === "conda") ?? command;
  const words = [last.program, ...last.args];
  if (last.conditional || last.sudo !== undefined || words.some((word) => !isPlain(source, word)) || softLinks(command)) return undefined;
  return { says: `Clean up in the same RUN: ${clean(run)}`, edits: [{ start: last.range.end, end: last.range.end, content: ` && ${clean(run)}` }] };
}

function softLinks({ variables }: ToolRun["command"]): boolean {
  return [...variables.keys()].some((name) => /SOFTLINK/.test(name));
}
