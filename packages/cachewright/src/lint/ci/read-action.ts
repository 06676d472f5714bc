/** Composite actions (`action.yml`): their steps. Where they run is the caller's to say. */
import type { Reader, Unread } from "../source.ts";
import type { CiJob } from "./ci-file.ts";
import { readSteps } from "./github-job.ts";
import { nothingIn } from "./read-parts.ts";
import { isOfConcern, overrun, rangeOf, readTree, valueAt, wordOf } from "./yaml-nodes.ts";

export const readAction: Reader = (text, path) => {
  if (!isOfConcern(text)) return nothingIn({ text, path, kind: "action" }, "github");
  const tree = readTree(text);
  if (!("root" in tree)) return { ok: false, fault: tree };
  const unread: Unread[] = [];
  const { steps, caches } = readSteps(valueAt(tree.root, ["runs", "steps"], tree), { variables: new Map(), shell: undefined, systems: [], unread }, tree);
  const range = rangeOf(tree.root, tree);
  const job: CiJob = { name: wordOf(valueAt(tree.root, ["name"], tree)) ?? "action", range, container: undefined, systems: [], steps, caches, variables: new Map(), text, partial: true };
  return {
    ok: true,
    source: { path, kind: "action", text, steps: steps.flatMap(({ step }) => step ?? []), stages: [], unread: [...unread, ...overrun(tree)], ci: { system: "github", jobs: [job] } },
  };
};
