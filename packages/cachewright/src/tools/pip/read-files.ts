/** The configuration files of one pip as they lie on the disk: what it reads, what it passes over, what it dies of. */
import { parseIni, type IniFile } from "../../configs/ini.ts";
import type { Asked, ConfigFile, ConfigScope } from "../tool.ts";
import { oncePerLook } from "../../machine/one-look.ts";
import { layoutOf } from "../python/layout.ts";
import { mindedFault } from "./file-encoding.ts";
import { pipConfigFiles, type PipConfigFile, type PipInstallPlace } from "./locations.ts";
import type { PipReadFile } from "./setting-order.ts";
import { truth } from "./option-types.ts";

export interface PipFiles {
  readonly place: PipInstallPlace;
  /** Python's version; a new one where nobody can tell. */
  readonly python: string;
  /** All there are, the weakest first; ignored ones and absent ones included. */
  readonly configs: readonly ConfigFile[];
  /** Those that pip reads, in its order. */
  readonly read: readonly PipReadFile[];
}

/** Answers for a pip that is not installed are those of one in a new Python. */
const newPython = "3.13";

export function readPipFiles(asked: Asked): PipFiles {
  const { machine, home, version, install } = asked;
  return oncePerLook(machine, JSON.stringify(["pip's files", home, version, install?.program, install?.prefix]), () => filesNow(asked));
}

function filesNow(asked: Asked): PipFiles {
  const { machine, home, version, install } = asked;
  const layout = install === undefined ? undefined : layoutOf(machine, install.program);
  const place: PipInstallPlace = {
    platform: machine.platform, env: machine.env, accountHome: home ?? null, cwd: machine.cwd, version,
    prefix: layout?.prefix ?? install?.prefix ?? "", basePrefix: layout?.basePrefix ?? install?.prefix ?? "",
    exists: (path) => machine.stat(path).ok,
  };
  const python = layout?.version ?? newPython;
  const hasPrefix = place.prefix !== "";
  const files = pipConfigFiles(place).filter(({ level }) => level !== "site" || hasPrefix);
  const looked = files.map((file) => readFile(asked, { file, python }));
  const marked = withTargets(looked.map(({ config }, i) => ({ ...config, ...duplicate(files, i, config) })));
  return { place, python, configs: [...switchedOff(asked, place, { files, hasPrefix }), ...marked], read: looked.map(({ read }) => read) };
}

const scopes: Record<PipConfigFile["level"], ConfigScope> = { global: "global", user: "user", site: "site", env: "env-file" };

/** Each pip on a machine reads the same bytes. */
const parsed = new WeakMap<Uint8Array, IniFile>();

interface Looked { readonly config: ConfigFile; readonly read: PipReadFile }

/** What pip may not open it passes over without a word (configparser.read); what it cannot parse ends every command. */
function readFile({ machine, version }: Asked, { file, python }: { readonly file: PipConfigFile; readonly python: string }): Looked {
  const base = { path: file.path, scope: scopes[file.level], format: "ini", exists: machine.lstat(file.path).ok } as const;
  const none = { path: file.path, level: file.level, ini: null };
  const bytes = machine.readFile(file.path);
  if (!bytes.ok) {
    const isAbsent = bytes.errno === "ENOENT" || bytes.errno === "ENOTDIR";
    const because = bytes.errno === "ENOTREG" || bytes.errno === "EISDIR" ? "not-a-file" : "unreadable";
    return { config: { ...base, readable: isAbsent ? null : bytes.errno, ignored: isAbsent ? null : because }, read: none };
  }
  const ini = parsed.get(bytes.value) ?? parseIni(bytes.value);
  parsed.set(bytes.value, ini);
  const fault = firstFault(ini, { version, python, platform: machine.platform, env: machine.env });
  return { config: { ...base, readable: "ok", ignored: null, ...fault }, read: { ...none, ini } };
}

function firstFault(ini: IniFile, reader: Parameters<typeof mindedFault>[1]): Pick<ConfigFile, "error" | "line"> {
  for (const fault of ini.faults) {
    const text = mindedFault(fault, reader);
    if (text !== null) return { error: text, line: fault.line };
  }
  const version = ini.entries.find(({ section, option }) => section === "global" && option === "version");
  return version !== undefined && truth(version.value) === true ? { error: "every command prints pip's version and ends", line: version.line } : {};
}

/** From 25.2 a path counts once, where it comes first. */
function duplicate(files: readonly PipConfigFile[], i: number, { exists }: ConfigFile): Partial<ConfigFile> {
  const isAgain = files.findIndex(({ path }) => path === files[i]?.path) < i;
  return isAgain && exists ? { ignored: "duplicate" } : {};
}

/** `pip config set` writes the last file of a level (configuration.py `_get_parser_to_modify`). */
function withTargets(configs: readonly ConfigFile[]): ConfigFile[] {
  return configs.map((config, i) => (configs.findLastIndex(({ scope }) => scope === config.scope) === i ? { ...config, target: true } : config));
}

/** Files that PIP_CONFIG_FILE stands in for: the person's; with the null device all. */
function switchedOff(asked: Asked, place: PipInstallPlace, { files, hasPrefix }: { readonly files: readonly PipConfigFile[]; readonly hasPrefix: boolean }): ConfigFile[] {
  const { PIP_CONFIG_FILE: named, ...env } = place.env;
  if (named === undefined) return [];
  const usual = pipConfigFiles({ ...place, env }).filter(({ path, level }) => (level !== "site" || hasPrefix) && files.every((file) => file.path !== path));
  return usual.flatMap((file): ConfigFile[] => {
    if (!asked.machine.lstat(file.path).ok) return [];
    const readable = asked.machine.access(file.path, "read");
    return [{ path: file.path, scope: scopes[file.level], format: "ini", exists: true, readable: readable === "ENOENT" ? null : readable, ignored: "switched-off" }];
  });
}
