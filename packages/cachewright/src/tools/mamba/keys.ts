/** Settings of mamba and micromamba from 2.0 (mamba 2.8 libmamba/src/api/configuration.cpp `set_configurables`). */
import type { CondaKey } from "../conda/keys.ts";

type Given = Pick<CondaKey, "key" | "kind" | "type" | "otherwise"> & Partial<CondaKey>;

function key(given: Given): CondaKey {
  return { aliases: [], internal: given.key, env: [`MAMBA_${given.key.toUpperCase()}`], ...given };
}

const flag = { kind: "boolean", type: "boolean", otherwise: false } as const;
const list = { kind: "list", type: "list", otherwise: [] } as const;

export const mambaKeys: readonly CondaKey[] = [
  key({ ...list, key: "pkgs_dirs", kind: "paths", neutral: "pkgs-dirs", env: ["CONDA_PKGS_DIRS"], delimiter: "," }),
  key({ ...list, key: "envs_dirs", kind: "paths", neutral: "envs-dirs", env: ["CONDA_ENVS_DIRS", "CONDA_ENVS_PATH"], delimiter: "path" }),
  key({ key: "root_prefix", kind: "path", type: "text", otherwise: null, inFiles: false }),
  key({ ...flag, key: "always_copy", neutral: "link-mode", neutralValues: { copy: "true", hardlink: null, symlink: null } }),
  key({ ...flag, key: "always_softlink", neutral: "link-mode", neutralValues: { symlink: "true", hardlink: null, copy: null } }),
  key({ ...flag, key: "allow_softlinks" }),
  key({ key: "safety_checks", kind: "text", type: "safety", otherwise: "warn", env: ["CONDA_SAFETY_CHECKS", "MAMBA_SAFETY_CHECKS"] }),
  key({ ...flag, key: "extra_safety_checks", env: ["CONDA_EXTRA_SAFETY_CHECKS", "MAMBA_EXTRA_SAFETY_CHECKS"] }),
  key({ ...flag, key: "use_lockfiles", otherwise: true, neutral: "locking", neutralValues: { off: "false", on: null } }),
  key({ key: "lock_timeout", kind: "number", type: "number", otherwise: 0 }),
  key({ ...flag, key: "offline", neutral: "offline", neutralValues: { on: "true", off: null } }),
  key({ key: "local_repodata_ttl", kind: "number", type: "number", otherwise: 1, env: [] }),
  key({ ...flag, key: "repodata_use_zst", otherwise: true, env: [] }),
  key({ ...flag, key: "always_yes" }),
  key({ ...list, key: "channels", neutral: "index", env: ["CONDA_CHANNELS"], delimiter: "," }),
  key({ ...list, key: "default_channels", delimiter: "," }),
  key({ key: "channel_alias", kind: "text", type: "text", otherwise: "https://conda.anaconda.org" }),
  key({ key: "custom_channels", kind: "map", type: "map", otherwise: null }),
];
