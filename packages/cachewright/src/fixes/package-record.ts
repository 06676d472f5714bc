import * as path from "node:path";
import type { Binding } from "./binding.ts";
import type { Guard } from "./step.ts";

const largestRecord = 16 << 20;

/** Keys of `conda-meta/*.json` as conda, mamba and rattler write them (conda 26.7 models/prefix_graph, rattler_conda_types/src/prefix_record.rs). */
const known = new Set([
  "arch", "auth", "build", "build_number", "build_string", "channel", "constrains", "date", "depends", "extracted_package_dir", "extras", "features", "files", "fn",
  "indexed_timestamp", "installed_by", "installed_system_menus", "legacy_bz2_md5", "legacy_bz2_size", "license", "license_family", "link", "md5", "name", "namespace", "noarch",
  "package_tarball_full_path", "package_type", "paths_data", "platform", "preferred_env", "priority", "purls", "python_site_packages_path", "requested_spec",
  "requested_specs", "run_exports", "schannel", "sha256", "size", "subdir", "timestamp", "track_features", "url", "version",
]);

function isRecord(text: string, name: string): boolean {
  try {
    const record = JSON.parse(text) as Record<string, unknown>;
    const { name: own, version, build, files, paths_data: paths, link } = record;
    if (typeof own !== "string" || typeof version !== "string" || typeof build !== "string" || name !== `${own}-${version}-${build}.json`) return false;
    return Array.isArray(files) && typeof paths === "object" && typeof link === "object" && Object.keys(record).every((key) => known.has(key));
  } catch {
    return false;
  }
}

/**
 * A package's record that root's rattler made, with mode 0600. The user can have moved any file of root's to such a name in a
 * directory of their own, so the words tell: a record, of the very package that it is named after, and nothing else.
 */
export function isClosedRecord(file: string, guard: Guard, { view, hands }: Binding): boolean {
  if (path.basename(path.dirname(file)) !== "conda-meta" || !file.endsWith(".json") || guard.type !== "file" || guard.uid !== 0 || guard.nlink > 1) return false;
  const origin = view.origin(file);
  if (typeof origin === "string") return false;
  return isRecord(hands.read(origin.today, largestRecord, guard).toString("utf8"), path.basename(file));
}
