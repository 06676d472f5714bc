/** The names under which uv keeps a wheel: by version and tags since 0.5.0 (wheels-v3), by the whole file name before. */

export interface WheelStem {
  readonly version: string | null;
  /** "py3-none-any"; null where only a digest of them stands. */
  readonly tags: string | null;
  /** "cp311", "py2.py3". */
  readonly python: string | null;
}

/**
 * "1.17.0-py2.py3-none-any", "six-1.17.0-py2.py3-none-any", "1.2.3-b9ac5fdc1985d975": what is longer than 64 characters ends
 * with a digest of the tags and has 47 of the version at the most (uv-distribution-filename wheel.rs `cache_key`).
 */
export function wheelStem(stem: string): WheelStem {
  const parts = stem.split("-");
  // No version begins with a letter; a name in a file has no "-".
  if (!/^\d/.test(parts[0] ?? "")) parts.shift();
  const [version = null, ...rest] = parts;
  if (rest.length === 1 && /^[0-9a-f]{16}$/.test(rest[0] ?? "")) return { version, tags: null, python: null };
  // A build number stands before the tags.
  const tags = rest.slice(-3);
  return tags.length === 3 ? { version, tags: rest.join("-"), python: tags[0] ?? null } : { version, tags: null, python: null };
}

/** Of a whole file name, where uv wrote it down. */
export function wheelStemOf(filename: string | undefined, stem: string): WheelStem {
  return wheelStem(filename?.endsWith(".whl") ? filename.slice(0, -4) : stem);
}

/** Whether a name in the directory of a built wheel is that of one: name, version, tags. */
export function isBuiltStem(name: string): boolean {
  const parts = name.split("-");
  return parts.length >= 5 && parts.length <= 6 && /^\d/.test(parts[1] ?? "") && !/\.(?:tar|zip|gz|tgz|bz2|xz)$/.test(name);
}
