import { dirname } from "node:path";
import { builtWheels } from "../tools/pip/built-wheels.ts";
import type { BuiltWheelFact } from "./facts.ts";
import { lookWithAccess, type Looks } from "./looks.ts";

/** Only when asked: every entry of the caches is looked at. */
export function builtWheelFacts(looks: Looks, caches: readonly string[]): BuiltWheelFact[] {
  const { machine } = looks;
  return caches.flatMap((cache) => builtWheels(machine, cache, { env: machine.env, now: machine.now().getTime() }).map(({ builtMs, set, reads, ...wheel }): BuiltWheelFact => {
    for (const path of [dirname(cache), cache, wheel.directory, dirname(wheel.directory)]) lookWithAccess(looks, path);
    return { ...wheel, built: new Date(builtMs).toISOString(), set: [...set], reads: [...reads] };
  }));
}
