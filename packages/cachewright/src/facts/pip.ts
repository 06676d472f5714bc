import { dirname } from "node:path";
import { parseIni, type IniFile } from "../configs/ini.ts";
import { redact } from "../machine/redact.ts";
import { pipConfigFiles, pipDefaultCacheDir, type PipConfigLevel, type PipInstallPlace } from "../tools/pip/locations.ts";
import { holdsCredential } from "../tools/pip/secrets.ts";
import { settingChains, type PipReadFile } from "../tools/pip/setting-order.ts";
import { relevantPipKeys, resolvePipUse } from "../tools/pip/settings.ts";
import { straySettings } from "../tools/pip/stray-settings.ts";
import type { PasswdEntry } from "./accounts.ts";
import type { ConfigFileFact, Facts, InstallFact, PipUseFact, SettingFact, UserFact } from "./facts.ts";
import { cannotSee, look, lookChain, lookWithAccess, nearestExisting, type Looks } from "./looks.ts";
import { otherCaches } from "./other-caches.ts";
import { realPathOf } from "./real-path.ts";

interface ReadFile {
  readonly path: string;
  readonly level: PipConfigLevel;
  readonly state: ConfigFileFact["state"];
  readonly errno?: string;
  readonly ini?: IniFile;
}

function readConfig(looks: Looks, path: string, level: PipConfigLevel): ReadFile {
  const { machine } = looks;
  const seen = lookChain(looks, path);
  if (seen.state === "absent") {
    lookWithAccess(looks, nearestExisting(looks, path).path);
    return { path, level, state: "absent" };
  }
  if (seen.type === "link") lookChain(looks, realPathOf(machine, path));
  else lookWithAccess(looks, path);
  const file = machine.readFile(path);
  if (file.ok) return { path, level, state: "read", ini: parseIni(file.value) };
  const { errno } = file;
  if (errno === "ENOENT" || errno === "ENOTDIR") return { path, level, state: "absent", errno };
  if (errno === "EFBIG") {
    // pip would read it; that we do not is no illness of the file.
    cannotSee(looks, path, "it is larger than any settings file", { path });
    return { path, level, state: "absent", errno };
  }
  // What is in the way can be moved away by whoever may write the directory it stands in.
  lookWithAccess(looks, dirname(path));
  return { path, level, state: errno === "ENOTREG" || errno === "EISDIR" ? "not-a-file" : "unreadable", errno };
}

/** Values as facts may keep them: without the passwords of URLs. */
function settingFact(setting: SettingFact): SettingFact {
  return { ...setting, value: redact(setting.value) };
}

function toFact(file: ReadFile): ConfigFileFact {
  const { path, level, state, errno, ini } = file;
  const settings = (ini?.entries ?? []).filter((entry) => relevantPipKeys.includes(entry.option)).map((entry): SettingFact => ({
    key: entry.option, value: redact(entry.value), section: entry.section, level, from: { path, line: entry.line },
  }));
  const faults = (ini?.faults ?? []).map(({ kind, line, column, key, section, text }): ConfigFileFact["faults"][number] => ({
    kind, line,
    ...(column === undefined ? {} : { column }), ...(key === undefined ? {} : { key }),
    ...(section === undefined ? {} : { section }), ...(text === undefined ? {} : { text: redact(text) }),
  }));
  const secrets = (ini?.entries ?? []).filter((entry) => holdsCredential(entry.option, entry.value)).map(({ section, option, line }) => ({ section, key: option, line }));
  const strays = (ini === undefined ? [] : straySettings(ini)).map((stray) => ({ ...stray, value: redact(stray.value) }));
  return {
    path, level, state, ...(errno === undefined ? {} : { errno }), settings, faults,
    ...(secrets.length === 0 ? {} : { secrets }), ...(strays.length === 0 ? {} : { strays }),
  };
}

/** Options where it hurts when another value wins than the one a person wrote. */
const contested = ["cache-dir", "user", "break-system-packages", "target", "prefix", "require-virtualenv"];

function chainsOf(place: PipInstallPlace, python: string, files: readonly PipReadFile[]): Pick<PipUseFact, "chains"> {
  const { env, platform, version } = place;
  const chains = settingChains({ files, env, platform, version, python, command: "install" }, contested).flatMap(([key, chain]) => {
    const sources = chain.map(settingFact);
    return new Set(sources.map(({ value }) => value)).size < 2 ? [] : [{ key, sources }];
  });
  return chains.length === 0 ? {} : { chains };
}

function placeOf(looks: Looks, install: InstallFact, version: string, accounts: { home: string | null; passwd: readonly PasswdEntry[] }): PipInstallPlace {
  const { machine } = looks;
  return {
    platform: machine.platform, env: machine.env, accountHome: accounts.home, cwd: machine.cwd, version,
    homeOf: (name) => accounts.passwd.find((entry) => entry.name === name)?.home,
    prefix: install.prefix, basePrefix: install.basePrefix,
    exists: (path) => look(looks, path).state === "present",
  };
}

/** A variable may stand in this shell alone: only a file says that the place has changed for good. */
function defaultCache(looks: Looks, place: PipInstallPlace, { cacheFrom }: Pick<PipUseFact, "cacheFrom">): Pick<PipUseFact, "defaultCache"> {
  if (cacheFrom === null || cacheFrom === "default" || cacheFrom.from.path === undefined) return {};
  const found = pipDefaultCacheDir(place);
  return "error" in found ? {} : { defaultCache: realPathOf(looks.machine, found.path) };
}

/** What each pip on this machine reads and makes of it. A file is read once, whoever reads it. */
export function pipFacts(looks: Looks, installs: readonly InstallFact[], who: { user: UserFact; passwd: readonly PasswdEntry[] }): Facts["pip"] {
  const { machine } = looks;
  const files = new Map<string, ReadFile>();
  const home = who.user.homeAccount.ok ? who.user.homeAccount.value : null;
  const uses = installs.flatMap((install): PipUseFact[] => {
    if (!install.pip.ok) return [];
    const { version } = install.pip.value;
    const place = placeOf(looks, install, version, { home, passwd: who.passwd });
    const chain = pipConfigFiles(place).map(({ path, level }) => {
      const read = files.get(path) ?? readConfig(looks, path, level);
      files.set(path, read);
      return { path, level, ini: read.ini ?? null };
    });
    const input = { place, python: install.version, files: chain };
    const use = resolvePipUse(input);
    return [{
      ...use,
      ...otherCaches(machine, input, use),
      ...defaultCache(looks, place, use),
      python: install.python,
      pip: version,
      reads: chain.map((file) => file.path),
      cacheReal: use.cacheDir === null ? null : realPathOf(machine, use.cacheDir),
      cacheFrom: use.cacheFrom === null || use.cacheFrom === "default" ? use.cacheFrom : settingFact(use.cacheFrom),
      ...chainsOf(place, install.version, chain),
    }];
  });
  return { configs: [...files.values()].map(toFact), uses };
}
