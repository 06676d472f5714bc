import type { Facts, MountFact } from "../../facts/facts.ts";
import { mountOfPath } from "../../facts/mounts.ts";

/** What the same mount makes of conda's places: their findings are this one. */
export function condaOn(facts: Facts, mount: MountFact): { problem: string; subject: string }[] {
  const { pkgsDirs, envsDirs } = facts.conda ?? { pkgsDirs: [], envsDirs: [] };
  const isOn = (because: { readonly path: string; readonly errno: string } | null | undefined): boolean => because?.errno === "EROFS" && mountOfPath(facts, because.path)?.id === mount.id;
  return [
    ...pkgsDirs.filter(({ because }) => isOn(because)).map(({ path }) => ({ problem: "conda-no-writable-pkgs-dir", subject: path })),
    ...envsDirs.filter(({ because }) => isOn(because)).map(({ path }) => ({ problem: "conda-no-writable-envs-dir", subject: path })),
  ];
}
