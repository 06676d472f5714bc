import { abandonedFacts, abandonedUvCaches } from "./abandoned-caches.ts";
import type { PasswdEntry } from "./accounts.ts";
import { brokenVenvs } from "./broken-venvs.ts";
import { builtWheelFacts } from "./built-wheels.ts";
import { cacheEntries } from "./cache-entries.ts";
import type { CollectOptions } from "./collect-options.ts";
import { condaFact } from "./conda.ts";
import { damagedFacts, mismatchFacts } from "./damaged-entries.ts";
import type { Facts, InstallFact, PipUseFact, ToolFact, UserFact } from "./facts.ts";
import { imageBuild } from "./image-build.ts";
import { leftoverFacts } from "./leftovers.ts";
import { linkPlaces } from "./link-places.ts";
import { lockFacts } from "./locks.ts";
import type { Looks } from "./looks.ts";
import { mambaFact } from "./mamba.ts";
import { packagesFacts } from "./packages.ts";
import { brokenPipxVenvs } from "./pipx-venvs.ts";
import { programsFact } from "./programs.ts";
import { projectFacts } from "./project.ts";
import { quotaFacts } from "./quotas.ts";
import { rattlerFact } from "./rattler.ts";
import { scriptFacts } from "./scripts.ts";
import { sudoPython } from "./sudo-python.ts";
import { venvMakers } from "./venv-makers.ts";
import { venvPlaces } from "./venv-places.ts";

interface Known {
  readonly options: CollectOptions;
  readonly installs: readonly InstallFact[];
  readonly user: UserFact;
  readonly passwd: readonly PasswdEntry[];
  readonly caches: readonly string[];
  /** Of the other tools. */
  readonly otherCaches: readonly string[];
  /** uv's. */
  readonly uvCaches: readonly string[];
  readonly tools: readonly ToolFact[];
  readonly temp: Facts["temp"];
  readonly uses: readonly PipUseFact[];
  readonly mounts: Facts["mounts"];
  /** Places whose file systems are written. */
  readonly written: readonly string[];
}

const aboutLinks = ["cross-device-link", "hardlink-fallback-warning", "link-not-permitted"];


/** Facts without those that are undefined. */
function present<T extends object>(facts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** What is only there on some machines, looked at within a small bound, or only when somebody asks; absent otherwise. */
export function furtherFacts(looks: Looks, known: Known): Partial<Facts> {
  const { options, installs, user, passwd, caches, uvCaches, temp, uses, tools } = known;
  const whole = (problem: string): boolean => options.deep === true || options.asked?.includes(problem) === true;
  const isAsked = (problem: string): boolean => options.python !== undefined || options.asked?.includes(problem) === true;
  const scripts = scriptFacts(looks, installs, { all: options.deep === true || isAsked("script-not-executable"), paths: options.paths ?? [] });
  const home = user.home.ok ? user.home.value : undefined;
  // These run programs or look at every process: a question about one Python is none about them.
  const isNamed = (problem: string): boolean => options.asked?.includes(problem) === true;
  const links = [...aboutLinks, "lock-contention"].some(isNamed) ? linkPlaces(looks, { installs, home, uvCaches }) : undefined;
  const environments = installs.filter((install) => install.chosen && install.kind === "venv").map((install) => install.prefix);
  const locks = lockFacts(looks, { uses, home, paths: options.paths ?? [], asked: isNamed("lock-contention"), places: [...(links?.cache ? [links.cache] : []), ...environments] });
  const broken = brokenVenvs(looks, { home: home, asked: options.python, paths: options.paths ?? [] });
  const entriesOf = cacheEntries(looks.machine);
  return present({
    builtWheels: isAsked("cached-wheel-other-build") ? builtWheelFacts(looks, caches) : undefined,
    // A question about one Python says nothing of the place a person happens to be in.
    venvPlaces: options.asked?.includes("venv-create-denied") === true ? venvPlaces(looks, options.paths ?? []) : undefined,
    imageBuild: imageBuild(looks.machine, caches, known.otherCaches),
    brokenVenvs: broken.length === 0 ? undefined : broken,
    packages: packagesFacts(looks, installs, { asked: [...(options.asked ?? []), ...(options.deep === true ? ["half-installed"] : [])], deep: options.deep === true }),
    project: projectFacts(looks),
    programs: isAsked("scripts-not-on-path") || isNamed("pipx-not-on-path") ? programsFact(looks, { installs, tools, home }) : undefined,
    pipxVenvs: brokenPipxVenvs(looks, tools),
    scripts: scripts.length === 0 ? undefined : scripts,
    venvMakers: isAsked("venv-ensurepip-missing") ? venvMakers(looks) : undefined,
    sudoPython: sudoPython(looks, { user, passwd, installs }),
    leftovers: leftoverFacts(looks, { caches, entriesOf, installs, temp, tools, whole: whole("cache-leftovers") }),
    abandoned: [...abandonedFacts(looks, { uses, whole: whole("cache-abandoned") }), ...abandonedUvCaches(looks, { tools, home, whole: whole("cache-abandoned") })],
    damaged: damagedFacts(looks, { caches, uvCaches, entriesOf, whole: whole("cache-corrupt") }),
    mismatches: whole("hash-mismatch") ? mismatchFacts(looks, caches) : undefined,
    quotas: isNamed("quota-exceeded") ? quotaFacts(looks, known.written, known.mounts) : undefined,
    locks: locks.length === 0 ? undefined : locks,
    linkPlaces: links,
    ...condaLikes(looks, home, options),
  });
}

/** conda first: what is its own is not told of another program again. */
function condaLikes(looks: Looks, home: string | undefined, options: CollectOptions): Pick<Facts, "conda" | "mamba" | "rattler"> {
  const base = { home, asked: options.asked ?? [], deep: options.deep === true };
  const conda = condaFact(looks, { ...base, reader: options.condarcReader });
  const known = [...(conda?.pkgsDirs ?? []).map(({ path }) => path), ...(conda?.environments ?? []).map(({ prefix }) => prefix)];
  const rattler = rattlerFact(looks, { ...base, known, here: options.here, python: options.python, reader: options.pixiConfigReader });
  return { conda, mamba: mambaFact(looks, { ...base, known }), rattler };
}
