/** What the name of an archive tells, as an entry says it. */
import { pythonOfTags } from "../pip/wheel-pythons.ts";
import { distributionFile } from "./distribution-file.ts";

export interface ArchiveName {
  readonly type: "wheel" | "sdist";
  readonly about: {
    readonly project: string;
    readonly version: string;
    /** "cp311-cp311-linux_x86_64", "sdist". */
    readonly detail: string;
    /** Of a wheel: "cp311", "py3". */
    readonly python: string | null;
  };
}

/** undefined for any other name. */
export function archiveName(file: string): ArchiveName | undefined {
  const named = distributionFile(file);
  if (named === undefined) return undefined;
  const { kind, project, version, tags } = named;
  return { type: kind, about: { project, version, detail: tags ?? "sdist", python: tags === null ? null : pythonOfTags(tags) } };
}

/** A wheel's name without its ending, as directories have it. */
export function wheelStem(stem: string): ArchiveName | undefined {
  return archiveName(`${stem}.whl`);
}
