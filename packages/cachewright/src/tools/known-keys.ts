/** Names that a tool does not know and that look like one it knows. */
export interface KnownKeys {
  readonly tool: string;
  readonly keys: readonly string[];
}

/** What people write for it. */
const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  "cache-dir": ["cachedir", "cache", "cachepath", "cachedirectory"],
  cache_dir: ["cachedir", "cache", "cachepath", "cachedirectory"],
  "virtualenvs.in-project": ["virtualenvsinproject", "virtualenvinproject", "inproject", "virtualenvsvenvinproject"],
  "virtualenvs.path": ["virtualenvspath", "virtualenvpath", "virtualenvsdir"],
  "virtualenvs.create": ["virtualenvscreate", "virtualenvcreate"],
  "venv.in_project": ["venvinproject"],
  "venv.location": ["venvlocation", "venvpath", "venvdir"],
  "dirs.cache": ["dirscachedir", "cachedir", "cache"],
  "dirs.data": ["dirsdatadir", "datadir"],
};

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The key that was meant; undefined for a key the tool knows, and for one that looks like none. */
export function looksAlike({ keys }: KnownKeys, path: readonly string[]): string | undefined {
  const name = path.join(".");
  // What stands below a name of the tool's is the tool's matter.
  if (keys.some((key) => key === name || name.startsWith(`${key}.`))) return undefined;
  return keys.find((key) => plain(key) === plain(name) || alsoCalled[key]?.includes(plain(name)) === true);
}

/** The same for variables: POETRY_CACHEDIR, PDM_CACHE. */
export function variableMeant(name: string, variables: readonly string[]): string | undefined {
  if (variables.includes(name)) return undefined;
  return variables.find((known) => {
    const stem = known.replace(/_DIR$/, "");
    return plain(known) === plain(name) || (known.endsWith("_CACHE_DIR") && [plain(stem), plain(`${stem}_PATH`), plain(`${stem}_DIRECTORY`)].includes(plain(name)));
  });
}
