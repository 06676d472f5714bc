/** conda's own package caches that a settings file takes out of the list, with the archives that lie in them. */
import { join } from "node:path";
import { archiveEndings } from "../tools/conda/package-dir.ts";
import type { CondaFact, Source } from "./facts.ts";
import { lookWithAccess, type Looks } from "./looks.ts";
import { realPathOf } from "./real-path.ts";

type Left = NonNullable<CondaFact["left"]>[number];

/** A look ends after so many archives. */
const most = 400;

interface Places {
  readonly root: string;
  readonly home: string | undefined;
  readonly inUse: readonly { readonly path: string; readonly from: Source }[];
}

/** While only a variable names the list, the next shell may have another. What is unpacked weighs nothing here: environments share its files. */
export function leftPkgsDirs(looks: Looks, { root, home, inUse }: Places): Left[] {
  const { machine } = looks;
  if (inUse.length === 0 || inUse.some(({ from }) => from.path === undefined)) return [];
  const used = new Set(inUse.map(({ path }) => realPathOf(machine, path)));
  return [join(root, "pkgs"), ...(home === undefined ? [] : [join(home, ".conda", "pkgs")])].flatMap((path): Left[] => {
    const top = lookWithAccess(looks, path);
    if (top.type !== "dir" || top.uid !== machine.identity.euid || used.has(realPathOf(machine, path))) return [];
    const listed = machine.list(path);
    const archives = listed.ok ? listed.value.filter(({ name, type }) => type === "file" && archiveEndings.some((ending) => name.endsWith(ending))) : [];
    const stats = archives.slice(0, most).flatMap(({ name }) => { const stat = machine.lstat(join(path, name)); return stat.ok ? [stat.value] : []; });
    const newest = stats.reduce((last, { mtimeMs }) => Math.max(last, mtimeMs), 0);
    return stats.length === 0 ? [] : [{ path, bytes: stats.reduce((sum, { size }) => sum + size, 0), entries: stats.length, newest: new Date(newest).toISOString(), complete: archives.length <= most }];
  });
}
