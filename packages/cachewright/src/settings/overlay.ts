/** The machine as it would be with other bytes in some files and other variables: what a change will come to is seen before it is made. */
import { basename, dirname } from "node:path";
import type { Answer, Machine, Stat } from "../machine/machine.ts";

export interface Overlay {
  /** By absolute path as the tool names it; links are not resolved. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export function overlaid(machine: Machine, { files, env = {} }: Overlay): Machine {
  const parents = new Set([...files.keys()].flatMap(parentsOf));
  const statWith = (look: (path: string) => Answer<Stat>) => (path: string): Answer<Stat> => {
    const real = look(path);
    const bytes = files.get(path);
    if (bytes !== undefined) return { ok: true, value: { ...(real.ok ? real.value : made), type: "file", size: bytes.length } };
    return real.ok || !parents.has(path) ? real : { ok: true, value: { ...made, type: "dir" } };
  };
  return {
    ...machine,
    env: { ...machine.env, ...env },
    lstat: statWith(machine.lstat),
    stat: statWith(machine.stat),
    access: (path, want) => {
      const real = machine.access(path, want);
      return real !== "ok" && (files.has(path) || parents.has(path)) && real === "ENOENT" ? "ok" : real;
    },
    readFile: (path, limit) => {
      const bytes = files.get(path);
      return bytes === undefined ? machine.readFile(path, limit) : { ok: true, value: bytes };
    },
    realpath: (path) => {
      const real = machine.realpath(path);
      return real.ok || !(files.has(path) || parents.has(path)) ? real : { ok: true, value: path };
    },
    list: (path) => {
      const real = machine.list(path);
      const names = [...files.keys()].filter((file) => dirname(file) === path).map((file) => basename(file));
      if (names.length === 0) return real;
      const present = real.ok ? real.value : [];
      return { ok: true, value: [...present, ...names.filter((name) => present.every((entry) => entry.name !== name)).map((name) => ({ name, type: "file" as const }))] };
    },
  };
}

const made: Stat = { type: "file", dev: "0", ino: "0", mode: 0o600, nlink: 1, uid: 0, gid: 0, size: 0, allocated: 0, mtimeMs: 0, atimeMs: 0 };

function parentsOf(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...parentsOf(parent)];
}
