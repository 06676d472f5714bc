import { basename, isAbsolute, join } from "node:path";
import { distOf } from "../tools/conda/package-dir.ts";
import type { EffectiveSetting } from "../tools/tool.ts";
import { toSource } from "./setting-source.ts";
import type { CondaFact } from "./facts.ts";
import { look, lookWithAccess, type Looks } from "./looks.ts";
import { isAtOrBelow } from "./mounts.ts";

type Links = NonNullable<CondaFact["links"]>;

interface LinksRequest {
  readonly settings: readonly EffectiveSetting[];
  readonly pkgsDirs: CondaFact["pkgsDirs"];
  readonly environments: CondaFact["environments"];
  readonly whole: boolean;
}

/** What a plain look spends: environments, packages of each, files of each package. */
const quick = { environments: 8, packages: 3, files: 8 };
const all = { environments: Number.POSITIVE_INFINITY, packages: 500, files: 16 };
/** Records of large packages are megabytes long. */
const largestRecord = 256 << 10;

/**
 * How packages came into the environments. conda's record of it is no proof: what the kernel refused to link is copied, and
 * recorded as linked (conda 26.7 gateways/disk/create.py `create_link`).
 */
export function condaLinks(looks: Looks, { settings, pkgsDirs, environments, whole }: LinksRequest): Links {
  const [soft, copy] = ["always_softlink", "always_copy"].map((key) => settings.find((one) => one.key === key));
  const asked = [soft, copy].find((setting) => setting?.effective === true);
  const bounds = whole ? all : quick;
  // Base was filled by an installer, whatever the settings say; with links asked for, what was added since is looked at too.
  const others = environments.filter(({ found }) => whole || asked !== undefined && asked === soft || !found.includes("root")).slice(0, bounds.environments).map(({ prefix }) => prefix);
  const caches = pkgsDirs.filter(({ exists }) => exists).map(({ path }) => path);
  return {
    mode: asked === undefined ? "hard" : asked === soft ? "soft" : "copy", from: toSource(asked?.source),
    soft: caches.length === 0 ? [] : others.flatMap((prefix) => softLink(looks, prefix, { caches, bounds })),
    refused: refusedLinks(looks, { pkgsDirs, prefixes: others, whole }),
  };
}

/** The first link of an environment that leads into a cache, in a few files of a few packages. */
function softLink(looks: Looks, prefix: string, { caches, bounds }: { readonly caches: readonly string[]; readonly bounds: typeof quick }): Links["soft"] {
  const { machine } = looks;
  const meta = join(prefix, "conda-meta");
  for (const name of recordNames(looks, prefix).slice(0, bounds.packages)) {
    for (const file of spread(linkedBy(machine.readFile(join(meta, name), largestRecord)).files, bounds.files)) {
      const link = join(prefix, file);
      const target = machine.lstat(link);
      const leads = target.ok && target.value.type === "link" ? machine.readlink(link) : undefined;
      const cache = leads?.ok === true && isAbsolute(leads.value) ? caches.find((path) => isAtOrBelow(leads.value, path)) : undefined;
      if (cache === undefined || leads?.ok !== true) continue;
      look(looks, link);
      return [{ prefix, link, package: join(cache, leads.value.slice(cache.length + 1).split("/")[0] ?? "") }];
    }
  }
  return [];
}

function recordNames({ machine }: Looks, prefix: string): string[] {
  const entries = machine.list(join(prefix, "conda-meta"));
  return (entries.ok ? entries.value : []).map(({ name }) => name).filter((name) => name.endsWith(".json")).sort();
}

interface Linked { readonly files: readonly string[]; readonly source: string | null }

/** What a record lists, and the package's directory that it was linked from. */
function linkedBy(bytes: ReturnType<Looks["machine"]["readFile"]>): Linked {
  const none: Linked = { files: [], source: null };
  if (!bytes.ok) return none;
  try {
    const { files, link } = JSON.parse(bytes.value.toString("utf8")) as { files?: unknown; link?: { source?: unknown } };
    return { files: (Array.isArray(files) ? files : []).filter((file): file is string => typeof file === "string" && !file.split("/").includes("..")), source: typeof link?.source === "string" ? link.source : null };
  } catch {
    return none;
  }
}

/** Programs are copied also where the rest is linked, so not the first ones alone. */
function spread(files: readonly string[], most: number): string[] {
  const step = Math.max(1, Math.floor(files.length / most));
  return files.filter((_, i) => i % step === 0).slice(0, most);
}

interface RefusedRequest {
  readonly pkgsDirs: CondaFact["pkgsDirs"];
  readonly prefixes: readonly string[];
  readonly whole: boolean;
}

/**
 * With fs.protected_hardlinks the kernel links only what one owns, or may read and write (proc_sys_fs(5)). An administrator's
 * conda is like this everywhere; a cache that somebody shares is meant to save space.
 */
function refusedLinks(looks: Looks, { pkgsDirs, prefixes, whole }: RefusedRequest): Links["refused"] {
  const { machine } = looks;
  const { euid } = machine.identity;
  const shared = euid === 0 ? [] : pkgsDirs.filter(({ path, from, status, exists }) => {
    const top = look(looks, path);
    return exists && status !== "unknown" && top.uid !== euid && (whole || from.call !== "default" || ((top.mode ?? 0) & 0o020) !== 0);
  });
  const setting = shared.length === 0 ? undefined : machine.readFile("/proc/sys/fs/protected_hardlinks", 16);
  if (setting?.ok !== true || setting.value.toString("latin1").trim() !== "1") return [];
  const own = prefixes.filter((prefix) => look(looks, prefix).uid === euid);
  return shared.flatMap(({ path }) => own.map((prefix) => refusedIn(looks, path, prefix)).find((found) => found !== undefined) ?? []);
}

/** A package that was linked from there, by a file that nobody rewrote: its copy has the same size and is another file. */
function refusedIn(looks: Looks, cache: string, prefix: string): Links["refused"][number] | undefined {
  const { machine } = looks;
  for (const name of recordNames(looks, prefix).filter((each) => distOf(basename(each, ".json")) !== null).slice(0, 20)) {
    const directory = join(cache, basename(name, ".json"));
    const { files, source: from } = machine.stat(directory).ok ? linkedBy(machine.readFile(join(prefix, "conda-meta", name), largestRecord)) : { files: [], source: null };
    // The same package may have come from a cache of one's own.
    for (const file of from === directory ? spread(files, quick.files) : []) {
      const [source, copy] = [machine.lstat(join(directory, file)), machine.lstat(join(prefix, file))];
      if (!source.ok || !copy.ok || source.value.type !== "file" || copy.value.type !== "file" || source.value.size !== copy.value.size) continue;
      if (source.value.dev !== copy.value.dev || source.value.ino === copy.value.ino || copy.value.nlink > 1 || source.value.uid === machine.identity.euid) continue;
      const seen = lookWithAccess(looks, join(directory, file));
      if (seen.access?.read === "ok" && seen.access.write === "ok") continue;
      look(looks, join(prefix, file));
      return { cache, file: seen.path, copy: join(prefix, file) };
    }
  }
  return undefined;
}
