import { pipCacheDamage } from "../tools/pip/damage.ts";
import { uvArchiveDamage } from "../tools/uv/damage.ts";
import { redact } from "../machine/redact.ts";
import { pipCacheMismatches } from "../tools/pip/mismatch.ts";
import type { cacheEntries } from "./cache-entries.ts";
import type { DamagedFact, MismatchFact } from "./facts.ts";
import type { Looks } from "./looks.ts";

/** A cure is told file by file. */
const most = 200;

export interface DamageRequest {
  readonly caches: readonly string[];
  readonly uvCaches: readonly string[];
  readonly entriesOf: ReturnType<typeof cacheEntries>;
  /** Read every entry's contents. */
  readonly whole: boolean;
}

/** uv's caches are only looked into for who asked: a wheel may consist of thousands of files. */
function uvDamage({ machine }: Looks, caches: readonly string[]): DamagedFact[] {
  return caches.flatMap((cache) => uvArchiveDamage(machine, cache).slice(0, most).map(({ path, paths, says }) => ({ cache, kind: "bad-archive" as const, path, paths: [...paths], says })));
}

export function damagedFacts(looks: Looks, { caches, uvCaches, entriesOf, whole }: DamageRequest): DamagedFact[] {
  const { machine } = looks;
  const ofPip = caches.flatMap((cache) => {
    const found = pipCacheDamage(machine, entriesOf(cache, whole).entries, whole);
    return found.slice(0, most).map(({ kind, path, paths, says }) => ({ cache, kind, path, paths: [...paths], says }));
  });
  return whole ? [...ofPip, ...uvDamage(looks, uvCaches)] : ofPip;
}

/** Every download is read from end to end: only for who asked. */
export function mismatchFacts({ machine }: Looks, caches: readonly string[]): MismatchFact[] {
  return caches.flatMap((cache) => pipCacheMismatches(machine, cache, machine.now().getTime()).slice(0, most)
    .map(({ url, paths, expected, got }) => ({ cache, url: redact(url), paths: [...paths], expected, got })));
}
