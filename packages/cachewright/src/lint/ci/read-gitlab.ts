/** `.gitlab-ci.yml`: jobs with `extends`, `default`, anchors and `!reference` put together as GitLab does. */
import { isMap, type Node } from "yaml";
import type { Reader, Unread } from "../source.ts";
import type { CiCache, CiJob, CiPath, CiStep } from "./ci-file.ts";
import { withVariables } from "./cache-paths.ts";
import { entryRange, nothingIn, readScripts, readVariables } from "./read-parts.ts";
import { entriesOf, entryOf, follow, rangeOf, isOfConcern, overrun, readTree, scalarsOf, spendText, wordOf, type Entry, type Tree } from "./yaml-nodes.ts";
import type { Variables } from "../source.ts";

/** Keys of a file that are no jobs (docs.gitlab.com/ci/yaml, global keywords and the deprecated ones). */
const globals = new Set(["default", "include", "stages", "types", "variables", "workflow", "spec", "image", "services", "cache", "before_script", "after_script"]);

/** Of `extends`; GitLab stops at eleven. */
const deepest = 11;

export const readGitlab: Reader = (text, path) => {
  if (!isOfConcern(text)) return nothingIn({ text, path, kind: "gitlab-ci" }, "gitlab");
  const tree = readTree(text);
  if (!("root" in tree)) return { ok: false, fault: tree };
  const unread: Unread[] = [];
  const jobs = entriesOf(tree.root, tree).filter(({ key, value }) => !globals.has(key) && isMap(value)).map((entry) => readJob(entry, tree, unread));
  return {
    ok: true,
    source: { path, kind: "gitlab-ci", text, steps: jobs.flatMap(({ steps }) => steps.flatMap(({ step }) => step ?? [])), stages: [], unread: [...unread, ...overrun(tree)], ci: { system: "gitlab", jobs } },
  };
};

function readJob(entry: Entry, tree: Tree, unread: Unread[]): CiJob {
  const chain = chainOf(entry, tree);
  const keyed = (key: string): Node | undefined => nearest(chain.nodes, key, tree) ?? inherited(chain.nodes, key, tree);
  const variables = chain.nodes.toReversed().reduce<Variables>((all, node) => readVariables(entryOf(node, "variables", tree)?.value, tree, all), globalVariables(chain.nodes, tree));
  const steps: CiStep[] = [];
  const add = (called: string, keys: readonly string[]): void => {
    const scalars = keys.flatMap((key) => scalarsOf(keyed(key), tree));
    if (scalars.length === 0) return;
    const read = readScripts({ scalars, called, variables }, tree);
    unread.push(...read.unread);
    steps.push({ range: read.step.range, uses: undefined, with: new Map(), step: read.step });
  };
  add("script", ["before_script", "script"]);
  add("after_script", ["after_script"]);
  const range = entryRange(entry, tree);
  return {
    name: entry.key, range, container: undefined, systems: [], steps, variables,
    caches: readCaches(keyed("cache"), variables, tree),
    text: [range, ...chain.nodes.map((node) => rangeOf(node, tree)), ...steps.map((step) => step.range)].map(({ start, end }) => tree.text.slice(start, end)).join("\n"),
    partial: chain.partial || tree.progress.over !== undefined || entryOf(tree.root, "include", tree) !== undefined || steps.length === 0,
  };
}

/** The job and what it extends, the nearest first. */
function chainOf({ value }: Entry, tree: Tree): { nodes: Node[]; partial: boolean } {
  const nodes: Node[] = [];
  let partial = false;
  const walk = (node: Node | undefined, depth: number): void => {
    if (node === undefined) return;
    if (depth > deepest || nodes.length > 100 || (depth > 0 && !spendText(node, tree))) {
      partial = true;
      return;
    }
    nodes.push(node);
    // Of several the last one wins.
    for (const name of scalarsOf(entryOf(node, "extends", tree)?.value, tree).toReversed()) {
      const target = entryOf(tree.root, wordOf(name) ?? "", tree)?.value;
      if (target === undefined) partial = true;
      else walk(target, depth + 1);
    }
  };
  walk(value, 0);
  return { nodes, partial };
}

function nearest(nodes: readonly Node[], key: string, tree: Tree): Node | undefined {
  for (const node of nodes) {
    const found = entryOf(node, key, tree);
    if (found !== undefined) return found.value;
  }
  return undefined;
}

/** From `default:`, or written at the top as in older files, unless `inherit:` says no. */
function inherited(nodes: readonly Node[], key: string, tree: Tree): Node | undefined {
  const wanted = entryOf(nearest(nodes, "inherit", tree), "default", tree)?.value;
  if (wordOf(wanted) === "false" || (wanted !== undefined && wordOf(wanted) === undefined && !scalarsOf(wanted, tree).some((one) => wordOf(one) === key))) return undefined;
  return entryOf(entryOf(tree.root, "default", tree)?.value, key, tree)?.value ?? entryOf(tree.root, key, tree)?.value;
}

function globalVariables(nodes: readonly Node[], tree: Tree): Variables {
  const all = readVariables(entryOf(tree.root, "variables", tree)?.value, tree);
  const wanted = entryOf(nearest(nodes, "inherit", tree), "variables", tree)?.value;
  if (wanted === undefined || wordOf(wanted) === "true") return all;
  const names = new Set(scalarsOf(wanted, tree).map(wordOf));
  return new Map([...all].filter(([name]) => names.has(name)));
}

function readCaches(node: Node | undefined, variables: Variables, tree: Tree): CiCache[] {
  const each = node !== undefined && "items" in node && !isMap(node) && Array.isArray(node.items) ? node.items.map((item) => follow(item, tree)) : [node];
  return each.flatMap((one) => {
    if (!isMap(one)) return [];
    const policy = wordOf(entryOf(one, "policy", tree)?.value);
    const paths = scalarsOf(entryOf(one, "paths", tree)?.value, tree).map((scalar): CiPath => ({ range: rangeOf(scalar, tree), text: wordOf(scalar) ?? "", value: withVariables(wordOf(scalar) ?? "", variables) }));
    return [{ range: rangeOf(one, tree), by: "cache:", paths, tool: undefined, saves: policy === undefined || policy === "push" || policy === "pull-push", conditional: false }];
  });
}
