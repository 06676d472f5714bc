/**
 * What uv refuses in its options: it takes no key it does not know (serde `deny_unknown_fields` in uv-settings
 * settings.rs), so a key of a newer uv stops an older one. Read from uv 0.4.30 … 0.13.9, each asked for its own list.
 */
import { tomlKeyLine } from "./toml-lines.ts";
import { isTable, type TomlTable } from "./toml-file.ts";
import { uvAtLeast, satisfiesUvVersion } from "./version.ts";

export interface OptionFault {
  /** uv's words, the position left out. */
  readonly text: string;
  readonly line?: number;
  /** The key it is about; absent where another uv, not another value is wanted. */
  readonly key?: readonly string[];
}

const words = (text: string): readonly string[] => text.split(" ").filter((word) => word !== "");

/** Known to 0.4.30 already. */
const olderFields = words(
  "allow-insecure-host cache-dir cache-keys compile-bytecode concurrent-builds concurrent-downloads concurrent-installs config-settings "
  + "constraint-dependencies dependency-metadata dev-dependencies default-groups environments exclude-newer extra-index-url find-links index "
  + "index-strategy index-url keyring-provider link-mode managed native-tls no-binary no-binary-package no-build no-build-isolation "
  + "no-build-isolation-package no-build-package no-cache no-index no-sources offline override-dependencies package pip prerelease preview "
  + "publish-url python-downloads python-preference reinstall reinstall-package resolution sources trusted-publishing upgrade upgrade-package workspace",
);

/** First version that has the field. */
const newerFields: Readonly<Record<string, string>> = {
  "conflicts": "0.5.2", "pypy-install-mirror": "0.5.2", "python-install-mirror": "0.5.2", "build-backend": "0.5.6", "check-url": "0.5.6",
  "fork-strategy": "0.5.9", "required-version": "0.5.14", "required-environments": "0.6.1", "build-constraint-dependencies": "0.6.2",
  "python-downloads-json-url": "0.7.3", "add-bounds": "0.7.9", "dependency-groups": "0.7.14", "config-settings-package": "0.8.1",
  "exclude-newer-package": "0.8.4", "extra-build-dependencies": "0.8.4", "extra-build-variables": "0.8.6", "exclude-dependencies": "0.9.8",
  "torch-backend": "0.9.18", "http-proxy": "0.9.23", "https-proxy": "0.9.23", "no-proxy": "0.9.23", "no-sources-package": "0.9.26",
  "system-certs": "0.11.0", "audit": "0.11.3", "preview-features": "0.11.22", "prerelease-package": "0.12.1",
  // Between 0.12.15 and 0.12.17, and between 0.12.23 and 0.12.24.
  "minimum-libc-version": "0.12.17", "graalpy-install-mirror": "0.12.24", "pyodide-install-mirror": "0.12.24", "require-build-hashes": "0.13.0",
};

const olderPipFields = words(
  "all-extras allow-empty-requirements annotation-style break-system-packages compile-bytecode config-settings custom-compile-command "
  + "dependency-metadata emit-build-options emit-find-links emit-index-annotation emit-index-url emit-marker-expression exclude-newer extra "
  + "extra-index-url find-links generate-hashes index-strategy index-url keyring-provider link-mode no-annotate no-binary no-build "
  + "no-build-isolation no-build-isolation-package no-deps no-emit-package no-header no-index no-sources no-strip-extras no-strip-markers "
  + "only-binary output-file prefix prerelease python python-platform python-version reinstall reinstall-package require-hashes resolution "
  + "strict system target universal upgrade upgrade-package verify-hashes",
);

const newerPipFields: Readonly<Record<string, string>> = {
  "no-extra": "0.5.5", "fork-strategy": "0.5.9", "group": "0.6.7", "torch-backend": "0.6.9", "config-settings-package": "0.8.1",
  "exclude-newer-package": "0.8.4", "extra-build-dependencies": "0.8.4", "extra-build-variables": "0.8.6", "no-sources-package": "0.9.26",
  "require-build-hashes": "0.13.0",
};

/** Fields of a project: in a `uv.toml` they are refused from that version on, before they were passed over. */
const projectFields: Readonly<Record<string, string>> = {
  "workspace": "0.5.0", "sources": "0.5.0", "dev-dependencies": "0.5.0", "managed": "0.5.0", "package": "0.5.0", "default-groups": "0.5.0",
  "conflicts": "0.8.0", "dependency-groups": "0.8.0", "build-backend": "0.8.0", "environments": "0.8.1", "required-environments": "0.8.1",
};

const booleans: ReadonlySet<string> = new Set(["no-cache", "offline", "no-index", "compile-bytecode", "native-tls", "system-certs", "system", "break-system-packages"]);
const strings: ReadonlySet<string> = new Set(["index-url", "publish-url", "prefix", "target"]);

/** Names uv takes for a way to put files into an environment. `reflink` is another word for clone. */
export function uvLinkModes(version: string): readonly string[] {
  return uvAtLeast(version, "0.9.28") ? ["clone", "reflink", "copy", "hardlink", "symlink"] : ["clone", "copy", "hardlink", "symlink"];
}

function isKnown(field: string, version: string, isPip: boolean): boolean {
  if (isPip && field === "allow-insecure-host") return !uvAtLeast(version, "0.5.0");
  const since = (isPip ? newerPipFields : newerFields)[field];
  return (isPip ? olderPipFields : olderFields).includes(field) || (since !== undefined && uvAtLeast(version, since));
}

function typeFault(field: string, value: unknown, version: string): string | null {
  const type = typeof value;
  if (field === "cache-dir" && type !== "string") return `invalid type: ${named(value)}, expected path string`;
  if (booleans.has(field) && type !== "boolean") return `invalid type: ${named(value)}, expected a boolean`;
  if (strings.has(field) && type !== "string") return `invalid type: ${named(value)}, expected a string`;
  // What has no scheme is a path.
  if (field === "index-url" && /^[a-z][a-z0-9+.-]*:\/\//i.test(String(value)) && !URL.canParse(String(value))) return "invalid URL";
  if (field === "link-mode" && !(type === "string" && uvLinkModes(version).includes(String(value)))) {
    return `unknown variant \`${String(value)}\`, expected one of ${uvLinkModes(version).map((mode) => `\`${mode}\``).join(", ")}`;
  }
  return null;
}

function named(value: unknown): string {
  if (typeof value === "string") return `string ${JSON.stringify(value)}`;
  if (typeof value === "boolean") return `boolean \`${value}\``;
  if (Array.isArray(value)) return "sequence";
  return typeof value === "number" ? `${Number.isInteger(value) ? "integer" : "floating point"} \`${value}\`` : "map";
}

interface Where {
  readonly version: string;
  /** "uv.toml", or the table of a `pyproject.toml`. */
  readonly kind: "uv.toml" | "pyproject.toml";
  /** The file's text, for lines. */
  readonly text: string;
}

/** The first thing uv stumbles over. Only types of fields about caches, links, places and indexes are looked at. */
export function optionFault(options: TomlTable, where: Where): OptionFault | null {
  const base = where.kind === "uv.toml" ? [] : ["tool", "uv"];
  const found = [...fieldFaults(options, where, base), ...(isTable(options["pip"]) ? fieldFaults(options["pip"], where, [...base, "pip"]) : [])];
  return found.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))[0] ?? projectFault(options, where);
}

function fieldFaults(options: TomlTable, where: Where, base: readonly string[]): OptionFault[] {
  const isPip = base.at(-1) === "pip";
  return Object.entries(options).flatMap(([field, value]) => {
    const text = isKnown(field, where.version, isPip) ? typeFault(field, value, where.version) : `unknown field \`${field}\``;
    return text === null ? [] : [fault(text, where, [...base, field])];
  });
}

function fault(text: string, where: Where, path: readonly string[]): OptionFault {
  const line = tomlKeyLine(where.text, path);
  return { text, key: path, ...(line === undefined ? {} : { line }) };
}

function projectFault(options: TomlTable, where: Where): OptionFault | null {
  if (where.kind !== "uv.toml") return null;
  const field = Object.keys(projectFields).find((name) => name in options && uvAtLeast(where.version, projectFields[name] ?? ""));
  return field === undefined ? null : fault(`The \`${field}\` field is not allowed in a \`uv.toml\` file.`, where, [field]);
}

/** What ends every command of a uv that is not the wanted one. */
export function requiredVersionFault(options: TomlTable, where: Where): OptionFault | null {
  const wanted = options["required-version"];
  if (!uvAtLeast(where.version, "0.5.14") || typeof wanted !== "string" || satisfiesUvVersion(where.version, wanted)) return null;
  const base = where.kind === "uv.toml" ? [] : ["tool", "uv"];
  return fault(`Required uv version \`${wanted}\` does not match the running version \`${where.version}\``, where, [...base, "required-version"]);
}
