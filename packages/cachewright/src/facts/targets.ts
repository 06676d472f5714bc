import { dirname, join } from "node:path";
import type { InstallFact, ScanFact } from "./facts.ts";
import { look, lookToWrite, lookWithAccess, type Looks } from "./looks.ts";
import { scan, type ScanBounds } from "./scan.ts";

const targetBounds: ScanBounds = { breadth: 400, descents: 0 };

/** Beside a Python's own user site those of others, found or not: what one `sudo pip` left is given back as a whole. */
function scanUserSite(looks: Looks, userSite: string, roots: Map<string, ScanFact>): void {
  const lib = dirname(dirname(userSite));
  const base = dirname(lib);
  for (const path of [base, join(base, "bin"), join(base, "share"), lib]) lookWithAccess(looks, path);
  const listed = looks.machine.list(lib);
  const others = listed.ok ? listed.value.filter(({ name }) => /^python\d+\.\d+$/.test(name)).map(({ name }) => join(lib, name, "site-packages")) : [];
  for (const site of new Set([userSite, ...others])) {
    if (roots.has(site)) continue;
    for (const path of [dirname(site), site]) lookWithAccess(looks, path);
    roots.set(site, scan(looks, { root: site, purpose: "target", bounds: targetBounds, depth: 2, foreignFiles: true }));
  }
}

/** Where pip puts a package's data files, beside its scripts: manual pages above all. */
export function dataPlaces(scripts: string): string[] {
  const share = join(dirname(scripts), "share");
  return [share, join(share, "man"), join(share, "man/man1")];
}

/** Directories pip writes for one install; packages themselves one level deep. */
export function scanTargets(looks: Looks, installs: readonly InstallFact[]): ScanFact[] {
  const roots = new Map<string, ScanFact>();
  for (const install of installs) {
    const used = install.chosen || install.found.some((how) => how === "active venv" || how === "project venv" || how === "asked");
    if (used) {
      for (const path of [install.purelib, install.scripts, install.prefix, join(install.prefix, "lib")]) lookToWrite(looks, path);
      for (const path of dataPlaces(install.scripts)) lookWithAccess(looks, path);
      for (const path of [dirname(install.realPython), install.basePrefix, install.stdlib, join(install.stdlib, "ensurepip")]) look(looks, path);
      if (install.kind === "venv" && !roots.has(install.purelib)) roots.set(install.purelib, scan(looks, { root: install.purelib, purpose: "target", bounds: targetBounds, depth: 2 }));
    } else {
      look(looks, join(install.stdlib, "ensurepip"));
    }
    if (install.userSite !== null) scanUserSite(looks, install.userSite, roots);
  }
  for (const fact of roots.values()) for (const part of fact.denied) looks.paths.set(part.path, part);
  return [...roots.values()];
}
