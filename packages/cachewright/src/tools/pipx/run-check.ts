/** Whether an environment of `pipx run` still works, as far as its files tell. */
import { join } from "node:path";
import { faultsOf, type FileCheck } from "../python/entry-check.ts";
import { namesOf } from "../python/is-directory.ts";
import { checkUnpacked } from "../python/unpacked-check.ts";
import type { CacheAsk, CacheEntry } from "../tool-cache.ts";

export function checkRunEnvironment({ machine }: CacheAsk, entry: CacheEntry, path: string): FileCheck {
  const python = join(path, "bin/python");
  const [link, real] = [machine.lstat(python), machine.stat(python)];
  // The interpreter it was made with is gone: nothing in it starts.
  if (!real.ok && real.errno === "ENOENT" && machine.lstat(join(path, "bin")).ok) {
    return { bytes: 0, faults: faultsOf(entry, python, [{ kind: "missing", says: link.ok ? "it leads to an interpreter that is gone" : "there is no interpreter" }]) };
  }
  const sites = namesOf(machine, join(path, "lib")).filter((name) => /^(?:python|pypy)\d/.test(name)).map((name) => join(path, "lib", name, "site-packages"));
  const checks = sites.map((site) => checkUnpacked(machine, entry, { site, within: path }));
  return {
    faults: checks.flatMap(({ faults }) => faults), bytes: checks.reduce((sum, { bytes }) => sum + bytes, 0),
    ...(checks.length === 0 || checks.some(({ unproven }) => unproven) ? { unproven: true } : {}),
  };
}
