import { conda, pathsOf } from "../conda/conda.ts";
import { loadCondarcReader } from "../conda/condarc-reader.ts";
import { absoluteCondaPath, condaPlace, expandCondaHome, joinCondaPath, type CondaPlace } from "../conda/home.ts";
import { findCondaInstalls, packageVersionIn } from "../conda/installs.ts";
import { compareCondaVersions, condaAtLeast } from "../conda/version.ts";
import type { Asked, ConfigFile, EffectiveSetting, Tool, ToolPlace } from "../tool.ts";
import { mambaKeys } from "./keys.ts";
import { readMambarcs } from "./read-mambarcs.ts";
import { mambaSettings } from "./settings.ts";

/** mamba 1 is a layer on the conda of its own environment and takes its settings from there. */
function isOnConda(asked: Asked): boolean {
  return asked.install?.tool !== "micromamba" && !condaAtLeast(asked.version, "2.0");
}

function asConda(asked: Asked): Asked {
  const prefix = asked.install?.prefix;
  return { ...asked, version: (prefix ? packageVersionIn(asked.machine, prefix, "conda") : null) ?? "24.11.3" };
}

/** MAMBA_ROOT_PREFIX, else the environment of libmamba, else `~/micromamba` where it is, else `~/.local/share/mamba` (`get_root_prefix`). */
function mambaPlace(asked: Asked): CondaPlace {
  const place = condaPlace(asked);
  const named = place.env["MAMBA_ROOT_PREFIX"];
  if (named) return { ...place, prefix: absoluteCondaPath(place, expandCondaHome(place, named)) };
  if (place.prefix !== null) return place;
  const home = expandCondaHome(place, "~");
  const old = joinCondaPath(place, home, "micromamba");
  const isRoot = ["pkgs", "conda-meta", "envs"].some((name) => asked.machine.stat(joinCondaPath(place, old, name)).ok);
  const data = place.env["XDG_DATA_HOME"] || (place.platform === "win32" ? place.env["APPDATA"] ?? joinCondaPath(place, home, "AppData\\Roaming") : joinCondaPath(place, home, ".local/share"));
  return { ...place, prefix: isRoot ? old : joinCondaPath(place, data, "mamba") };
}

function configFiles(asked: Asked): ConfigFile[] {
  return isOnConda(asked) ? conda.configFiles(asConda(asked)) : [...readMambarcs(asked.machine, mambaPlace(asked)).files];
}

function settings(asked: Asked): EffectiveSetting[] {
  if (isOnConda(asked)) return conda.settings(asConda(asked));
  const place = mambaPlace(asked);
  return mambaSettings(place, readMambarcs(asked.machine, place).read);
}

function locate(asked: Asked): ToolPlace[] {
  if (isOnConda(asked)) return conda.locate(asConda(asked));
  const all = settings(asked);
  const root = all.find(({ key }) => key === "root_prefix");
  return [
    ...pathsOf(all, "pkgs_dirs", { kind: "cache", name: "packages" }),
    ...pathsOf(all, "envs_dirs", { kind: "envs", name: "environments" }),
    ...(typeof root?.effective === "string" ? [{ kind: "data" as const, name: "base environment", path: root.effective, source: root.source, key: "root_prefix" }] : []),
  ];
}

async function prepare(asked?: Asked): Promise<void> {
  if (asked === undefined) await loadCondarcReader();
  else if (isOnConda(asked)) await conda.prepare?.(asConda(asked));
  else if (readMambarcs(asked.machine, mambaPlace(asked)).unread.length > 0) await loadCondarcReader();
}

const common = { keys: mambaKeys, compareVersions: compareCondaVersions, configFiles, settings, locate, prepare } as const;

export const mamba: Tool = { name: "mamba", commands: ["mamba"], installs: (machine, home) => findCondaInstalls(machine, home, "mamba"), ...common };

export const micromamba: Tool = { name: "micromamba", commands: ["micromamba"], installs: (machine, home) => findCondaInstalls(machine, home, "micromamba"), ...common };
