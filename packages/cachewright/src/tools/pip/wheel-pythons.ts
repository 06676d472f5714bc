/** Which Pythons a wheel is for, by its tags (PEP 425), and which one pip built it for, by its key. */
import { hash } from "node:crypto";

interface Tags { readonly pythons: readonly string[]; readonly abis: readonly string[] }

function split(tags: string): Tags {
  const [python = "", abi = ""] = tags.split("-").slice(-3);
  return { pythons: python.split("."), abis: abi.split(".") };
}

/** The newest of several ("py2.py3"). */
export function pythonOfTags(tags: string): string {
  return split(tags).pythons.at(-1) ?? tags;
}

/** "311" of "3.11"; "27" of "2.7.18". */
const digits = (version: string): string => version.split(".").slice(0, 2).join("");

/**
 * undefined: somebody here may use it, or nobody knows. Only what fits one CPython alone ("cp38-cp38") can be of no use:
 * a stable ABI fits later ones, "py3" all, and other interpreters were not looked for.
 */
export function pythonGone(tags: string, pythons: readonly string[]): string | undefined {
  const { pythons: wanted, abis } = split(tags);
  if (pythons.length === 0 || abis.includes("abi3") || !wanted.every((one) => /^cp\d{2,}$/.test(one))) return undefined;
  return gone(wanted, pythons);
}

function gone(wanted: readonly string[], pythons: readonly string[]): string | undefined {
  const here = new Set(pythons.map(digits));
  return wanted.some((one) => here.has(one.slice(2))) ? undefined : `no ${wanted.map(spoken).join(" or ")} was found`;
}

/** "cp311" → "Python 3.11". */
function spoken(tag: string): string {
  const number = tag.slice(2);
  return `Python ${number.slice(0, 1)}.${number.slice(1)}`;
}

/** Only one of these can have made a key of pip's. */
const candidates = ["27", ...[...Array(25).keys()].map((minor) => `3${minor}`)].flatMap((version) => [["cp", version], ["pp", version]] as const);

/** As Python's `json.dumps(sort_keys, separators=(",",":"), ensure_ascii)` writes texts (pip 20.0 and later, cache.py `_hash_dict`). */
function pythonJson(parts: Readonly<Record<string, string>>): string {
  const text = JSON.stringify(Object.fromEntries(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1))));
  return text.replace(/[\u007f-\uffff]/g, (unit) => (unit === "\u007f" ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`));
}

export function wheelKey(parts: Readonly<Record<string, string>>): string {
  return hash("sha224", pythonJson(parts));
}

/**
 * pip looks a built wheel up by the Python that asks: a pure one, too, is for that alone. Its key says which, when the
 * address and hash that `origin.json` has give the same key. null: another key (a sub-directory, pip before 20.0).
 */
export function builtFor(key: string, origin: { readonly url: string; readonly hash: readonly [name: string, digest: string] | null }): string | null {
  // pip 22.3 left the hash out for links of JSON pages.
  const bases = [{ url: origin.url }, ...(origin.hash === null ? [] : [{ url: origin.url, [origin.hash[0]]: origin.hash[1] }])];
  for (const base of bases.reverse()) {
    for (const [interpreter, version] of candidates) if (wheelKey({ ...base, interpreter_name: interpreter, interpreter_version: version }) === key) return `${interpreter}${version}`;
  }
  return null;
}

/** For a wheel whose maker is known. */
export function makerGone(maker: string, pythons: readonly string[]): string | undefined {
  return pythons.length === 0 || !maker.startsWith("cp") ? undefined : gone([maker], pythons);
}
