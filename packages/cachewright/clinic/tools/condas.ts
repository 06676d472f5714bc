/** The condas that the cases run: named by CACHEWRIGHT_CONDA (several as in PATH) or CONDA_EXE, or the first on PATH. */
import { accessSync, constants, existsSync, readdirSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

export interface CondaTool {
  readonly program: string;
  /** The base environment. */
  readonly root: string;
  readonly version: readonly [number, number];
}

export type FoundConda = { readonly conda: CondaTool; readonly obstacle: null } | { readonly conda: null; readonly obstacle: string };

/** A room has its own of these, so what lies there on the machine is not seen. */
const covered = /^\/(?:etc|home|root|mnt|tmp|var\/tmp)(?:\/|$)/;

function named(): string[] {
  const { CACHEWRIGHT_CONDA: asked = "", CONDA_EXE: active = "", PATH = "" } = process.env;
  const wanted = asked.split(delimiter).filter((path) => path !== "");
  if (wanted.length > 0) return wanted;
  return [active, ...PATH.split(delimiter).map((directory) => join(directory, "conda"))].filter((path) => path !== "" && existsSync(path)).slice(0, 1);
}

function mayBeRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** As the base environment records it; of a conda without a record the newest is expected. */
function versionIn(root: string): CondaTool["version"] {
  const record = readdirSync(join(root, "conda-meta")).map((name) => /^conda-(\d+)\.(\d+)\.[^-]+-[^-]+\.json$/.exec(name)).find((match) => match !== null);
  return [Number(record?.[1] ?? 99), Number(record?.[2] ?? 0)];
}

function condaOf(program: string): FoundConda {
  if (!existsSync(program)) return { conda: null, obstacle: `needs a conda: there is none at ${program}` };
  const root = dirname(dirname(realpathSync(program)));
  if (!existsSync(join(root, "conda-meta")) || !mayBeRun(join(root, "bin/python"))) return { conda: null, obstacle: `needs a conda with a base environment: ${root} has none` };
  return covered.test(root) ? { conda: null, obstacle: `needs a conda that rooms can see: ${root} is covered there` } : { conda: { program, root, version: versionIn(root) }, obstacle: null };
}

export function findCondas(): readonly FoundConda[] {
  const programs = named();
  return programs.length > 0 ? programs.map(condaOf) : [{ conda: null, obstacle: "needs a conda: none by CACHEWRIGHT_CONDA, CONDA_EXE or on PATH" }];
}

export function isAtLeast({ version: [major, minor] }: CondaTool, [wantedMajor, wantedMinor]: CondaTool["version"]): boolean {
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
