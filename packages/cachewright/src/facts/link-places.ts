import { join } from "node:path";
import type { Facts, InstallFact } from "./facts.ts";
import { lookToWrite, type Looks } from "./looks.ts";

/** Names of uv's parts, of any version (uv-cache/src/lib.rs). */
const part = /^(?:archive|wheels|built-wheels|sdists|git|builds|environments)-v\d+$/;

/** Where a uv that is not here would keep its cache (uv-cache/src/cli.rs): a container may bring one. */
function uvCache(env: Looks["machine"]["env"], home: string | undefined): string | undefined {
  const absolute = (value: string | undefined): string | undefined => (value?.startsWith("/") === true ? value : undefined);
  const named = absolute(env["UV_CACHE_DIR"]);
  if (named !== undefined) return named;
  const caches = absolute(env["XDG_CACHE_HOME"]) ?? (home === undefined ? undefined : join(home, ".cache"));
  return caches === undefined ? undefined : join(caches, "uv");
}

function partsOf(looks: Looks, cache: string): string[] {
  lookToWrite(looks, cache);
  const listed = looks.machine.list(cache);
  const parts = (listed.ok ? listed.value : []).filter(({ name }) => part.test(name)).map(({ name }) => join(cache, name)).sort();
  for (const path of parts) {
    lookToWrite(looks, path);
    // What a link leads to is what files are moved into.
    const real = looks.machine.realpath(path);
    if (real.ok && real.value !== path) lookToWrite(looks, real.value);
  }
  return parts;
}

export interface LinkRequest {
  readonly installs: readonly InstallFact[];
  readonly home: string | undefined;
  /** Where the uvs that are in use keep their caches, by their settings. */
  readonly uvCaches: readonly string[];
}

export function linkPlaces(looks: Looks, { installs, home, uvCaches }: LinkRequest): NonNullable<Facts["linkPlaces"]> {
  const wanted = uvCaches[0] ?? uvCache(looks.machine.env, home);
  const cache = wanted !== undefined && looks.machine.stat(wanted).ok ? wanted : null;
  const chosen = installs.find((install) => install.chosen);
  const target = chosen?.kind === "venv" ? chosen.purelib : null;
  if (target !== null) lookToWrite(looks, target);
  const setting = looks.machine.readFile("/proc/sys/fs/protected_hardlinks");
  return { cache, parts: cache === null ? [] : partsOf(looks, cache), target, protectedHardLinks: setting.ok && setting.value.toString("latin1").trim() === "1" };
}
