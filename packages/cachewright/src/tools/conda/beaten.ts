import type { ConfigFile, EffectiveSetting, FoundValue, SettingSource, SettingValue } from "../tool.ts";

/** What a person's own file says in vain. */
export interface BeatenSetting {
  readonly key: string;
  readonly beaten: FoundValue;
  readonly winner: { readonly value: SettingValue; readonly source: SettingSource };
  /** A weaker file says "final" (`#!final`): no stronger one counts, and no variable. */
  readonly isClosed: boolean;
}

/** Places and links. A switch that a variable turns, or an environment's own file, is meant so. */
const told = ["pkgs_dirs", "envs_dirs", "always_copy", "always_softlink", "allow_softlinks"];

/** By the files in the order in which they count, the weakest first. */
export function beatenSettings(settings: readonly EffectiveSetting[], files: readonly Pick<ConfigFile, "path" | "scope">[]): BeatenSetting[] {
  const rank = (source: SettingSource): number => (source === "default" || "env" in source ? -1 : files.findIndex(({ path }) => path === source.file));
  const isOwn = (source: SettingSource): boolean => files[rank(source)]?.scope === "user";
  return settings.filter(({ key, error }) => told.includes(key) && error === undefined).flatMap(({ key, effective, source, items, shadows }): BeatenSetting[] => {
    // What stands by itself at the end of envs_dirs is nobody's.
    const sources = (items ?? [source]).filter((one) => one !== "default");
    const [first] = sources;
    if (first === undefined || sources.some((one) => "env" in (one as object))) return [];
    const own = shadows.filter((shadow) => isOwn(shadow.source));
    const isList = Array.isArray(effective);
    return own.flatMap((beaten): BeatenSetting[] => {
      const isClosed = sources.every((one) => rank(one) < rank(beaten.source));
      // A list is only ever left out by "final": an item that is said twice counts once.
      if (isList ? !isClosed : !isClosed && !isOwn(first)) return [];
      const isSame = isList ? JSON.stringify(effective.slice(0, sources.length)) === JSON.stringify(beaten.value) : effective === beaten.value;
      return isSame ? [] : [{ key, beaten, winner: { value: isList ? effective.slice(0, sources.length) : effective, source: first }, isClosed }];
    });
  });
}
