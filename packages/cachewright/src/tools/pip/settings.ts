/** What one pip makes of its configuration: files and variables in, the cache and what stands in its way out. */
import { redact } from "../../machine/redact.ts";
import { mindedFault } from "./file-encoding.ts";
import { absolutePath, expandUser } from "./home.ts";
import { pipDefaultCacheDir, pipHomeError, type PipInstallPlace } from "./locations.ts";
import { refusal, truth } from "./option-types.ts";
import { orderedItems, type PipItem, type PipReadFile, type PipSetting } from "./setting-order.ts";
import { pipAtLeast } from "./version.ts";

/** Keys near caches, permissions and places: the ones facts keep. */
export const relevantPipKeys: readonly string[] = [
  "cache-dir", "no-cache-dir", "download-cache", "user", "no-user", "break-system-packages", "target", "prefix", "root", "root-user-action",
  "require-virtualenv", "require-venv", "isolated", "python", "src", "source", "source-dir", "source-directory", "build", "build-dir",
  "build-directory", "log", "log-file", "local-log", "ignore-installed", "no-clean", "no-warn-script-location", "version",
];

export interface PipUseInput {
  /** The interpreter and its pip: `place.version` is pip's. */
  readonly place: PipInstallPlace;
  /** Python's version. */
  readonly python: string;
  /** What is in the files of `pipConfigFiles(place)`, in that order. */
  readonly files: readonly PipReadFile[];
  /** "install" when not given. */
  readonly command?: string;
}

export interface PipBreak {
  /** The file; "" when it is a variable or the missing home. */
  readonly path: string;
  /** A fault of the file, or "bad-value", "no-cache-dir-crash", "version-key", "no-home". */
  readonly kind: string;
  readonly line?: number;
  readonly env?: string;
  /** pip's own words, or nearly. */
  readonly text: string;
}

export interface PipUse {
  readonly pip: string;
  readonly reads: string[];
  /** Absolute, links not resolved; where the cache would be, while it is off. */
  readonly cacheDir: string | null;
  /** A directory moved by XDG_CACHE_HOME has that variable as its `key`. */
  readonly cacheFrom: PipSetting | "default" | null;
  readonly cacheOff: PipSetting | null;
  readonly breaks: PipBreak[];
  /** `user` or `no-user`, whatever its value. */
  readonly userSetting: PipSetting | null;
  /** Only while it is true. */
  readonly breakSystemPackages: PipSetting | null;
}

/**
 * A file that pip cannot read is taken for what it says: so it will be once it is mended. Of what pip decides by looking
 * (does a directory exist, is it writable) nothing is decided here.
 */
export function resolvePipUse(input: PipUseInput): PipUse {
  const { place, files, python, command = "install" } = input;
  const { env, platform, version } = place;
  const items = orderedItems({ files, env, platform, version, python, command });
  // The main parser comes before the command's and reads `global` and the variables only.
  const mainItems = orderedItems({ files, env, platform, version, python, command: "global" });
  const valid = items.filter((item) => refusalOf(item, version, command) === null);
  const cache = cacheOf(place, valid);
  const switchedOn = valid.findLast(({ option }) => option === "break-system-packages");
  return {
    pip: version, reads: files.map(({ path }) => path),
    cacheDir: cache.dir, cacheFrom: cache.from, cacheOff: cache.off,
    breaks: [...fileBreaks(input), ...homeBreaks(place), ...valueBreaks({ items, mainItems, version, command }), ...versionBreaks(mainItems, version), ...cache.breaks],
    userSetting: valid.findLast(({ option }) => option === "user" || (option === "no-user" && pipAtLeast(version, "10.0.0b1")))?.setting ?? null,
    breakSystemPackages: pipAtLeast(version, "23.0.1") && switchedOn !== undefined && truth(switchedOn.value) === true ? switchedOn.setting : null,
  };
}

function refusalOf(item: PipItem, version: string, command: string): string | null {
  // From 26.3 only the main parser knows --version, and it reads no command's section.
  if (item.option === "version" && item.section === command && pipAtLeast(version, "26.3")) return null;
  return refusal(item, { version, command });
}

function breakAt(setting: PipSetting, kind: string, text: string): PipBreak {
  const { from } = setting;
  return { path: "path" in from ? from.path : "", kind, ...("path" in from ? { line: from.line } : from), text: redact(text) };
}

function fileBreaks({ place, python, files }: PipUseInput): PipBreak[] {
  const reader = { version: place.version, python, platform: place.platform, env: place.env };
  return files.flatMap(({ path, ini }) => (ini?.faults ?? []).flatMap((fault): PipBreak[] => {
    const text = mindedFault(fault, reader);
    return text === null ? [] : [{ path, kind: fault.kind, line: fault.line, text }];
  }));
}

function homeBreaks(place: PipInstallPlace): PipBreak[] {
  const text = pipHomeError(place);
  return text === null ? [] : [{ path: "", kind: "no-home", text }];
}

interface Parsed {
  readonly items: readonly PipItem[];
  readonly mainItems: readonly PipItem[];
  readonly version: string;
  readonly command: string;
}

function valueBreaks({ items, mainItems, version, command }: Parsed): PipBreak[] {
  const refused = (of: readonly PipItem[], by: string): (readonly [PipSetting, string])[] => of.flatMap((item) => {
    const text = refusalOf(item, version, by);
    return text === null ? [] : [[item.setting, text] as const];
  });
  const breaks = [...refused(items, command), ...refused(mainItems, "global")].map(([setting, text]) => breakAt(setting, "bad-value", text));
  return breaks.filter((one, i) => breaks.findIndex(({ path, line, env }) => path === one.path && line === one.line && env === one.env) === i);
}

/** A true `version` in `global` (for pip 9 in a variable, too) ends every command with pip's version. */
function versionBreaks(mainItems: readonly PipItem[], version: string): PipBreak[] {
  const last = mainItems.findLast(({ option }) => option === "version");
  return last !== undefined && truth(last.value) === true ? [breakAt(last.setting, "version-key", `every command prints pip's version (${version}) and ends`)] : [];
}

interface Cache {
  readonly dir: string | null;
  readonly from: PipUse["cacheFrom"];
  readonly off: PipSetting | null;
  readonly breaks: readonly PipBreak[];
}

/** `cache-dir` and `no-cache-dir` set one variable of pip's. From 19.0 any valid `no-cache-dir`, true or false, wins over all else. */
function cacheOf(place: PipInstallPlace, items: readonly PipItem[]): Cache {
  const isOff = ({ option }: PipItem): boolean => option === "no-cache-dir";
  const last = items.findLast((item) => isOff(item) || item.option === "cache-dir");
  const off = pipAtLeast(place.version, "19.0") ? items.findLast(isOff) : last !== undefined && isOff(last) ? last : undefined;
  if (off !== undefined) {
    // Until 18.1 true becomes the number 1, which is then taken for the directory's name.
    const isCrash = !pipAtLeast(place.version, "19.0") && truth(off.value) === true;
    const text = "TypeError: expected str, bytes or os.PathLike object, not int";
    // Where the cache would be is still a fact: it is what comes back when the setting goes.
    const on = cacheOf(place, items.filter((item) => !isOff(item)));
    return { ...on, off: off.setting, breaks: isCrash ? [breakAt(off.setting, "no-cache-dir-crash", text)] : [] };
  }
  if (last !== undefined) return { dir: absolutePath(place, expandUser(place, last.value)), from: last.setting, off: null, breaks: [] };
  const found = pipDefaultCacheDir(place);
  if ("error" in found) return { dir: null, from: null, off: null, breaks: [] };
  return { dir: found.path, from: found.from === "default" ? "default" : variable(place, found.from), off: null, breaks: [] };
}

function variable(place: PipInstallPlace, name: string): PipSetting {
  return { key: name, value: redact(place.env[name] ?? ""), section: ":env:", level: "env-var", from: { env: name } };
}
