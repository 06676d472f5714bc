import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Answer, Machine } from "../../src/machine/machine.ts";
import { nodeMachine } from "../../src/machine/node-machine.ts";

/** For tests: Pythons as they lie on a disk, made of empty files; nothing here is loaded by the command line. */
export interface PythonTree {
  readonly root: string;
  at(path: string): string;
  file(path: string, text?: string, mode?: number): string;
  link(path: string, target: string): string;
  /** An interpreter in a prefix of its own: `bin/python3.11` and links to it, with a pip. */
  prefix(path: string, version?: string, pip?: string): string;
  /** A virtual environment of the interpreter, as `python -m venv` lays it out. */
  venv(path: string, base: string, words?: { version?: string; systemSite?: boolean; pip?: string; cfg?: string }): string;
  /** This machine, as if nothing were outside the tree, and with these variables. */
  machine(env?: Record<string, string>, cwd?: string): Machine;
  remove(): void;
}

export function pythonTree(): PythonTree {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-python-")));
  const at = (path: string): string => join(root, path);
  const file = (path: string, text = "", mode = 0o644): string => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
    chmodSync(at(path), mode);
    return at(path);
  };
  const link = (path: string, target: string): string => {
    mkdirSync(dirname(at(path)), { recursive: true });
    symlinkSync(target, at(path));
    return at(path);
  };
  const pipIn = (site: string, version: string): string => file(`${site}/pip/__init__.py`, `from typing import List, Optional\n\n__version__ = "${version}"\n`);
  return {
    root, at, file, link,
    prefix(path, version = "3.11", pip) {
      file(`${path}/bin/python${version}`, "", 0o755);
      link(`${path}/bin/python${version.split(".")[0] ?? ""}`, `python${version}`);
      link(`${path}/bin/python`, `python${version}`);
      mkdirSync(at(`${path}/lib/python${version}/site-packages`), { recursive: true });
      if (pip !== undefined) pipIn(`${path}/lib/python${version}/site-packages`, pip);
      return at(`${path}/bin/python`);
    },
    venv(path, base, { version = "3.11", systemSite = false, pip, cfg } = {}) {
      file(`${path}/pyvenv.cfg`, cfg ?? `home = ${dirname(base)}\ninclude-system-site-packages = ${systemSite}\nversion = ${version}.2\nexecutable = ${base}\n`);
      link(`${path}/bin/python`, base);
      link(`${path}/bin/python3`, "python");
      mkdirSync(at(`${path}/lib/python${version}/site-packages`), { recursive: true });
      if (pip !== undefined) pipIn(`${path}/lib/python${version}/site-packages`, pip);
      return at(`${path}/bin/python`);
    },
    machine(env = {}, cwd = root) {
      const real = nodeMachine({ env, cwd });
      const inside = (path: string): boolean => path === root || path.startsWith(`${root}/`) || root.startsWith(path === "/" ? "/" : `${path}/`);
      const none = { ok: false, errno: "ENOENT" } as const;
      const only = <T>(look: (path: string) => Answer<T>) => (path: string): Answer<T> => (inside(path) ? look(path) : none);
      return {
        ...real, platform: "linux", lstat: only(real.lstat), stat: only(real.stat), list: only(real.list), readlink: only(real.readlink), realpath: only(real.realpath),
        access: (path, want) => (inside(path) ? real.access(path, want) : "ENOENT"),
        readFile: (path, limit) => (inside(path) ? real.readFile(path, limit) : none),
        identity: { uid: 1000, euid: 1000, gid: 1000, egid: 1000, groups: [1000] },
      };
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}
