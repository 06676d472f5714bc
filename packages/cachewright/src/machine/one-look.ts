/** What is made of a machine's files, kept for as long as one look at it lasts: for a machine that gives the same answer to the same question. */
import type { Looker } from "./machine.ts";

const looks = new WeakMap<Looker, Map<string, unknown>>();

/** From now on nothing is noticed that changes on this machine. */
export function beginLook<M extends Looker>(machine: M): M {
  looks.set(machine, new Map());
  return machine;
}

/** Whether the same question to this machine has the same answer for as long as it lives. */
export function isLook(machine: Looker): boolean {
  return looks.has(machine);
}

/** `make` is called once for each name in one look, and every time outside of one. */
export function oncePerLook<T>(machine: Looker, name: string, make: () => T): T {
  const look = looks.get(machine);
  if (look === undefined) return make();
  if (!look.has(name)) look.set(name, make());
  return look.get(name) as T;
}
