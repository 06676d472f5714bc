/** Access control lists as `getfacl -c` and `setfacl --set` write them; acl(5). Pure. */

export interface AclEntry {
  readonly inherited: boolean;
  readonly tag: "user" | "group" | "mask" | "other";
  /** "" for the owner's, the group's, mask and other. */
  readonly who: string;
  /** "rwx" */
  readonly rights: string;
}

const line = /^(default:)?(user|group|mask|other):([^:]*):([r-][w-][xX-])/;

export function parseAcl(text: string): AclEntry[] {
  return text.split("\n").flatMap((each) => {
    const match = line.exec(each);
    if (match === null) return [];
    const [, inherited, tag, who = "", rights = "---"] = match;
    return [{ inherited: inherited !== undefined, tag: tag as AclEntry["tag"], who, rights }];
  });
}

export function formatAcl(entries: readonly AclEntry[]): string {
  return entries.map(({ inherited, tag, who, rights }) => `${inherited ? "default:" : ""}${tag}:${who}:${rights}`).join(",");
}

const combine = (one: string, other: string, both: boolean): string =>
  [..."rwx"].map((letter, at) => {
    const [a, b] = [one[at] === letter, other[at] === letter];
    return (both ? a && b : a || b) ? letter : "-";
  }).join("");

const isNamed = ({ tag, who }: AclEntry): boolean => (tag === "user" || tag === "group") && who !== "";

/** The mask as wide as everything it masks. */
function widened(entries: readonly AclEntry[]): AclEntry[] {
  const rights = entries.filter((entry) => isNamed(entry) || (entry.tag === "group" && entry.who === ""))
    .reduce((union, entry) => combine(union, entry.rights, false), "---");
  return entries.map((entry) => (entry.tag === "mask" ? { ...entry, rights } : entry));
}

/** Without named entries there is no mask; what it kept from the group stays kept. */
function withoutNeedlessMask(entries: readonly AclEntry[]): AclEntry[] {
  const mask = entries.find(({ tag }) => tag === "mask");
  if (mask === undefined || entries.some(isNamed)) return [...entries];
  return entries.filter((entry) => entry !== mask)
    .map((entry) => (entry.tag === "group" ? { ...entry, rights: combine(entry.rights, mask.rights, true) } : entry));
}

/**
 * The list without one entry ("user:alice", "default:group:staff"); "mask" opens the mask instead of removing it.
 * `named` is the same list with names for ids. undefined: there is no such entry.
 */
export function removeAclEntry(entries: readonly AclEntry[], remove: string, named: readonly AclEntry[] = entries): AclEntry[] | undefined {
  const inherited = remove.startsWith("default:");
  const [tag = "", who = ""] = remove.slice(inherited ? 8 : 0).split(":");
  const other = entries.filter((entry) => entry.inherited !== inherited);
  const own = entries.filter((entry) => entry.inherited === inherited);
  const ownNamed = named.filter((entry) => entry.inherited === inherited);
  if (tag === "mask") {
    if (!own.some((entry) => entry.tag === "mask")) return undefined;
    return inherited ? [...other, ...widened(own)] : [...widened(own), ...other];
  }
  const at = own.findIndex((entry, index) => entry.tag === tag && who !== "" && (entry.who === who || ownNamed[index]?.who === who));
  if (at < 0) return undefined;
  const left = withoutNeedlessMask(own.filter((_, index) => index !== at));
  return inherited ? [...other, ...left] : [...left, ...other];
}

/**
 * A directory's default list with which its group may write whatever is made in it, under any umask. Without one the
 * umask decides; a list that is there keeps its named entries.
 */
export function withGroupDefault(entries: readonly AclEntry[], mode: number): AclEntry[] {
  const own = entries.filter(({ inherited }) => inherited);
  if (own.length === 0) {
    const others = [mode & 4 ? "r" : "-", "-", mode & 1 ? "x" : "-"].join("");
    return [["user", "rwx"], ["group", "rwx"], ["other", others]].map(([tag, rights]) => ({ inherited: true, tag: tag as AclEntry["tag"], who: "", rights: rights ?? "---" }));
  }
  const open = own.map((entry) => (entry.who === "" && (entry.tag === "group" || entry.tag === "user") ? { ...entry, rights: "rwx" } : entry));
  return widened(open);
}
