import type { Asked, EffectiveSetting, Tool, ToolPlace } from "../tool.ts";
import { absoluteCondaPath, condaPlace, expandCondaHome, joinCondaPath, type CondaPlace } from "./home.ts";
import { loadCondarcReader, readAnyCondarc } from "./condarc-reader.ts";
import { findCondaInstalls } from "./installs.ts";
import { condaKeys } from "./keys.ts";
import { readCondarcs } from "./read-condarcs.ts";
import { condaSettingsHere } from "./settings-here.ts";
import { compareCondaVersions, condaAtLeast } from "./version.ts";

export const conda: Tool = {
  name: "conda",
  commands: ["conda"],
  keys: condaKeys,
  compareVersions: compareCondaVersions,
  installs: (machine, home) => findCondaInstalls(machine, home, "conda"),
  configFiles: (asked) => [...readCondarcs(asked.machine, condaPlace(asked), readAnyCondarc).files],
  settings,
  locate,
  prepare,
};

async function prepare(asked?: Asked): Promise<void> {
  if (asked === undefined || readCondarcs(asked.machine, condaPlace(asked), readAnyCondarc).unread.length > 0) await loadCondarcReader();
}

function settings(asked: Asked): EffectiveSetting[] {
  const place = condaPlace(asked);
  return condaSettingsHere(asked.machine, place, readCondarcs(asked.machine, place, readAnyCondarc).read);
}

function locate(asked: Asked): ToolPlace[] {
  const place = condaPlace(asked);
  const all = settings(asked);
  const root = all.find(({ key }) => key === "root_prefix");
  const own = absoluteCondaPath(place, expandCondaHome(place, joinCondaPath(place, "~", ".conda")));
  return [
    ...pathsOf(all, "pkgs_dirs", { kind: "cache", name: "packages" }),
    ...(condaAtLeast(place.version, "4.14") ? [{ kind: "cache" as const, name: "notices", path: noticesDir(place), source: "default" as const }] : []),
    ...pathsOf(all, "envs_dirs", { kind: "envs", name: "environments" }),
    ...(typeof root?.effective === "string" ? [{ kind: "data" as const, name: "base environment", path: root.effective, source: root.source, key: "root_prefix" }] : []),
    { kind: "state", name: "environments.txt", path: own, source: "default" },
  ];
}

/** A setting that lists directories, as places. */
export function pathsOf(all: readonly EffectiveSetting[], key: string, what: Pick<ToolPlace, "kind" | "name">): ToolPlace[] {
  const setting = all.find((one) => one.key === key);
  const paths = Array.isArray(setting?.effective) ? (setting.effective as readonly string[]) : [];
  return paths.map((path, i) => ({ ...what, path, source: setting?.items?.[i] ?? "default", key }));
}

/** platformdirs' `user_cache_dir("conda", "conda")`, which `conda clean` leaves alone (conda notices/cache.py). */
function noticesDir(place: CondaPlace): string {
  const { platform, env } = place;
  const home = (path: string): string => absoluteCondaPath(place, expandCondaHome(place, path));
  if (platform === "win32") return `${env["LOCALAPPDATA"] || home("~\\AppData\\Local")}\\conda\\conda\\Cache\\notices`;
  if (platform === "darwin") return home("~/Library/Caches/conda/notices");
  return home(joinCondaPath(place, env["XDG_CACHE_HOME"]?.trim() || "~/.cache", "conda/notices"));
}
