/** What pixi makes of its settings: the strongest source counts whole, nothing is merged. */
import { redact } from "../../machine/redact.ts";
import type { EffectiveSetting, FoundValue, SettingKey, SettingSource, SettingValue } from "../tool.ts";
import { absolutePixiPath, cacheHome, joinPixiPath, pixiCacheKinds, rattlerDefaultRoot, type PixiConfigPlace, type PixiPlace } from "./locations.ts";
import type { PixiConfig } from "./pixi-config.ts";

const off = { kind: "boolean" } as const;

export const pixiKeys: readonly SettingKey[] = [
  { key: "cache.root", kind: "path", neutral: "cache-dir", env: ["PIXI_CACHE_DIR", "RATTLER_CACHE_DIR"] },
  ...pixiCacheKinds.map(({ key, env }): SettingKey => ({ key: `cache.${key}`, kind: "path", env: [env], since: "0.68.0", ...(key === "conda-packages" ? { neutral: "pkgs-dirs" } : {}) })),
  { key: "cache.netfs-redirect", kind: "text", env: ["PIXI_CACHE_NETFS_REDIRECT"], since: "0.68.0" },
  { key: "detached-environments", kind: "text", neutral: "envs-dirs" },
  { ...off, key: "allow-symbolic-links", env: ["PIXI_NO_SYMBOLIC_LINKS"] },
  { ...off, key: "allow-hard-links", env: ["PIXI_NO_HARD_LINKS"] },
  { ...off, key: "allow-ref-links", env: ["PIXI_NO_REF_LINKS"] },
  { ...off, key: "offline", env: ["PIXI_OFFLINE"], neutral: "offline", neutralValues: { on: "true", off: null } },
  { key: "default-channels", kind: "list", neutral: "index" },
  { key: "pypi-config.index-url", kind: "text" },
];

export interface PixiRead extends PixiConfigPlace {
  readonly config: PixiConfig | null;
}

export interface PixiSettingsInput {
  readonly place: PixiPlace;
  /** The weakest first. */
  readonly files: readonly PixiRead[];
  /** Whether a directory is there: `<cache home>/pixi` is the cache when it is. */
  readonly exists: (path: string) => boolean;
  readonly keys: readonly SettingKey[];
}

export function pixiSettings(input: PixiSettingsInput): EffectiveSetting[] {
  const root = settingOf(rootKey(input.keys), input);
  return input.keys.map((key) => (key.key === "cache.root" ? withRoot(root, input) : withKind(settingOf(key, input), withRoot(root, input), input)));
}

function rootKey(keys: readonly SettingKey[]): SettingKey {
  return keys.find(({ key }) => key === "cache.root") ?? { key: "cache.root", kind: "path", env: ["RATTLER_CACHE_DIR"] };
}

/** `cache` comes from the search path alone; for all else a named file stands for the search path, and the project's is on top. */
function filesFor(key: SettingKey, { place, files }: PixiSettingsInput): readonly PixiRead[] {
  const isNamed = ({ scope }: PixiRead): boolean => scope === "env-file";
  if (key.key.startsWith("cache.")) return files.filter((file) => !isNamed(file) && file.scope !== "project");
  const isSearchOff = files.some(isNamed) || isTrue(place.env["PIXI_NO_CONFIG"]);
  return files.filter((file) => isNamed(file) || file.scope === "project" || !isSearchOff);
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false", "no", "off", "n", "f"].includes(value.toLowerCase());
}

function settingOf(key: SettingKey, input: PixiSettingsInput): EffectiveSetting {
  const { env } = input.place;
  const inFiles = filesFor(key, input).flatMap(({ path, config }): FoundValue[] => (config?.entries ?? []).filter((entry) => entry.key === key.key)
    .map((entry) => ({ value: valueOf(entry.value), source: { file: path, line: entry.line } })));
  const variables = (key.env ?? []).toReversed().flatMap((name): FoundValue[] => {
    const value = env[name];
    // An empty root is the working directory; an empty directory of one kind is none.
    if (value === undefined || (value === "" && key.key !== "cache.root")) return [];
    return name.startsWith("PIXI_NO_") ? (isTrue(value) ? [{ value: false, source: { env: name } }] : []) : [{ value: key.kind === "boolean" ? isTrue(value) : redact(value), source: { env: name } }];
  });
  const all = [...inFiles, ...variables];
  const chosen = all.at(-1);
  const shadows = all.slice(0, -1).toReversed();
  if (chosen === undefined) return { key: key.key, effective: otherwise(key), source: "default", shadows };
  const error = wrongValue(key, chosen.value);
  return { key: key.key, effective: chosen.value, source: chosen.source, shadows, ...(error === undefined ? {} : { error }) };
}

function valueOf(value: unknown): SettingValue {
  if (typeof value === "string") return redact(value);
  if (typeof value === "number" || typeof value === "boolean") return value;
  return Array.isArray(value) ? value.map((item) => redact(String(item))) : String(value);
}

function otherwise({ key, kind }: SettingKey): SettingValue {
  if (key.startsWith("allow-")) return true;
  if (key === "cache.netfs-redirect") return "auto";
  if (key === "default-channels") return ["conda-forge"];
  return kind === "boolean" ? false : null;
}

function wrongValue({ key }: SettingKey, value: SettingValue): string | undefined {
  if (key !== "cache.netfs-redirect" || ["auto", "always", "never"].includes(String(value))) return undefined;
  return `ignoring PIXI_CACHE_NETFS_REDIRECT=${String(value)}: expected one of \`auto\`, \`always\`, \`never\``;
}

function withRoot(root: EffectiveSetting, { place, exists }: PixiSettingsInput): EffectiveSetting {
  if (typeof root.effective === "string") return { ...root, effective: absolutePixiPath(place, root.effective) };
  const home = cacheHome(place);
  const own = home === undefined ? undefined : joinPixiPath(place, home, "pixi");
  return { ...root, effective: (own !== undefined && exists(own) ? own : rattlerDefaultRoot(place)) ?? null };
}

/** A kind without a place of its own lies below the root. A network file system below a root nobody chose may move it (`locate`'s caller sees the mount). */
function withKind(setting: EffectiveSetting, root: EffectiveSetting, { place }: PixiSettingsInput): EffectiveSetting {
  const kind = pixiCacheKinds.find(({ key }) => setting.key === `cache.${key}`);
  if (kind === undefined) return setting;
  if (typeof setting.effective === "string") return { ...setting, effective: absolutePixiPath(place, setting.effective) };
  const source: SettingSource = root.source;
  return typeof root.effective === "string" ? { ...setting, effective: joinPixiPath(place, root.effective, kind.directory), source } : setting;
}
