/** One answer for every setting a pip knows, from its files and variables. */
import { redact } from "../../machine/redact.ts";
import type { Machine } from "../../machine/machine.ts";
import type { Asked, EffectiveSetting, FoundValue, SettingSource, SettingValue } from "../tool.ts";
import { absolutePath, expandUser } from "./home.ts";
import { pipKeys, type PipKey } from "./keys.ts";
import { refusal, truth } from "./option-types.ts";
import { readPipFiles, type PipFiles } from "./read-files.ts";
import { orderedItems, settingChains, type PipItem, type PipOrder, type PipSetting } from "./setting-order.ts";
import { resolvePipUse, type PipUse } from "./settings.ts";
import { pipAtLeast } from "./version.ts";

export function pipSettings(asked: Asked): EffectiveSetting[] {
  const files = readPipFiles(asked);
  const { version, command = "install", machine } = asked;
  const known = settingsOf(asked, files);
  if (known.settings !== undefined) return known.settings;
  const order: PipOrder = { files: files.read, env: machine.env, platform: machine.platform, version, python: files.python, command };
  const keys = pipKeysOf(version);
  const reading: Reading = {
    asked, files, command, items: orderedItems(order),
    use: resolvePipUse({ place: files.place, python: files.python, files: files.read, command }),
    chains: new Map(settingChains(order, keys.flatMap(({ key, aliases, inFiles }) => (inFiles === false ? [] : [key, ...aliases])))),
  };
  known.settings = keys.map((key) => {
    if (key.inFiles === false) return ofVariable(key, asked);
    if (key.key === "cache-dir" || key.key === "no-cache-dir") return ofCache(key, reading);
    return ofOption(key, reading);
  });
  return known.settings;
}

/**
 * A machine has many pips that differ in nothing but where they are: what is in force for one is for the others, as long
 * as version, Python, command and the files are the same. A file that was read again is another one.
 */
function settingsOf({ machine, home, version, command = "install" }: Asked, { python, read }: PipFiles): { settings?: EffectiveSetting[] } {
  const ofMachine = answers.get(machine) ?? new Map<string, { settings?: EffectiveSetting[] }>();
  answers.set(machine, ofMachine);
  const id = JSON.stringify([home, version, command, python, read.map(({ path, level, ini }) => (ini === null ? null : [path, level, numberOf(ini)]))]);
  const known = ofMachine.get(id) ?? {};
  ofMachine.set(id, known);
  return known;
}

const answers = new WeakMap<Machine, Map<string, { settings?: EffectiveSetting[] }>>();
const numbers = new WeakMap<object, number>();
let last = 0;

function numberOf(file: object): number {
  const known = numbers.get(file) ?? (last += 1);
  numbers.set(file, known);
  return known;
}

export function pipKeysOf(version: string): PipKey[] {
  return pipKeys.filter(({ since }) => since === undefined || pipAtLeast(version, since));
}

interface Reading {
  readonly asked: Asked;
  readonly files: PipFiles;
  /** The last one wins. */
  readonly items: readonly PipItem[];
  readonly use: PipUse;
  /** By option all that say something, the weakest first. */
  readonly chains: ReadonlyMap<string, readonly PipSetting[]>;
  readonly command: string;
}

export function sourceOf({ from }: Pick<PipSetting, "from">): SettingSource {
  return "path" in from ? { file: from.path, line: from.line } : from;
}

function ofOption(key: PipKey, reading: Reading): EffectiveSetting {
  const { asked: { version }, command } = reading;
  const own = itemsOf(key, reading.items);
  const wrong = own.map((item) => refusal(item, { version, command })).find((text) => text !== null);
  const winner = own.findLast((item) => refusal(item, { version, command }) === null);
  const found = { key: key.key, effective: winner === undefined ? key.otherwise : typed(key, winner.value, reading), source: winner === undefined ? "default" as const : sourceOf(winner.setting), shadows: shadowsOf(key, reading, winner?.setting) };
  const items = Array.isArray(found.effective) ? { items: (found.effective as readonly string[]).map(() => found.source) } : {};
  return { ...found, ...items, ...(wrong === undefined || wrong === null ? {} : { error: redact(wrong) }) };
}

function itemsOf({ key, aliases }: PipKey, items: readonly PipItem[]): PipItem[] {
  return items.filter(({ option }) => option === key || aliases.includes(option));
}

/** A list is split at white space (cli/parser.py `_update_defaults`). */
function typed(key: PipKey, text: string, { files: { place } }: Reading): SettingValue {
  if (key.kind === "boolean") return truth(text);
  if (key.kind === "list") return text.split(/\s+/).filter((item) => item !== "").map(redact);
  return redact(key.isNormalised ? absolutePath(place, expandUser(place, text)) : text);
}

/** The cache is one decision of two options; where it would be is told while it is off, too. */
function ofCache(key: PipKey, reading: Reading): EffectiveSetting {
  const { asked: { version }, use, command } = reading;
  const wrong = itemsOf(key, reading.items).map((item) => refusal(item, { version, command })).find((text) => text !== null);
  const crash = key.key === "no-cache-dir" ? use.breaks.find(({ kind }) => kind === "no-cache-dir-crash")?.text : undefined;
  const error = crash ?? wrong ?? undefined;
  const setting = key.key === "cache-dir" ? use.cacheFrom : use.cacheOff;
  const winner = setting === "default" || setting === null ? undefined : setting;
  const effective = key.key === "cache-dir" ? (use.cacheDir === null ? null : redact(use.cacheDir)) : use.cacheOff !== null;
  return {
    key: key.key, effective, source: winner === undefined ? "default" : sourceOf(winner),
    shadows: shadowsOf(key, reading, winner), ...(error === undefined ? {} : { error: redact(error) }),
  };
}

function shadowsOf({ key, aliases }: PipKey, { chains }: Reading, winner: PipSetting | undefined): FoundValue[] {
  const all = [key, ...aliases].flatMap((option) => chains.get(option) ?? []).toReversed();
  const at = (setting: PipSetting): string => JSON.stringify(setting.from);
  return all.filter((setting) => winner === undefined || at(setting) !== at(winner)).map((setting) => ({ value: setting.value, source: sourceOf(setting) }));
}

function ofVariable({ key, env = [] }: PipKey, { machine }: Asked): EffectiveSetting {
  const set = env.flatMap((name): FoundValue[] => (machine.env[name] ? [{ value: machine.env[name] ?? null, source: { env: name } }] : []));
  if (key !== "TMPDIR") return { key, effective: set[0]?.value ?? null, source: set[0]?.source ?? "default", shadows: [] };
  // tempfile takes the first directory it can write to.
  const usable = set.find(({ value }) => machine.access(String(value), "write") === "ok");
  const otherwise = machine.platform === "win32" ? null : "/tmp";
  return { key, effective: usable?.value ?? otherwise, source: usable?.source ?? "default", shadows: set.filter((one) => one !== usable) };
}
