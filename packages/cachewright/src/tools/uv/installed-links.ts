/** Which archives the packages of a site-packages directory are links into (`link-mode = "symlink"`). */
import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";

export interface InstalledDist {
  /** "six-1.17.0.dist-info" */
  readonly info: string;
  readonly path: string;
  /** As the directory's name spells them. */
  readonly project: string;
  readonly version: string;
}

export interface SiteLook {
  readonly dists: readonly InstalledDist[];
  /** Links at the top: modules, or whole packages. */
  readonly links: readonly string[];
}

export function lookAtSite(looker: Looker, site: string): SiteLook {
  const entries = looker.list(site);
  const look = { dists: [] as InstalledDist[], links: [] as string[] };
  for (const { name, type } of entries.ok ? entries.value : []) {
    const path = join(site, name);
    if (type === "link") look.links.push(path);
    if (!name.endsWith(".dist-info") || type === "file") continue;
    const [project, version] = name.slice(0, -".dist-info".length).split("-");
    if (project !== undefined && version !== undefined) look.dists.push({ info: name, path, project, version });
  }
  return look;
}

/** "archive-v0/<id>" when the link leads into an archive of this cache, by its own words or by what they come to. */
export function linkedInto(looker: Looker, root: string, link: string): string | undefined {
  const real = looker.realpath(link);
  const target = real.ok ? real.value : undefined;
  if (target === undefined || !target.startsWith(`${root}/`)) return undefined;
  return /^(archive-v\d+\/[^/]+)(?:\/|$)/.exec(target.slice(root.length + 1))?.[1];
}

/** Files of a package that uv links and nothing rewrites. */
export const linkedFiles = ["METADATA", "WHEEL"];

/** Every archive that something in this directory is a link into. */
export function archivesLinkedFrom(looker: Looker, root: string, look: SiteLook): Set<string> {
  const found = new Set<string>();
  const note = (link: string): void => {
    const archive = linkedInto(looker, root, link);
    if (archive !== undefined) found.add(archive);
  };
  for (const link of look.links) note(link);
  for (const { path } of look.dists) {
    const entries = looker.list(path);
    const link = entries.ok ? entries.value.find(({ type }) => type === "link") : undefined;
    if (link !== undefined) note(join(path, link.name));
  }
  return found;
}
