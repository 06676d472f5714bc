/**
 * Settings that are meant for conda's caches, links or places and that no conda reads: unknown keys and variables are
 * passed over without a word, even by `conda config --validate` (conda common/configuration.py; run with 26.7.1).
 */
import { isNear } from "../near.ts";
import type { Condarc, CondarcEntry } from "./condarc-parts.ts";
import { condaKeys, isCondaKey } from "./keys.ts";

export interface StrayCondaKey {
  readonly key: string;
  readonly line: number;
  readonly meant: string;
  /** What stands there is a list where one is wanted, or a word where a word is. */
  readonly fits: boolean;
}

const meantKeys: readonly string[] = ["pkgs_dirs", "envs_dirs", "always_copy", "always_softlink", "allow_softlinks", "safety_checks", "extra_safety_checks", "use_only_tar_bz2", "no_lock"];

/** Written without separators. What other tools call it, and what people make of it. */
const otherNames: Readonly<Record<string, string>> = {
  pkgsdir: "pkgs_dirs", pkgdirs: "pkgs_dirs", pkgdir: "pkgs_dirs", pkgspath: "pkgs_dirs", packagesdirs: "pkgs_dirs", packagedirs: "pkgs_dirs", packagesdir: "pkgs_dirs", packagecache: "pkgs_dirs", condapkgsdirs: "pkgs_dirs",
  envsdir: "envs_dirs", envdirs: "envs_dirs", envdir: "envs_dirs", environmentsdirs: "envs_dirs", environmentdirs: "envs_dirs", condaenvsdirs: "envs_dirs",
};

/** The key that was meant by a name conda does not know; undefined where it is known, or like none of these. */
export function meantCondaKey(name: string): string | undefined {
  if (isCondaKey(name)) return undefined;
  const word = name.toLowerCase().replace(/[-_. ]/g, "");
  return otherNames[word] ?? meantKeys.find((key) => isNear(word, key.replaceAll("_", "")));
}

export function strayCondaKeys({ entries }: Condarc): StrayCondaKey[] {
  return entries.flatMap((entry): StrayCondaKey[] => {
    const meant = meantCondaKey(entry.key);
    // The same said rightly in the same file: what stands there beside it is a note of somebody's.
    if (meant === undefined || entries.some(({ key }) => key === meant)) return [];
    return isEmpty(entry) ? [] : [{ key: entry.key, line: entry.line, meant, fits: isList(meant) === (entry.node.kind === "list") }];
  });
}

function isEmpty({ node }: CondarcEntry): boolean {
  return (node.kind === "scalar" && node.value === null) || (node.kind === "list" && node.items.length === 0);
}

function isList(key: string): boolean {
  return condaKeys.find((one) => one.key === key)?.type === "list";
}

/** The variable that was meant: `CONDA_PKGS_DIRS` for `CONDA_PKGS_DIR`. The prefix counts in upper case only. */
export function meantCondaVariable(name: string): string | undefined {
  const meant = name.startsWith("CONDA_") ? meantCondaKey(name.slice("CONDA_".length).toLowerCase()) : undefined;
  return meant === undefined ? undefined : `CONDA_${meant.toUpperCase()}`;
}
