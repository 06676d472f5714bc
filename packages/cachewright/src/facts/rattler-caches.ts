import { join } from "node:path";
import type { Machine } from "../machine/machine.ts";
import { pixiConfigPlaces, type PixiPlace } from "../tools/pixi/locations.ts";
import type { PixiConfigReader } from "../tools/pixi/plain-config.ts";
import { pixiKeys, pixiSettings, type PixiRead } from "../tools/pixi/settings.ts";
import type { EffectiveSetting, SettingKey } from "../tools/tool.ts";
import type { RattlerFact, Source } from "./facts.ts";
import { toSource } from "./setting-source.ts";

type Tool = RattlerFact["caches"][number]["tools"][number];

export interface RattlerPlace {
  readonly root: string;
  readonly pkgs: string;
  readonly tools: readonly Tool[];
  readonly from: Source;
}

export interface RattlerPlaces {
  readonly places: readonly RattlerPlace[];
  readonly unread: readonly string[];
}

const largestConfig = 1 << 20;
const keysOfPixi = pixiKeys.filter(({ key }) => key === "cache.root" || key === "cache.conda-packages");
const keysOfRattler: readonly SettingKey[] = [{ key: "cache.root", kind: "path", env: ["RATTLER_CACHE_DIR"] }];

/** Where rattler and pixi keep packages here, each place once. Settings files are read only where there are some. */
export function rattlerPlaces(machine: Machine, place: PixiPlace, reader: PixiConfigReader): RattlerPlaces {
  const unread: string[] = [];
  const files = pixiConfigPlaces(place, undefined).flatMap((config): PixiRead[] => {
    if (config.scope === "env-file" || !machine.lstat(config.path).ok) return [];
    const bytes = machine.readFile(config.path, largestConfig);
    const read = bytes.ok ? reader(bytes.value.toString("utf8")) : undefined;
    if (bytes.ok && read === undefined) unread.push(config.path);
    return read === undefined ? [] : [{ ...config, config: read }];
  });
  const exists = (path: string): boolean => machine.lstat(path).ok;
  const of = (tool: Tool, settings: readonly EffectiveSetting[]): RattlerPlace[] => {
    const root = textOf(settings, "cache.root");
    if (root === undefined) return [];
    const pkgs = textOf(settings, "cache.conda-packages") ?? { path: join(root.path, "pkgs"), from: root.from };
    return [{ root: root.path, pkgs: pkgs.path, tools: [tool], from: pkgs.from }];
  };
  const all = [
    ...of("rattler", pixiSettings({ place, files: [], keys: keysOfRattler, exists: () => false })),
    ...of("pixi", pixiSettings({ place, files, keys: keysOfPixi, exists })),
  ];
  const once = all.filter(({ pkgs }, i) => all.findIndex((other) => other.pkgs === pkgs) === i);
  return { places: once.map((one) => ({ ...one, tools: all.filter(({ pkgs }) => pkgs === one.pkgs).flatMap(({ tools }) => tools) })), unread };
}

function textOf(settings: readonly EffectiveSetting[], key: string): { readonly path: string; readonly from: Source } | undefined {
  const setting = settings.find((one) => one.key === key);
  return typeof setting?.effective === "string" ? { path: setting.effective, from: toSource(setting.source) } : undefined;
}
