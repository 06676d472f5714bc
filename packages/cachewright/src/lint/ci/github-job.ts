/** The steps of a job or of a composite action: commands in the shells we read, actions with what they are given. */
import { isMap, type Node } from "yaml";
import type { Unread, Variables } from "../source.ts";
import { withVariables } from "./cache-paths.ts";
import type { CachedTool, CiCache, CiPath, CiStep, CiValue, System } from "./ci-file.ts";
import { readScripts, readVariables } from "./read-parts.ts";
import { scalarText } from "./scalar-text.ts";
import { entriesOf, entryOf, follow, rangeOf, scalarsOf, spend, spendText, wordOf, type Tree } from "./yaml-nodes.ts";
import { isScalar, isSeq, type Scalar } from "yaml";
import { rangeIn } from "../mapped-text.ts";

export interface Steps {
  readonly steps: CiStep[];
  readonly caches: CiCache[];
}

export interface Around {
  readonly variables: Variables;
  /** Where a step says nothing; undefined where nothing does. */
  readonly shell: string | undefined;
  readonly systems: readonly System[];
  readonly unread: Unread[];
}

export function readSteps(node: Node | undefined, around: Around, tree: Tree): Steps {
  const out: Steps = { steps: [], caches: [] };
  if (!isSeq(node)) return out;
  for (const item of node.items) {
    const step = follow(item, tree);
    if (!isMap(step)) continue;
    if (!spend(1, step, tree) || !spendText(step, tree)) break;
    out.steps.push(readStep(step, around, tree));
    const cache = cacheOf(step, out.steps.at(-1), around, tree);
    if (cache !== undefined) out.caches.push(cache);
  }
  return out;
}

function readStep(node: Node, around: Around, tree: Tree): CiStep {
  const given = new Map(entriesOf(entryOf(node, "with", tree)?.value, tree).flatMap(({ key, value }): [string, CiValue][] => (value === undefined ? [] : [[key.toLowerCase(), { range: rangeOf(value, tree), text: wordOf(value) ?? "" }]])));
  const uses = wordOf(entryOf(node, "uses", tree)?.value)?.replace(/@[\s\S]*$/, "");
  const run = entryOf(node, "run", tree)?.value;
  const plain: CiStep = { range: rangeOf(node, tree), uses, with: given, step: undefined };
  const shell = wordOf(entryOf(node, "shell", tree)?.value) ?? around.shell;
  if (!isScalar(run) || !isPosix(shell, around.systems)) return plain;
  const variables = readVariables(entryOf(node, "env", tree)?.value, tree, around.variables);
  const read = readScripts({ scalars: [run], called: "run", variables }, tree);
  around.unread.push(...read.unread);
  return { ...plain, step: read.step };
}

/** Without `shell:` Windows runners take PowerShell; an own one is a template: `bash -el {0}`. */
function isPosix(shell: string | undefined, systems: readonly System[]): boolean {
  if (shell === undefined) return systems.length !== 1 || systems[0] !== "windows";
  return /^(?:bash|sh)\b/.test(shell.trim());
}

const tools: readonly CachedTool[] = ["pip", "pipenv", "poetry"];

function cacheOf(node: Node, step: CiStep | undefined, around: Around, tree: Tree): CiCache | undefined {
  const conditional = entryOf(node, "if", tree) !== undefined;
  if (step?.uses === undefined) return undefined;
  const basis = { by: step.uses, saves: true, conditional };
  if (step.uses === "actions/setup-python") {
    const cache = step.with.get("cache");
    const tool = tools.find((one) => one === cache?.text);
    return cache === undefined || tool === undefined ? undefined : { ...basis, range: cache.range, tool, paths: [] };
  }
  if (step.uses === "astral-sh/setup-uv") {
    const enabled = step.with.get("enable-cache");
    return enabled?.text === "true" ? { ...basis, range: enabled.range, tool: "uv", paths: [] } : undefined;
  }
  if (!/^actions\/cache(?:\/(?:save|restore))?$/.test(step.uses)) return undefined;
  const path = entryOf(entryOf(node, "with", tree)?.value, "path", tree)?.value;
  const paths = scalarsOf(path, tree).flatMap((scalar) => pathLines(scalar, around.variables, tree));
  return { ...basis, range: rangeOf(path, tree), tool: undefined, paths, saves: !step.uses.endsWith("/restore") };
}

/** One path a line. */
function pathLines(scalar: Scalar, variables: Variables, tree: Tree): CiPath[] {
  const mapped = scalarText(scalar, tree.text);
  return [...mapped.text.matchAll(/[^\n]+/g)].flatMap(({ 0: line, index }) => {
    const text = line.trim();
    const at = index + line.indexOf(text);
    return text === "" ? [] : [{ range: rangeIn(mapped, at, at + text.length), text, value: withVariables(text.replaceAll(/\$\{\{\s*env\.(\w+)\s*\}\}/g, "$${$1}"), variables) }];
  });
}
