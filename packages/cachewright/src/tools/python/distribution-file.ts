/** What the name of a wheel or source distribution says (PEP 427, PEP 625, and what older tools wrote). */

export { normalizedName as projectName } from "./core-metadata.ts";

export interface DistributionFile {
  readonly kind: "wheel" | "sdist";
  /** As the file spells it. */
  readonly project: string;
  readonly version: string;
  /** Of a wheel: "cp311-cp311-linux_x86_64", with the build number before it where there is one. */
  readonly tags: string | null;
}

/** Nothing that leads elsewhere, hides itself or needs quoting: every file an index has is named like this. */
const plainName = /^[A-Za-z0-9][A-Za-z0-9._+!~-]{0,250}$/;
const wheelName = /^([^-]+)-([^-]+)-((?:\d[^-]*-)?[^-]+-[^-]+-[^-]+)\.whl$/;
const sdistSuffix = /\.(?:tar\.gz|tgz|zip|tar\.bz2|tar\.xz|tar\.Z|tar)$/;

export function distributionFile(filename: string): DistributionFile | undefined {
  if (!plainName.test(filename)) return undefined;
  const [, project, version, tags] = wheelName.exec(filename) ?? [];
  if (project !== undefined && version !== undefined && tags !== undefined) return /\d/.test(version) ? { kind: "wheel", project, version, tags } : undefined;
  const suffix = sdistSuffix.exec(filename);
  if (suffix === null) return undefined;
  const parts = filename.slice(0, suffix.index).split("-");
  const at = versionPart(parts);
  return at < 1 ? undefined : { kind: "sdist", project: parts.slice(0, at).join("-"), version: parts.slice(at).join("-"), tags: null };
}

/** A project may have hyphens (PEP 625 came late): the last part is the version, with the one before it in "1.0-1". */
function versionPart(parts: readonly string[]): number {
  const last = parts.length - 1;
  if (!/^v?\d/.test(parts[last] ?? "")) return -1;
  return last > 1 && /^\d+$/.test(parts[last] ?? "") && /^v?\d[\d.]*$/.test(parts[last - 1] ?? "") ? last - 1 : last;
}

/** Two spellings of one version: "1.0" and "1.0.0", "1.0RC1" and "1.0rc1" (PEP 440). A wheel writes "_" for "-". */
export function sameVersion(a: string, b: string): boolean {
  return a === b || plainVersion(a) === plainVersion(b);
}

const words: Readonly<Record<string, string>> = { alpha: "a", beta: "b", c: "rc", pre: "rc", preview: "rc", rev: "post", r: "post" };

export function plainVersion(version: string): string {
  const [front = "", local] = version.trim().toLowerCase().replace(/^v/, "").split("+", 2);
  const [, epoch = "0", release = "", rest = ""] = /^(?:(\d+)!)?(\d+(?:\.\d+)*)(.*)$/.exec(front) ?? [];
  if (release === "") return version.toLowerCase();
  const numbers = release.split(".").map((part) => part.replace(/^0+(?=\d)/, ""));
  while (numbers.length > 1 && numbers.at(-1) === "0") numbers.pop();
  const phases = rest.replace(/^[-_](\d+)$/, "post$1").replace(/[-_.]?([a-z]+)[-_.]?(\d*)/g, (_, word: string, serial: string) => `.${words[word] ?? word}${serial.replace(/^0+(?=\d)/, "") || "0"}`);
  return `${epoch.replace(/^0+(?=\d)/, "")}!${numbers.join(".")}${phases}${local === undefined ? "" : `+${local.replace(/[-_.]/g, ".")}`}`;
}
