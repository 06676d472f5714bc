/** conda's settings about caches, links, places, permissions and indexes (conda 26.7 base/context.py `Context`). */
import type { SettingKey } from "../tool.ts";

export interface CondaKey extends SettingKey {
  /** Other names in files and, with CONDA_ before them, in variables. */
  readonly aliases: readonly string[];
  readonly type: "boolean" | "boolean-or-null" | "text" | "safety" | "number" | "list" | "map";
  /** What parts a variable's items. */
  readonly delimiter?: "," | "path";
  readonly otherwise: string | number | boolean | null | readonly string[];
  /** Its name in conda's own complaints: some have a leading "_" there. */
  readonly internal: string;
}

type Extra = Partial<Pick<CondaKey, "aliases" | "since" | "until" | "neutral" | "neutralValues" | "internal" | "inFiles">>;

function env(names: readonly string[]): readonly string[] {
  return names.map((name) => `CONDA_${name.toUpperCase()}`);
}

function flagKey(key: string, extra: Extra & { readonly otherwise?: boolean | null; readonly type?: CondaKey["type"] } = {}): CondaKey {
  return { key, kind: "boolean", type: "boolean", otherwise: false, aliases: [], internal: key, env: env([key, ...(extra.aliases ?? [])]), ...extra };
}

function listKey(key: string, extra: Extra & { readonly kind?: "list" | "paths"; readonly delimiter?: "," | "path"; readonly otherwise?: readonly string[] } = {}): CondaKey {
  return { key, kind: "list", type: "list", delimiter: ",", otherwise: [], aliases: [], internal: `_${key}`, env: env([key, ...(extra.aliases ?? [])]), ...extra };
}

function textKey(key: string, extra: Extra & { readonly kind?: "text" | "path" | "number"; readonly type?: CondaKey["type"]; readonly otherwise?: string | number | null } = {}): CondaKey {
  return { key, kind: "text", type: "text", otherwise: null, aliases: [], internal: key, env: env([key, ...(extra.aliases ?? [])]), ...extra };
}

export const condaKeys: readonly CondaKey[] = [
  listKey("pkgs_dirs", { kind: "paths", neutral: "pkgs-dirs" }),
  listKey("envs_dirs", { kind: "paths", delimiter: "path", aliases: ["envs_path"], neutral: "envs-dirs" }),
  textKey("root_prefix", { kind: "path", aliases: ["root_dir"], internal: "_root_prefix", since: "4.4.0" }),
  flagKey("always_copy", { aliases: ["copy"], neutral: "link-mode", neutralValues: { copy: "true", hardlink: null, symlink: null } }),
  flagKey("always_softlink", { aliases: ["softlink"], neutral: "link-mode", neutralValues: { symlink: "true", hardlink: null, copy: null } }),
  flagKey("allow_softlinks"),
  textKey("safety_checks", { type: "safety", otherwise: "warn", since: "4.4.0" }),
  flagKey("extra_safety_checks", { since: "4.6.0" }),
  flagKey("no_lock", { since: "23.9.0", neutral: "locking", neutralValues: { off: "true", on: null } }),
  flagKey("offline", { neutral: "offline", neutralValues: { on: "true", off: null } }),
  flagKey("use_index_cache", { since: "4.4.0" }),
  textKey("local_repodata_ttl", { kind: "number", type: "number", otherwise: 1, since: "4.4.0" }),
  flagKey("use_only_tar_bz2", { type: "boolean-or-null", otherwise: null, internal: "_use_only_tar_bz2", since: "4.8.0" }),
  flagKey("separate_format_cache", { since: "4.7.0" }),
  flagKey("repodata_use_zst", { otherwise: true, since: "24.1.0" }),
  flagKey("repodata_use_shards", { otherwise: true, since: "26.5.0" }),
  flagKey("force_32bit"),
  flagKey("register_envs", { otherwise: true, since: "23.9.0" }),
  flagKey("non_admin_enabled", { otherwise: true, since: "4.4.0" }),
  flagKey("rollback_enabled", { otherwise: true }),
  flagKey("always_yes", { type: "boolean-or-null", otherwise: null, aliases: ["yes"] }),
  listKey("channels", { aliases: ["channel"], neutral: "index" }),
  listKey("default_channels", { since: "4.7.0", otherwise: ["https://repo.anaconda.com/pkgs/main", "https://repo.anaconda.com/pkgs/r"] }),
  textKey("channel_alias", { otherwise: "https://conda.anaconda.org", internal: "_channel_alias" }),
  { ...textKey("custom_channels", { internal: "_custom_channels", since: "4.7.0" }), kind: "map", type: "map", otherwise: ["pkgs/pro: https://repo.anaconda.com"] },
  textKey("croot", { kind: "path", internal: "_croot" }),
  textKey("bld_path", { kind: "path", otherwise: "" }),
];

/**
 * Every name that a conda from 4.3 to 26.7 takes, aliases included. Others are passed over
 * without a word; conda-build, anaconda-client and mamba keep keys of their own in the same files.
 */
const known = new Set(`
  add_anaconda_token add_binstar_token add_pip_as_python_dependency aggressive_update_packages allow_conda_downgrades allow_cycles
  allow_non_channel_urls allow_softlinks allowlist_channels always_copy always_softlink always_yes anaconda_upload auto_activate
  auto_activate_base auto_stack auto_update_conda binstar_upload bld_path changeps1 channel channel_alias channel_priority
  channel_settings channels client_cert client_cert_key client_ssl_cert client_ssl_cert_key clobber concurrent conda-build
  conda_build console copy create_default_packages croot custom_channels custom_multichannels debug default_activation_env
  default_channels default_python default_threads denylist_channels deps_modifier dev disallow disallowed_packages download_only
  dry_run enable_private_envs env_prompt env_spec environment_specifier envs_dirs envs_path envvars_force_uppercase error_upload_url
  execute_threads experimental experimental_solver export_platforms extra_platforms extra_safety_checks
  featureless_minimization_disabled_feature_flag fetch_threads force force_32bit force_reinstall force_remove ignore_pinned insecure
  json list_fields loader local_repodata_ttl max_shlvl migrated_channel_aliases migrated_custom_channels no_dependencies no_deps
  no_lock no_plugins non_admin_enabled notify_outdated_conda number_channel_notices offline only_dependencies only_deps
  override_channels_enabled override_virtual_packages path_conflict pinned_packages pip_interop_enabled pkgs_dirs
  prefix_data_interoperability preview protect_frozen_envs proxy_servers prune quiet register_envs remote_backoff_factor
  remote_connect_timeout_secs remote_max_retries remote_read_timeout_secs repodata_fn repodata_fns repodata_threads
  repodata_use_shards repodata_use_zst report_errors reporters restore_free_channel rollback_enabled root_dir root_prefix
  safety_checks sat_solver self_update separate_format_cache shortcuts shortcuts_only show_channel_urls signing_metadata_url_base
  softlink solver solver_ignore_timestamps ssl_verify subdir subdirs target_prefix_override trace track_features unsatisfiable_hints
  unsatisfiable_hints_check_depth update_dependencies update_deps update_modifier use_index_cache use_local use_only_tar_bz2 use_pip
  verbose verbosity verify_ssl verify_threads virtual_packages whitelist_channels yes
  cooldown cooldown_exclude exclude_newer exclude_newer_package plugins
`.split(/\s+/));

export function isCondaKey(name: string): boolean {
  return known.has(name);
}
