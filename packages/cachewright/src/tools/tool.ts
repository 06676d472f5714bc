/**
 * The questions asked of every package manager, the same of each, so that one command and one suite serve them all:
 * which installs are there, what does it read, what is in force and why, where does it keep things. All answers come
 * from files and variables; nothing is started and nothing is changed.
 */
import type { Errno, Looker, Machine } from "../machine/machine.ts";

export type ToolName =
  | "pip" | "conda" | "mamba" | "micromamba" | "rattler" | "pixi" | "uv" | "poetry" | "pdm" | "pipenv" | "hatch" | "pipx" | "virtualenv" | "pyenv";

/** Names that mean the same in every tool that has the like. A tool's own name is always understood, too. */
export type NeutralKey =
  | "cache-dir" | "cache" | "pkgs-dirs" | "envs-dirs" | "link-mode" | "index" | "extra-index" | "temp-dir" | "python-dir" | "tool-dir" | "offline" | "locking";

export interface SettingKey {
  /** The tool's own name, as its settings file spells it: "pkgs_dirs", "virtualenvs.path". */
  readonly key: string;
  readonly kind: "text" | "path" | "boolean" | "number" | "list" | "paths" | "map";
  readonly neutral?: NeutralKey;
  /** How the tool writes a neutral value; null unsets. `{ off: "true", on: null }` for pip's no-cache-dir. Without it values are the tool's own. */
  readonly neutralValues?: Readonly<Record<string, string | null>>;
  /** Variables that set it, the strongest first. */
  readonly env?: readonly string[];
  /** False when only a variable can set it. */
  readonly inFiles?: false;
  /** The first version that knows it, and the first that does not any more. */
  readonly since?: string;
  readonly until?: string;
}

/** Where a value stands. `line` counts from 1. */
export type SettingSource = { readonly file: string; readonly line: number } | { readonly env: string } | "default";

/** As the tool takes it: typed, expanded where the tool expands, secrets taken out. A map's values are written `name: value`. */
export type SettingValue = string | number | boolean | null | readonly string[];

export interface FoundValue {
  readonly value: SettingValue;
  readonly source: SettingSource;
}

export interface EffectiveSetting {
  /** The tool's own name; an alias is told in `error` or not at all. */
  readonly key: string;
  /** null: nothing is in force. */
  readonly effective: SettingValue;
  /** Of a list put together from several sources: of its first item. */
  readonly source: SettingSource;
  /** Lists only: where each item comes from. Same length and order as `effective`. */
  readonly items?: readonly SettingSource[];
  /** What says something about this key and has no part in what is in force, the strongest first. */
  readonly shadows: readonly FoundValue[];
  /** The tool's own complaint about the value, or nearly. */
  readonly error?: string;
  /** Where that value stands, when it is not the one in force. */
  readonly errorSource?: SettingSource;
}

/** Whose file it is: everybody's, one install's, this person's, this directory's or the active environment's, or named by a variable. */
export type ConfigScope = "global" | "site" | "user" | "project" | "env-file";

/** Why the tool passes a file over that is there. */
export type IgnoredBecause =
  /** Not a name the tool takes. */
  | "name"
  /** A directory, FIFO or device in the place of a file. */
  | "not-a-file"
  /** The tool does not say so when it cannot read this one. */
  | "unreadable"
  /** Its content is refused with a warning at most. */
  | "malformed"
  /** No table of the tool's in it (`pyproject.toml` without `[tool.uv]`). */
  | "no-table"
  /** Another file, found first, stands for it. */
  | "overridden"
  /** The same file is already in the list. */
  | "duplicate"
  /** A variable or option switches it off. */
  | "switched-off"
  /** Only other versions read it. */
  | "version";

export interface ConfigFile {
  /** Absolute; links are not resolved. */
  readonly path: string;
  readonly scope: ConfigScope;
  readonly format: "ini" | "yaml" | "toml" | "json" | "text";
  readonly exists: boolean;
  /** "ok", the errno, or null when it is not there. */
  readonly readable: "ok" | Errno | null;
  readonly ignored: IgnoredBecause | null;
  /** What the tool dies of when it reads this file, in its own words, or nearly. */
  readonly error?: string;
  readonly line?: number;
  /** The key that the fault is about. */
  readonly key?: readonly string[];
  /** Lines that hold a password or token. */
  readonly secrets?: readonly { readonly key: string; readonly line: number }[];
  /** The file that `config set --scope <scope>` writes, there or not: the tool's own choice where it has a command for it. */
  readonly target?: true;
}

export type PlaceKind = "cache" | "envs" | "data" | "scripts" | "temp" | "state";

/** A directory the tool writes to, whether it is there or not. */
export interface ToolPlace {
  readonly kind: PlaceKind;
  /** What it is for, where a tool has several of a kind: "packages", "repodata", "shims". */
  readonly name: string;
  /** Absolute; links are not resolved. */
  readonly path: string;
  readonly source: SettingSource;
  /** The setting that moves it, by the tool's own name. */
  readonly key?: string;
}

/** One installation of the tool itself. */
export interface ToolInstall {
  readonly tool: ToolName;
  /** null: it is there, and no file tells its version. */
  readonly version: string | null;
  /** The file a person starts. */
  readonly program: string;
  /** The directory it belongs to: a conda root, an environment's prefix; null for a lone program. */
  readonly prefix: string | null;
  /** How it was found, in order: "PATH", "CONDA_EXE", "~/miniconda3". */
  readonly found: readonly string[];
  /** The one that typing the command here would start. At most one of each tool. */
  readonly chosen: boolean;
}

/** For whom, where and which version the answer is. */
export interface Asked {
  /** Its `env`, `cwd` and `platform` are the tool's. Only its looking is used. */
  readonly machine: Machine;
  /** The person's home where HOME (USERPROFILE) says nothing. */
  readonly home: string | undefined;
  /** The version that answers; it need not be installed. */
  readonly version: string;
  /** The install whose `prefix` counts; absent when the tool is not installed. */
  readonly install?: ToolInstall;
  /** For tools whose settings depend on the command (pip); the main command when not given. */
  readonly command?: string;
}

export interface Tool {
  readonly name: ToolName;
  /** Names a person may type to start it. */
  readonly commands: readonly string[];
  /** Only settings about caches, permissions, links, places and indexes. */
  readonly keys: readonly SettingKey[];
  /** Below 0 when `a` is older. */
  compareVersions(a: string, b: string): number;
  /** Every install, the chosen one first. */
  installs(machine: Machine, home: string | undefined): ToolInstall[];
  /** Every file the tool would read, the weakest first, absent ones included. A directory of files is listed by what it holds. */
  configFiles(asked: Asked): ConfigFile[];
  /** One answer for every key this version knows, in the order of `keys`. */
  settings(asked: Asked): EffectiveSetting[];
  /** Commands for which the files here may say something else than for the main one. */
  otherCommands?(asked: Asked): string[];
  locate(asked: Asked): ToolPlace[];
  /** To be waited for before any question: loads the readers that the files need as they are, or, without `asked`, whatever they may be. */
  prepare?(asked?: Asked): Promise<void>;
  readonly eras?: Eras;
}

/** A version that no search finds may have made what is there: in an environment of a project, as a part of another tool. */
export interface Eras {
  /** One of each time with places of its own, the newest excepted. */
  readonly versions: readonly string[];
  /** Whether a directory that is there holds what this tool alone puts there, by a few names. */
  isOwn(looker: Looker, place: ToolPlace): boolean;
}
