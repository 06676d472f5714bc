/** Compiled wheels that pip built itself and will use again: its key knows the sources and the interpreter, no setting of the build. */
import { basename, dirname, join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { pipCacheEntries } from "./cache.ts";

export interface BuiltWheel {
  readonly cache: string;
  /** Normalised: "llama-cpp-python". */
  readonly project: string;
  readonly version: string;
  readonly path: string;
  /** The directory that is the entry. */
  readonly directory: string;
  readonly bytes: number;
  readonly builtMs: number;
  /** Variables that are set now and that its build reads; names only. */
  readonly set: readonly string[];
  /** What its build is known to read. */
  readonly reads: readonly string[];
}

/** Read by the project's own build (setup.py, CMake). Others read variables that begin with their own name. */
const known: Readonly<Record<string, readonly string[]>> = {
  pycurl: ["PYCURL_SSL_LIBRARY", "PYCURL_CURL_CONFIG"],
  "llama-cpp-python": ["CMAKE_ARGS", "FORCE_CMAKE"],
  h5py: ["HDF5_DIR", "HDF5_MPI"],
  lxml: ["STATIC_DEPS", "WITH_XML2_CONFIG"],
  grpcio: ["GRPC_PYTHON_BUILD_SYSTEM_OPENSSL"],
  pyzmq: ["ZMQ_PREFIX"],
  numpy: ["NPY_BLAS_ORDER", "NPY_LAPACK_ORDER"],
  mysqlclient: ["MYSQLCLIENT_CFLAGS", "MYSQLCLIENT_LDFLAGS"],
};

/** A short name begins too many variables of other things. */
const shortestName = 4;

function variablesSet(env: Readonly<Record<string, string | undefined>>, project: string): string[] {
  const prefix = `${project.toUpperCase().replaceAll("-", "_")}_`;
  const names = Object.keys(env).filter((name) => env[name] !== undefined && env[name] !== "");
  return names.filter((name) => known[project]?.includes(name) === true || (project.length >= shortestName && name.startsWith(prefix))).sort();
}

/** `pycurl-7.45.2-cp311-cp311-linux_x86_64.whl`; nothing for a pure wheel: no compiler, no settings for one. */
function compiled(file: string): { project: string; version: string } | undefined {
  const [, name, version, platform] = /^([^-]+)-([^-]+)-(?:[^-]+-)?[^-]+-[^-]+-([^-]+)\.whl$/.exec(file) ?? [];
  if (name === undefined || version === undefined || platform === "any") return undefined;
  return { project: name.toLowerCase().replace(/[-_.]+/g, "-"), version };
}

/** Those whose build is known to read variables, or of whose name a variable is set now. */
export function builtWheels(looker: Looker, cache: string, given: { readonly env: Readonly<Record<string, string | undefined>>; readonly now: number }): BuiltWheel[] {
  return pipCacheEntries(looker, cache, given.now).filter(({ kind }) => kind === "wheel").flatMap((entry) => entry.paths.flatMap((path): BuiltWheel[] => {
    const named = compiled(basename(path));
    if (named === undefined || !path.startsWith(join(cache, "wheels"))) return [];
    const [set, reads] = [variablesSet(given.env, named.project), known[named.project] ?? []];
    if (set.length === 0 && reads.length === 0) return [];
    const seen = looker.lstat(path);
    return [{ cache, ...named, path, directory: dirname(path), bytes: entry.bytes, builtMs: seen.ok ? seen.value.mtimeMs : 0, set, reads }];
  }));
}
