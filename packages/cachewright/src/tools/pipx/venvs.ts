/** The environments of a pipx, by the record it keeps in each (`pipx_metadata.json`, 0600 since 1.18). */
import { join } from "node:path";
import type { Errno, Looker } from "../../machine/machine.ts";

export interface PipxVenv {
  /** The directory's name: the package, with a suffix where one was given. */
  readonly name: string;
  readonly path: string;
  readonly package: string | null;
  readonly packageVersion: string | null;
  readonly python: string | null;
  readonly injected: readonly string[];
  /** "absent" and an errno both make pipx say that the environment is from before 0.15; only the first may be. */
  readonly record: "ok" | "absent" | "malformed" | Errno;
}

/** Every environment below `venvs`, in the order of their names. */
export function pipxVenvs(looker: Looker, venvs: string): PipxVenv[] {
  const entries = looker.list(venvs);
  const names = entries.ok ? entries.value.filter(({ name, type }) => type === "dir" && !name.startsWith(".")).map(({ name }) => name) : [];
  return names.toSorted().map((name) => pipxVenv(looker, name, join(venvs, name)));
}

function pipxVenv(looker: Looker, name: string, path: string): PipxVenv {
  const none = { name, path, package: null, packageVersion: null, python: null, injected: [] };
  const file = looker.readFile(join(path, "pipx_metadata.json"));
  if (!file.ok) return { ...none, record: file.errno === "ENOENT" ? "absent" : file.errno };
  try {
    const record: unknown = JSON.parse(file.value.toString("utf8"));
    const main = member(record, "main_package");
    const injected = member(record, "injected_packages");
    return {
      ...none, record: "ok", package: text(member(main, "package")), packageVersion: text(member(main, "package_version")),
      python: text(member(member(record, "source_interpreter"), "__Path__")) ?? text(member(record, "python_version")),
      injected: typeof injected === "object" && injected !== null ? Object.keys(injected) : [],
    };
  } catch {
    return { ...none, record: "malformed" };
  }
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
