/** GitHub workflows: `env` at three levels, `defaults.run.shell`, `container`, and matrices as far as they are written out. */
import { isMap, type Node } from "yaml";
import type { Reader, Unread, Variables } from "../source.ts";
import type { CiContainer, CiJob, System } from "./ci-file.ts";
import { readSteps } from "./github-job.ts";
import { entryRange, nothingIn, readVariables } from "./read-parts.ts";
import { entriesOf, entryOf, isOfConcern, overrun, readTree, scalarsOf, valueAt, wordOf, type Entry, type Tree } from "./yaml-nodes.ts";

export const readWorkflow: Reader = (text, path) => {
  if (!isOfConcern(text)) return nothingIn({ text, path, kind: "workflow" }, "github");
  const tree = readTree(text);
  if (!("root" in tree)) return { ok: false, fault: tree };
  const unread: Unread[] = [];
  const variables = readVariables(valueAt(tree.root, ["env"], tree), tree);
  const jobs = entriesOf(valueAt(tree.root, ["jobs"], tree), tree).filter(({ value }) => isMap(value)).map((entry) => readJob(entry, { tree, variables, unread }));
  return {
    ok: true,
    source: { path, kind: "workflow", text, steps: jobs.flatMap(({ steps }) => steps.flatMap(({ step }) => step ?? [])), stages: [], unread: [...unread, ...overrun(tree)], ci: { system: "github", jobs } },
  };
};

interface Around {
  readonly tree: Tree;
  readonly variables: Variables;
  readonly unread: Unread[];
}

function readJob(entry: Entry, { tree, variables: outer, unread }: Around): CiJob {
  const job = entry.value;
  const variables = readVariables(valueAt(job, ["env"], tree), tree, outer);
  const systems = systemsOf(job, tree);
  const shell = wordOf(valueAt(job, ["defaults", "run", "shell"], tree)) ?? wordOf(valueAt(tree.root, ["defaults", "run", "shell"], tree));
  const { steps, caches } = readSteps(valueAt(job, ["steps"], tree), { variables, shell, systems, unread }, tree);
  const range = entryRange(entry, tree);
  return { name: entry.key, range, container: containerOf(job, tree), systems, steps, caches, variables, text: tree.text.slice(range.start, range.end), partial: tree.progress.over !== undefined };
}

function containerOf(job: Node | undefined, tree: Tree): CiContainer | undefined {
  const entry = entryOf(job, "container", tree);
  const image = wordOf(entry?.value) ?? wordOf(valueAt(entry?.value, ["image"], tree));
  // `container: ${{ matrix.container }}` may be empty, and then there is none.
  if (entry === undefined || image === undefined || image === "" || /^\$\{\{[\s\S]*\}\}$/.test(image)) return undefined;
  const [, user] = /(?:^|\s)(?:--user|-u)[=\s]+["']?([\w:.-]+)/.exec(wordOf(valueAt(entry.value, ["options"], tree)) ?? "") ?? [];
  return { range: entryRange(entry, tree), user };
}

const systems: readonly (readonly [System, RegExp])[] = [["linux", /^ubuntu-/], ["macos", /^macos-/], ["windows", /^windows-/]];

/** `runs-on: ubuntu-latest`, or every value of the matrix that it names; none where one is not known. */
function systemsOf(job: Node | undefined, tree: Tree): System[] {
  const runners = scalarsOf(valueAt(job, ["runs-on"], tree), tree).map(wordOf);
  const [, named] = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(runners[0] ?? "") ?? [];
  const matrix = valueAt(job, ["strategy", "matrix"], tree);
  const labels = named === undefined ? runners : [...scalarsOf(valueAt(matrix, [named], tree), tree), ...includedOf(matrix, named, tree)].map(wordOf);
  const found = labels.map((label) => systems.find(([, pattern]) => pattern.test(label ?? ""))?.[0]);
  return found.every((one) => one !== undefined) ? [...new Set(found)] : [];
}

function includedOf(matrix: Node | undefined, name: string, tree: Tree): ReturnType<typeof scalarsOf> {
  const included = valueAt(matrix, ["include"], tree);
  if (included === undefined || !("items" in included)) return [];
  return (included.items as unknown[]).flatMap((item) => (isMap(item) ? scalarsOf(entryOf(item, name, tree)?.value, tree) : []));
}

