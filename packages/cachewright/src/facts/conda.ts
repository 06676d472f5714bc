/** What a diagnosis knows of conda. Nothing is started; where no conda is found a few dozen stats are all it costs. */
import { join } from "node:path";
import { beatenSettings } from "../tools/conda/beaten.ts";
import { condaPlace, type CondaPlace } from "../tools/conda/home.ts";
import { findCondaInstalls } from "../tools/conda/installs.ts";
import { envsDirState, pkgsDirState } from "../tools/conda/pkgs-dir-state.ts";
import { plainCondarc } from "../tools/conda/plain-condarc.ts";
import { readCondarcs, type CondarcReader, type CondarcsRead } from "../tools/conda/read-condarcs.ts";
import { condaSettingsHere } from "../tools/conda/settings-here.ts";
import { condaEnvironmentFacts, everyCondaEnvironment } from "./conda-environments.ts";
import { meantCondaVariable, strayCondaKeys } from "../tools/conda/stray-keys.ts";
import { redact } from "../machine/redact.ts";
import type { EffectiveSetting, FoundValue } from "../tools/tool.ts";
import { condaFileFacts } from "./conda-files.ts";
import { leftPkgsDirs } from "./conda-left.ts";
import { condaLinks } from "./conda-links.ts";
import { condaLocks } from "./conda-locks.ts";
import { condaDamage, unseenPackages } from "./conda-packages.ts";
import type { CondaFact, Source } from "./facts.ts";
import { foreignTrees } from "./foreign-trees.ts";
import { look, lookToWrite, lookWithAccess, type Looks } from "./looks.ts";
import { toSource } from "./setting-source.ts";
import { realPathOf } from "./real-path.ts";

/** What answers for a conda whose version no file tells. */
const newestKnown = "26.7.1";

export interface CondaRequest {
  readonly home: string | undefined;
  readonly asked: readonly string[];
  readonly deep: boolean;
  /** Where the YAML reader is loaded it takes what `plainCondarc` declines. */
  readonly reader?: CondarcReader | undefined;
}

export function condaFact(looks: Looks, request: CondaRequest): CondaFact | undefined {
  const { machine } = looks;
  const { home } = request;
  const [install] = findCondaInstalls(machine, home, "conda");
  if (install?.prefix === undefined || install.prefix === null) return undefined;
  const prefix = behindLink(looks, install.prefix);
  const place = condaPlace({ machine, home, version: install.version ?? newestKnown, install: { ...install, prefix } });
  const condarcs = readCondarcs(machine, place, request.reader ?? plainCondarc);
  const settings = condaSettingsHere(machine, place, condarcs.read);
  const shadowed = shadowedFacts(looks, settings, condarcs);
  const pkgsDirs = pkgsDirFacts(looks, place, settings);
  const envsDirs = envsDirFacts(looks, settings);
  const whole = (problem: string): boolean => request.deep || request.asked.includes(problem);
  const root = textOf(settings, "root_prefix") ?? prefix;
  const left = leftPkgsDirs(looks, { root, home, inUse: pkgsDirs });
  const caches = pkgsDirs.map(({ path }) => path);
  const search = { root, envsDirs: envsDirs.map(({ path }) => path), home };
  const damaged = whole("conda-package-corrupt") ? condaDamage(looks, caches) : undefined;
  const isNamed = request.asked.includes("conda-foreign-layout");
  const foreign = whole("conda-foreign-layout") ? foreignTrees(looks, { pkgsDirs: caches, isNamed, prefixes: () => everyCondaEnvironment(machine, search).map((one) => one.prefix) }) : undefined;
  const locks = request.asked.includes("conda-lock") ? condaLocks(looks, caches.flatMap((path) => [path, join(path, "cache")])) : undefined;
  const environments = condaEnvironmentFacts(looks, { ...search, ofAll: whole("conda-env-not-writable"), records: whole("conda-env-corrupt") });
  return {
    version: place.version, root, program: install.program, pkgsDirs, envsDirs,
    written: writtenDirs(place, condarcs),
    configs: configFacts(looks, condarcs), strayVariables: strayVariables(place),
    files: condaFileFacts(looks, { place, pkgsDirs, whole: whole("conda-not-writable-file") }),
    environments, links: condaLinks(looks, { settings, pkgsDirs, environments, whole: whole("conda-softlinked-env") || whole("conda-links-refused") }),
    ...(shadowed.length > 0 && { shadowed }), ...(left.length > 0 && { left }), ...(damaged && { damaged }), ...(locks && { locks }), ...(foreign && { foreign }),
  };
}

/** A link in a home to an administrator's conda: what is in it is theirs, and its programs know themselves by their own place. */
function behindLink(looks: Looks, prefix: string): string {
  if (look(looks, prefix).type !== "link") return prefix;
  const real = looks.machine.realpath(prefix);
  return real.ok ? real.value : prefix;
}

function listOf(settings: readonly EffectiveSetting[], key: string): { path: string; from: Source }[] {
  const setting = settings.find((one) => one.key === key);
  const paths = Array.isArray(setting?.effective) ? (setting.effective as readonly string[]) : [];
  return paths.map((path, i) => ({ path, from: toSource(setting?.items?.[i]) }));
}

function textOf(settings: readonly EffectiveSetting[], key: string): string | undefined {
  const value = settings.find((one) => one.key === key)?.effective;
  return typeof value === "string" && value !== "" ? value : undefined;
}

function pkgsDirFacts(looks: Looks, place: CondaPlace, settings: readonly EffectiveSetting[]): CondaFact["pkgsDirs"] {
  return listOf(settings, "pkgs_dirs").map(({ path, from }) => {
    lookToWrite(looks, path);
    // The device of a cache behind a link is that of where it leads.
    if (lookWithAccess(looks, path).type === "link") lookToWrite(looks, realPathOf(looks.machine, path));
    lookWithAccess(looks, join(path, "urls.txt"));
    const { status, because, exists, split } = pkgsDirState(looks.machine, path, place.version);
    if (because !== null) lookToWrite(looks, because.path);
    return { path, from, status, because, exists, split, unseen: status === "unknown" && exists ? unseenPackages(looks, path) : [] };
  });
}

function envsDirFacts(looks: Looks, settings: readonly EffectiveSetting[]): CondaFact["envsDirs"] {
  // What no environment is to be made in is put there as /dev/null.
  return listOf(settings, "envs_dirs").filter(({ path }) => path !== "/dev/null").map(({ path, from }) => {
    lookToWrite(looks, path);
    lookWithAccess(looks, path);
    const { status, because, exists } = envsDirState(looks.machine, path);
    if (because !== null) lookToWrite(looks, because.path);
    return { path, from, status, because, exists };
  });
}

function shadowedFacts(looks: Looks, settings: readonly EffectiveSetting[], { files }: CondarcsRead): NonNullable<CondaFact["shadowed"]> {
  const told = ({ value, source }: FoundValue): { value: string; from: Source } => ({ value: Array.isArray(value) ? value.join(", ") : String(value), from: toSource(source) });
  return beatenSettings(settings, files).map(({ key, beaten, winner, isClosed }) => {
    for (const { from } of [told(beaten), told(winner)]) if (from.path !== undefined) lookWithAccess(looks, from.path);
    return { key, beaten: told(beaten), winner: told(winner), isClosed };
  });
}

/** Only what stands in files and in the variable; a default is nobody's. */
function writtenDirs({ env }: CondaPlace, { read }: CondarcsRead): CondaFact["written"] {
  const variable = env["CONDA_PKGS_DIRS"];
  const inFiles = read.flatMap(({ path, condarc }) => (condarc?.entries ?? []).filter(({ key }) => key === "pkgs_dirs").flatMap(({ node, line }): CondaFact["written"] => {
    if (node.kind === "scalar") return node.value === null ? [] : [{ value: String(node.value), from: { path, line }, kind: "text" }];
    if (node.kind !== "list") return [];
    return node.items.flatMap((item) => (item.node.kind === "scalar" && item.node.value !== null ? [{ value: String(item.node.value), from: { path, line: item.line }, kind: "list" as const }] : []));
  }));
  const inVariable = (variable ?? "").split(",").map((item) => item.trim()).filter((item) => item !== "");
  return [...inFiles, ...inVariable.map((value) => ({ value, from: { env: "CONDA_PKGS_DIRS" }, kind: "list" as const }))];
}

function configFacts(looks: Looks, { files, read, unread }: CondarcsRead): CondaFact["configs"] {
  return files.flatMap((file): CondaFact["configs"] => {
    const { path, scope, exists, ignored, readable, error, line } = file;
    // Most of the search path is not there, and no fact says more than that.
    if (!exists && readable === null && file.target !== true) return [];
    lookToWrite(looks, path);
    lookWithAccess(looks, path);
    const state = error !== undefined ? "breaks" : ignored !== null ? "ignored" : !exists ? "absent" : unread.includes(path) ? "unread" : "read";
    const strays = strayKeysIn(looks, read.find((one) => one.path === path));
    return [{
      path, scope, state, ...(strays.length > 0 && { strays }), ...(ignored !== null && { ignored }), ...(readable !== null && readable !== "ok" && { errno: readable }),
      ...(line !== undefined && { line }), ...(error !== undefined && { error }),
    }];
  });
}

function strayKeysIn(looks: Looks, file: CondarcsRead["read"][number] | undefined): NonNullable<CondaFact["configs"][number]["strays"]> {
  const found = file?.condarc === undefined || file.condarc === null ? [] : strayCondaKeys(file.condarc);
  const bytes = found.length === 0 || file === undefined ? undefined : looks.machine.readFile(file.path);
  const lines = bytes?.ok === true ? bytes.value.toString("utf8").split(/\r?\n/) : [];
  return found.map((stray) => {
    const text = lines[stray.line - 1];
    return { ...stray, text: text === undefined || redact(text) !== text ? null : text };
  });
}

function strayVariables({ env }: CondaPlace): NonNullable<CondaFact["strayVariables"]> {
  return Object.entries(env).flatMap(([name, value]) => {
    const meant = value === undefined || value === "" ? undefined : meantCondaVariable(name);
    return meant === undefined || env[meant] !== undefined ? [] : [{ name, meant }];
  });
}

/** Whether a file that nobody could read with the quick reader stands in the way of knowing more. */
export function hasUnreadCondarc(fact: CondaFact | undefined): boolean {
  return fact?.configs.some(({ state }) => state === "unread") === true;
}

