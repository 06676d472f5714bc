import { posix, win32 } from "node:path";
import type { Asked } from "../tool.ts";
import { absoluteUvPath, type UvPlace } from "./locations.ts";
import { uvAtLeast } from "./version.ts";
import { uvWorkingDir } from "./variables.ts";

/** What decides where the asked uv looks. */
export function uvPlace({ machine, home, version }: Asked): UvPlace {
  const { platform, env } = machine;
  const directory = uvWorkingDir(env, version);
  return {
    platform, env, home, version,
    cwd: directory === undefined ? machine.cwd : absoluteUvPath({ platform, cwd: machine.cwd }, directory),
    exists: (path) => machine.stat(path).ok,
  };
}

/** Where uv begins to look for a project: UV_PROJECT (from 0.6.11), the working directory otherwise. */
export function uvProjectDir(asked: Asked, place: UvPlace): string {
  const named = uvAtLeast(asked.version, "0.6.11") ? asked.machine.env["UV_PROJECT"] : undefined;
  const path = place.platform === "win32" ? win32 : posix;
  const directory = path.resolve(place.cwd, named ?? "");
  if (path.basename(directory) !== "pyproject.toml" || !uvAtLeast(asked.version, "0.10.11")) return directory;
  const stat = asked.machine.stat(directory);
  return stat.ok && stat.value.type === "file" ? path.dirname(directory) : directory;
}

/** `uv tool` and `uv self` are the person's, not the project's. */
export function knowsNoProject(command: string | undefined): boolean {
  return /^(?:tool|uvx|self)\b/.test(command ?? "");
}
