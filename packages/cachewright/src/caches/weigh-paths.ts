/** Bytes on disk of a few files and directories, without walking the cache they lie in. */
import type { Machine } from "../machine/machine.ts";
import { weighTrees } from "../machine/weigh-trees.ts";
import type { HousePlan } from "./house-plan.ts";
import type { WhyHeld } from "./why.ts";

/** Of each group; what went away meanwhile weighs nothing. */
export async function weighPaths(machine: Machine, groups: readonly (readonly string[])[]): Promise<number[]> {
  const seen = groups.map((paths) => paths.map((path) => ({ path, stat: machine.lstat(path) })));
  const directories = seen.flat().filter(({ stat }) => stat.ok && stat.value.type === "dir").map(({ path }) => path);
  const answers = directories.length === 0 ? [] : await weighTrees(directories.map((root) => ({ root })));
  const weights = new Map(directories.map((path, i) => [path, answers[i]?.total.bytes ?? 0]));
  return seen.map((paths) => paths.reduce((sum, { path, stat }) => sum + (weights.get(path) ?? (stat.ok ? stat.value.allocated : 0)), 0));
}

/** What is packed anew takes no more than it takes unpacked. */
export async function weighPlan(machine: Machine, plan: HousePlan): Promise<HousePlan> {
  const unknown = plan.files.flatMap(({ filename, sources: [source] }) => (source !== undefined && "unpacked" in source.body && source.bytes === 0 ? [{ filename, path: source.body.unpacked }] : []));
  const weights = await weighPaths(machine, unknown.map(({ path }) => [path]));
  const known = new Map(unknown.map(({ filename }, i) => [filename, weights[i] ?? 0]));
  const files = plan.files.map((file) => {
    const [first, ...others] = file.sources;
    const bytes = known.get(file.filename);
    return first === undefined || bytes === undefined ? file : { ...file, sources: [{ ...first, bytes }, ...others] };
  });
  return { ...plan, files, bytes: files.reduce((sum, { sources }) => sum + (sources[0]?.bytes ?? 0), 0) };
}

export async function weighHeld(machine: Machine, why: WhyHeld): Promise<WhyHeld> {
  const unknown = why.held.filter(({ entry }) => entry.size === null);
  const weights = await weighPaths(machine, unknown.map(({ entry }) => entry.paths));
  const known = new Map(unknown.map((one, i) => [one, weights[i] ?? 0]));
  return { ...why, held: why.held.map((one) => (known.has(one) ? { ...one, bytes: known.get(one) ?? 0 } : one)) };
}
