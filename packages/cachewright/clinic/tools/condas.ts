/** The conda that the cases run: named by CACHEWRIGHT_CONDA or CONDA_EXE, or the first on PATH. */
import { accessSync, constants, existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

export interface CondaTool {
  readonly program: string;
  /** The base environment. */
  readonly root: string;
}

export type FoundConda = { readonly conda: CondaTool; readonly obstacle: null } | { readonly conda: null; readonly obstacle: string };

/** A room has its own of these, so what lies there on the machine is not seen. */
const covered = /^\/(?:etc|home|root|mnt|tmp|var\/tmp)(?:\/|$)/;

function named(): string | undefined {
  const { CACHEWRIGHT_CONDA: asked, CONDA_EXE: active, PATH = "" } = process.env;
  return [asked, active, ...PATH.split(delimiter).map((directory) => join(directory, "conda"))].find((path): path is string => path !== undefined && path !== "" && existsSync(path));
}

function mayBeRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function findConda(): FoundConda {
  const program = named();
  if (program === undefined) return { conda: null, obstacle: "needs a conda: none by CACHEWRIGHT_CONDA, CONDA_EXE or on PATH" };
  const root = dirname(dirname(realpathSync(program)));
  if (!existsSync(join(root, "conda-meta")) || !mayBeRun(join(root, "bin/python"))) return { conda: null, obstacle: `needs a conda with a base environment: ${root} has none` };
  return covered.test(root) ? { conda: null, obstacle: `needs a conda that rooms can see: ${root} is covered there` } : { conda: { program, root }, obstacle: null };
}
