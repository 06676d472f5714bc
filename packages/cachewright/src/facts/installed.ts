/** What is installed in an environment, by the names of its records alone: nothing of them is read. */
import { join } from "node:path";
import type { Errno, Looker } from "../machine/machine.ts";
import { normalizedName } from "../tools/python/core-metadata.ts";
import type { Environment } from "../tools/tool-cache.ts";

export interface Installed {
  /** Normalised (PEP 503). */
  readonly project: string;
  /** null: an egg-info of a checkout, which is named without one. */
  readonly version: string | null;
  /** The `.dist-info`, `.egg-info`, `.egg` or conda's record. */
  readonly record: string;
  readonly by: "python" | "conda";
}

export interface InstalledAnswer {
  readonly installed: readonly Installed[];
  /** Directories that may not be listed: what is installed there is unknown. */
  readonly unread: readonly { readonly path: string; readonly errno: Errno }[];
}

export function installedIn(looker: Pick<Looker, "list">, environment: Environment): InstalledAnswer {
  const directories = [
    ...environment.site.map((path) => ({ path, read: pythonRecord, by: "python" as const })),
    ...(environment.kind === "conda" ? [{ path: join(environment.prefix, "conda-meta"), read: condaRecord, by: "conda" as const }] : []),
  ];
  const installed: Installed[] = [];
  const unread: { path: string; errno: Errno }[] = [];
  for (const { path, read, by } of directories) {
    const entries = looker.list(path);
    if (!entries.ok) {
      if (entries.errno !== "ENOENT" && entries.errno !== "ENOTDIR") unread.push({ path, errno: entries.errno });
      continue;
    }
    for (const { name } of entries.value) {
      const found = read(name);
      if (found !== undefined) installed.push({ ...found, record: join(path, name), by });
    }
  }
  return { installed, unread };
}

type Named = Pick<Installed, "project" | "version">;

/** `<name>-<version>` with the Python behind it in eggs. A name that begins with "~" is what pip could not remove. */
function pythonRecord(file: string): Named | undefined {
  const suffix = [".dist-info", ".egg-info", ".egg"].find((one) => file.endsWith(one));
  if (suffix === undefined || file.startsWith("~") || file.startsWith(".")) return undefined;
  const stem = file.slice(0, -suffix.length);
  const parts = stem.split("-");
  const at = parts.findIndex((part, i) => i > 0 && /^v?\d/.test(part));
  if (at > 0) return { project: normalizedName(parts.slice(0, at).join("-")), version: parts[at] ?? null };
  return suffix === ".egg-info" && parts.length === 1 ? { project: normalizedName(stem), version: null } : undefined;
}

/** `<name>-<version>-<build>.json`: neither version nor build has a "-". */
function condaRecord(file: string): Named | undefined {
  const [, project, version] = /^(.+)-([^-]+)-[^-]+\.json$/.exec(file) ?? [];
  return project === undefined || version === undefined ? undefined : { project: normalizedName(project), version };
}
