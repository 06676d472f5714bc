/** What the name of an archive tells (binary distribution format 1.0, PEP 625 and what was there before it). */
import { namedByStem } from "./core-metadata.ts";

export interface ArchiveName {
  readonly type: "wheel" | "sdist";
  /** As an entry tells it. */
  readonly about: {
    readonly project: string;
    readonly version: string;
    /** "cp311-cp311-linux_x86_64", "sdist". */
    readonly detail: string;
    /** Of a wheel: "cp311", "py3". */
    readonly python: string | null;
  };
}

const sdistEndings = [".tar.gz", ".zip", ".tar.bz2", ".tar.xz", ".tgz"] as const;

/** `name-version[-build]-python-abi-platform`, without the ending. Of several Pythons ("py2.py3") the last one counts. */
export function wheelStem(stem: string): ArchiveName | undefined {
  const parts = stem.split("-");
  const [project = "", version = ""] = parts;
  const [python = "", abi = "", platform = ""] = parts.slice(-3);
  if (parts.length < 5 || parts.length > 6 || project === "" || !/^\d/.test(version) || (parts.length === 6 && !/^\d/.test(parts[2] ?? ""))) return undefined;
  return { type: "wheel", about: { project, version, detail: `${python}-${abi}-${platform}`, python: python.split(".").at(-1) ?? python } };
}

/** undefined for any other name. */
export function archiveName(file: string): ArchiveName | undefined {
  if (file.endsWith(".whl")) return wheelStem(file.slice(0, -".whl".length));
  const ending = sdistEndings.find((one) => file.endsWith(one));
  const named = ending === undefined ? undefined : namedByStem(file.slice(0, -ending.length));
  return named === undefined ? undefined : { type: "sdist", about: { ...named, detail: "sdist", python: null } };
}
