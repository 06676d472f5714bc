import type { CondaFact, Facts } from "../facts/facts.ts";

/** conda, and what lays its places out alike (mamba, rattler, pixi): the same illnesses, whoever wrote them. */

export type CondaEnvironmentFact = CondaFact["environments"][number];
export type CondaDamageFact = NonNullable<CondaFact["damaged"]>[number];

export function allEnvironments({ conda, rattler }: Facts): CondaEnvironmentFact[] {
  return [...(conda?.environments ?? []), ...(rattler?.environments ?? [])];
}

export function allDamage({ conda, mamba, rattler }: Facts): CondaDamageFact[] {
  return [...(conda?.damaged ?? []), ...(mamba?.damaged ?? []), ...(rattler?.damaged ?? [])];
}

export function allLocks({ conda, mamba, rattler }: Facts): NonNullable<CondaFact["locks"]> {
  const all = [...(conda?.locks ?? []), ...(mamba?.locks ?? []), ...(rattler?.locks ?? [])];
  return all.filter(({ path }, i) => all.findIndex((other) => other.path === path) === i);
}

/** The workspace and the name of an environment that pixi keeps beside a workspace's file. */
export function pixiWorkspace({ prefix, by }: CondaEnvironmentFact): { readonly directory: string; readonly name: string } | undefined {
  const [, directory, name] = (by === "pixi" ? /^(.+)\/\.pixi\/envs\/([^/]+)$/.exec(prefix) : null) ?? [];
  return directory === undefined || name === undefined ? undefined : { directory, name };
}
