/** What is in force for a pyenv: variables, and one setting that lies in files of one word to a line. */
import { join, resolve } from "node:path";
import { comparePipVersions } from "../pip/version.ts";
import { localPyenvFile, pyenvNames, pyenvRoot, resolvedPyenvVersion } from "../python/pyenv.ts";
import type { Asked, ConfigFile, ConfigScope, EffectiveSetting, FoundValue, SettingKey } from "../tool.ts";

const variable = (key: string, more: Partial<SettingKey> = {}): SettingKey => ({ key, kind: "path", env: [key], inFiles: false, ...more });

export const pyenvKeys: readonly SettingKey[] = [
  variable("PYENV_ROOT"),
  { key: "version", kind: "text", env: ["PYENV_VERSION"] },
  variable("PYTHON_BUILD_CACHE_PATH", { neutral: "cache-dir" }),
  variable("PYENV_REHASH_TIMEOUT", { kind: "number", since: "1.2.4" }),
  variable("TMPDIR", { neutral: "temp-dir" }),
];

/** Of the account's home nothing is known to a shell without HOME but what the system says. */
export function rootOf({ machine, home }: Asked): string | undefined {
  return pyenvRoot(machine, machine.env["HOME"] || home);
}

/** The global file, and the nearest of a project, which stands for it. */
export function pyenvFiles(asked: Asked): ConfigFile[] {
  const { machine } = asked;
  const root = rootOf(asked);
  const local = localPyenvFile(machine);
  const isNamed = Boolean(machine.env["PYENV_VERSION"]);
  const file = (path: string, scope: ConfigScope, isOverridden: boolean): ConfigFile => {
    const stat = machine.stat(path);
    const bytes = machine.readFile(path, 1 << 16);
    const exists = stat.ok || (stat.errno !== "ENOENT" && stat.errno !== "ENOTDIR");
    const kind = exists && !(stat.ok && stat.value.type === "file") ? "not-a-file" : !bytes.ok && exists ? "unreadable" : null;
    return { path, scope, format: "text", exists, readable: exists ? (bytes.ok ? "ok" : bytes.errno) : null, ignored: exists && isOverridden ? "overridden" : kind, target: true };
  };
  return [
    ...(root === undefined ? [] : [file(join(root, "version"), "user", isNamed || local !== undefined)]),
    file(local ?? join(machine.cwd, ".python-version"), "project", isNamed),
  ];
}

export function pyenvSettings(asked: Asked): EffectiveSetting[] {
  return pyenvKeys.filter(({ since }) => since === undefined || comparePipVersions(asked.version, since) >= 0).map(({ key }) => {
    if (key === "version") return versionSetting(asked);
    const text = asked.machine.env[key];
    const isSet = text !== undefined && text !== "";
    if (!isSet) return { key, ...otherwise(key, asked), source: "default", shadows: [] };
    const source = { env: key };
    if (key !== "PYENV_REHASH_TIMEOUT") return { key, effective: resolve(asked.machine.cwd, text), source, shadows: [] };
    return { key, effective: Number(text), source, shadows: [] };
  });
}

/** Downloads are kept only where a directory for them is. */
function otherwise(key: string, asked: Asked): { readonly effective: string | number | null } {
  const root = rootOf(asked);
  if (key === "PYENV_ROOT") return { effective: root ?? null };
  if (key === "PYENV_REHASH_TIMEOUT") return { effective: 60 };
  if (key === "TMPDIR") return { effective: "/tmp" };
  const cache = root === undefined ? undefined : join(root, "cache");
  const stat = cache === undefined ? undefined : asked.machine.stat(cache);
  return { effective: cache !== undefined && stat?.ok === true && stat.value.type === "dir" ? cache : null };
}

/** Several are joined by ":", as pyenv prints them. Where a file is found and says nothing, the system's Python is meant. */
function versionSetting(asked: Asked): EffectiveSetting {
  const { machine } = asked;
  const root = rootOf(asked);
  const named = machine.env["PYENV_VERSION"];
  const variables: FoundValue[] = named ? [{ value: named, source: { env: "PYENV_VERSION" } }] : [];
  const paths = [localPyenvFile(machine), root === undefined ? undefined : join(root, "version")].filter((path) => path !== undefined);
  const inFiles = paths.flatMap((path): FoundValue[] => {
    const names = pyenvNames(machine, root ?? "", path);
    const isFound = machine.stat(path).ok;
    return isFound ? [{ value: names.map(({ name }) => name).join(":") || "system", source: { file: path, line: names[0]?.line ?? 1 } }] : [];
  });
  const [first, ...shadows] = [...variables, ...inFiles];
  if (first === undefined) return { key: "version", effective: "system", source: "default", shadows };
  const missing = root === undefined ? undefined : String(first.value).split(":").find((name) => name !== "" && name !== "system" && resolvedPyenvVersion(machine, root, name) === undefined);
  const setting: EffectiveSetting = { key: "version", effective: first.value, source: first.source, shadows };
  return missing === undefined ? setting : { ...setting, error: `pyenv: version \`${missing}' is not installed (set by ${originOf(first)})` };
}

function originOf({ source }: FoundValue): string {
  return source !== "default" && "file" in source ? source.file : "PYENV_VERSION environment variable";
}
