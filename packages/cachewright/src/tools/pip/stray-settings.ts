/**
 * Settings that are meant for pip's cache or permissions and that no pip reads: unknown options are ignored without a
 * word, section names are case-sensitive (pip 26.3 configuration.py), and [DEFAULT] alone makes no section.
 */
import { optionName, type IniFile } from "../../configs/ini.ts";
import { isNear } from "../near.ts";

export interface StraySetting {
  readonly section: string;
  /** pip's form of the key as it stands there. */
  readonly key: string;
  readonly value: string;
  readonly line: number;
  readonly meant: { readonly section: string; readonly key: string };
}

/** Sections pip reads: `global` and one for each command, of any age. */
const sections: ReadonlySet<string> = new Set([
  "global", "install", "download", "uninstall", "freeze", "inspect", "list", "show", "check", "config", "search", "cache", "index", "wheel", "hash",
  "completion", "debug", "help", "lock", "bundle", "unzip", "zip",
]);

export function isPipSection(name: string): boolean {
  return sections.has(name);
}

const keys: readonly string[] = ["cache-dir", "no-cache-dir", "break-system-packages", "user", "root-user-action", "require-virtualenv"];

/** Written without separators. What other tools call it, and what people make of it. */
const otherNames: Readonly<Record<string, string>> = {
  cachedirectory: "cache-dir", cachepath: "cache-dir", cachefolder: "cache-dir", cachelocation: "cache-dir", cacheroot: "cache-dir", cachehome: "cache-dir",
  nocache: "no-cache-dir", nocachedirectory: "no-cache-dir", disablecache: "no-cache-dir", disablecachedir: "no-cache-dir", cachedisabled: "no-cache-dir",
  breaksystem: "break-system-packages",
};

/** The option that was meant by a name pip does not know; undefined where it is known, or like none of these. */
export function meantOption(option: string): string | undefined {
  if (keys.includes(option)) return undefined;
  const word = option.replace(/[-_. ]/g, "").replace(/^(?:pip|global|install)(?=.)/, "");
  if (word === "") return undefined;
  return otherNames[word] ?? keys.find((key) => {
    const known = key.replaceAll("-", "");
    return isNear(word, known);
  });
}

/** Where pip would have read it; undefined for a section it reads. */
function meantSection(section: string, file: IniFile): string | undefined {
  if (section === "" || sections.has(section)) return undefined;
  if (section === "DEFAULT") return file.sections.every(({ name }) => name === "DEFAULT") ? "global" : undefined;
  const lower = section.toLowerCase();
  return sections.has(lower) ? lower : "global";
}

/** `pip config set cache.dir …` and `global.dir` leave a key `dir` behind. */
function meantFor(section: string, option: string): StraySetting["meant"] | undefined {
  if (option === "dir" && (section === "cache" || section === "global")) return { section: "global", key: "cache-dir" };
  const key = meantOption(option);
  return key === undefined ? undefined : { section, key };
}

export function straySettings(file: IniFile): StraySetting[] {
  return file.entries.flatMap((entry): StraySetting[] => {
    const section = meantSection(entry.section, file);
    const named = meantFor(section ?? entry.section, entry.option);
    if (section === undefined && named === undefined) return [];
    // A section of another program's may hold any word: only pip's own are taken for pip's.
    const isPips = section === undefined || (keys.includes(entry.option) && (entry.option !== "user" || sections.has(entry.section.toLowerCase())));
    if (!isPips && !(named !== undefined && sections.has(entry.section.toLowerCase()))) return [];
    const { option, value, line } = entry;
    return [{ section: entry.section, key: option, value, line, meant: named ?? { section: section ?? entry.section, key: option } }];
  });
}

/** The variable that was meant: `PIP_NO_CACHE` for `PIP_NO_CACHE_DIR`; names count in upper case only (except on Windows and for pip 9). */
export function meantVariable(name: string): string | undefined {
  if (!/^pip_./i.test(name)) return undefined;
  const option = optionName(name.slice(4).toLowerCase());
  const meant = meantOption(option) ?? (!name.startsWith("PIP_") && keys.includes(option) ? option : undefined);
  return meant === undefined ? undefined : `PIP_${meant.replaceAll("-", "_").toUpperCase()}`;
}
