import { basename, dirname, isAbsolute, join } from "node:path";
import type { Facts } from "./facts.ts";
import { look, lookToWrite, type Looks } from "./looks.ts";

/** The environment that a path in a complaint belongs to: `env/bin/python3`, `env/lib64` and `env` are one. */
function environmentOf(path: string): string {
  if (/\/bin\/(?:python|pypy)[\d.]*$/.test(path)) return dirname(dirname(path));
  return ["lib64", "lib", "bin", "include"].includes(basename(path)) ? dirname(path) : path;
}

/** Where an environment was or would be made: what a log names, and the working directory. Only when asked. */
export function venvPlaces(looks: Looks, paths: readonly string[]): NonNullable<Facts["venvPlaces"]> {
  const named = [...new Set(paths.filter((path) => isAbsolute(path)).map(environmentOf))];
  const here = join(looks.machine.cwd, ".venv");
  const places = [...named.map((path) => ({ path, from: "log" as const })), ...(named.includes(here) ? [] : [{ path: here, from: "here" as const }])];
  for (const { path } of places) {
    lookToWrite(looks, path);
    look(looks, dirname(path));
  }
  return places;
}
