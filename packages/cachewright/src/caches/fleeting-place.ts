/** Whether a program lies where it may be gone tomorrow: fetched for one run, by npx, uvx, `pipx run` and the like. */
import { dirname, isAbsolute, join } from "node:path";
import type { Machine } from "../machine/machine.ts";

export interface FleetingPlace {
  /** The directory that is emptied when somebody cleans up. */
  readonly directory: string;
  /** Who fetched it, where that shows. */
  readonly by: string | undefined;
  readonly install: string;
}

const npm = "npm install --global";

/**
 * What they call the directory with what they fetched: libnpmexec's `_npx/HASH`, pnpm's `dlx/HASH`, Yarn's
 * `xfs-…/dlx-PID`, Bun's `bunx-UID-PACKAGE`, uv's bucket to which its `environments-v2` are links, and pipx's `.cache/HASH`.
 */
const fetched: readonly (readonly [pattern: RegExp, by: string, install: string])[] = [
  [/\/_npx\/[0-9a-f]+(?=\/)/, "npx", npm],
  [/\/(?:pnpm\/dlx\/[0-9a-f]+|xfs-[0-9a-f]+\/dlx-\d+)(?=\/)/, "dlx", npm],
  [/\/bunx-\d+-[^/]+(?=\/)/, "bunx", npm],
  [/\/archive-v\d+\/[\w-]{8,}(?=\/)/, "uvx", "uv tool install"],
  [/\/pipx\/(?:\.cache\/)?[0-9a-f]{15}(?=\/)/, "pipx run", "pipx install"],
];

type Eyes = Pick<Machine, "env" | "account" | "lstat">;

/** `path`: absolute, links resolved. */
export function fleetingPlace(machine: Eyes, path: string): FleetingPlace | undefined {
  for (const [pattern, by, install] of fetched) {
    const match = pattern.exec(path);
    if (match !== null) return { directory: path.slice(0, match.index + match[0].length), by, install };
  }
  const directory = cacheAbove(machine, path);
  return directory === undefined ? undefined : { directory, by: undefined, install: "uv tool install, pipx install or npm install --global" };
}

/** The user's cache directory, or one that says so itself (https://bford.info/cachedir/). */
function cacheAbove(machine: Eyes, path: string): string | undefined {
  const account = machine.account();
  const home = machine.env["HOME"] || (account.ok ? account.value.home : undefined);
  const xdg = machine.env["XDG_CACHE_HOME"];
  const caches = xdg !== undefined && isAbsolute(xdg) ? xdg : home === undefined ? undefined : join(home, ".cache");
  for (let at = dirname(path); at !== dirname(at); at = dirname(at)) {
    if (at === caches || (has(machine, at, "CACHEDIR.TAG") && !isEnvironment(machine, at))) return at;
  }
  return undefined;
}

/** virtualenv, uv and pixi tag the environments they make, so that nobody backs them up. */
function isEnvironment(machine: Eyes, directory: string): boolean {
  return has(machine, directory, "pyvenv.cfg") || has(machine, directory, "conda-meta");
}

function has(machine: Eyes, directory: string, name: string): boolean {
  return machine.lstat(join(directory, name)).ok;
}
