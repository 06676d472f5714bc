import type { Facts, MountFact, QuotaFact } from "./facts.ts";
import { cannotSee, nearestExisting, type Looks } from "./looks.ts";
import { mountOf } from "./mounts.ts";

/** A number of quota(1), which marks one that is over its limit with an asterisk. */
const figure = /^(\d+)\*?$/;

interface Limits { readonly used: number; readonly soft: number; readonly hard: number; readonly graceOver: boolean }

/** `used soft hard [grace]`, taken off the front; the grace stands only where the soft limit is passed. */
function takeLimits(words: string[]): Limits | undefined {
  const [used, soft, hard] = words.splice(0, 3).map((word) => figure.exec(word)?.[1]);
  if (used === undefined || soft === undefined || hard === undefined) return undefined;
  // Where there is no grace the next column follows, which is a number.
  const grace = words.length > 0 && !figure.test(words[0] ?? "") ? words.shift() : undefined;
  return { used: Number(used), soft: Number(soft), hard: Number(hard), graceOver: grace === "none" };
}

function limitOf({ soft, hard, graceOver }: Limits): number {
  return graceOver && soft > 0 ? soft : hard;
}

/** What `quota --no-wrap` prints: a title, column heads, then a line for each file system; blocks of a kilobyte (quota(1)). */
export function parseQuota(text: string): (Pick<QuotaFact, "whose" | "what" | "used" | "limit" | "graceOver"> & { source: string })[] {
  let whose = "";
  return text.split("\n").flatMap((line) => {
    const title = /^Disk quotas for (user|group|project) (\S+)/.exec(line);
    if (title !== null) whose = `${title[1]} ${title[2]}`;
    const [source, ...words] = line.trim().split(/\s+/);
    if (source === undefined || whose === "" || !figure.test(words[0] ?? "")) return [];
    return [{ what: "bytes" as const, unit: 1024 }, { what: "files" as const, unit: 1 }].flatMap(({ what, unit }) => {
      const limits = takeLimits(words);
      return limits === undefined || limitOf(limits) === 0 ? [] : [{ source, whose, what, used: limits.used * unit, limit: limitOf(limits) * unit, graceOver: limits.graceOver }];
    });
  });
}

/** What `btrfs qgroup show -re --raw` prints, old column heads and new: id, referenced, exclusive, and their limits. */
export function parseQgroups(text: string): Pick<QuotaFact, "whose" | "used" | "limit">[] {
  return text.split("\n").flatMap((line) => {
    const [id, referenced, exclusive, most, mostExclusive] = line.trim().split(/\s+/);
    if (id === undefined || !/^\d+\/\d+$/.test(id)) return [];
    return ([[referenced, most], [exclusive, mostExclusive]] as const).flatMap(([used, limit]) =>
      used === undefined || limit === undefined || !/^\d+$/.test(limit) ? [] : [{ whose: `subvolume ${id}`, used: Number(used), limit: Number(limit) }]);
  });
}

interface Written { readonly path: string; readonly mount: MountFact }

function btrfsQuotas(looks: Looks, { path, mount }: Written): QuotaFact[] {
  // Counters are right as of the last commit, hence the sync.
  const argv = ["btrfs", "qgroup", "show", "-reF", "--raw", "--sync", path];
  const answer = looks.machine.run(argv);
  if (answer.ok && answer.value.status === 0) {
    return parseQgroups(answer.value.stdout).map((one) => ({ path, point: mount.point, by: "btrfs", what: "bytes", graceOver: false, ...one }));
  }
  const why = answer.ok ? answer.value.stderr.trim() : answer.errno;
  // Without quotas there is nothing to see.
  if (!/quotas? not enabled/i.test(why)) cannotSee(looks, `the btrfs quota of ${path}`, why === "" ? "btrfs said nothing" : why, { path, call: argv.slice(0, 3).join(" ") });
  return [];
}

function userQuotas(looks: Looks, written: readonly Written[]): QuotaFact[] {
  const answer = looks.machine.run(["quota", "--no-wrap", "--user", "--group"]);
  if (!answer.ok) {
    cannotSee(looks, "the quotas of user and groups", answer.errno === "ENOENT" ? "there is no program `quota` here" : answer.errno, { call: "quota" });
    return [];
  }
  // It ends with 1 where a limit is passed.
  return parseQuota(answer.value.stdout).flatMap(({ source, ...limits }) => {
    const on = written.find(({ mount }) => mount.source === source);
    return on === undefined ? [] : [{ path: on.path, point: on.mount.point, by: "quota" as const, ...limits }];
  });
}

/** Quotas of the file systems that are written, as this user may read them. */
export function quotaFacts(looks: Looks, paths: readonly string[], mounts: Facts["mounts"]): QuotaFact[] {
  const written = new Map<string, Written>();
  for (const wanted of paths) {
    const { path } = nearestExisting(looks, wanted);
    const mount = mounts.ok ? mountOf(mounts.value, path) : undefined;
    // Subvolumes below one mount point have limits of their own.
    if (mount !== undefined) written.set(mount.type === "btrfs" ? path : mount.point, { path, mount });
  }
  const places = [...written.values()];
  const onBtrfs = places.filter(({ mount }) => mount.type === "btrfs").flatMap((place) => btrfsQuotas(looks, place));
  return [...onBtrfs, ...(places.some(({ mount }) => mount.type !== "btrfs") ? userQuotas(looks, places) : [])];
}
