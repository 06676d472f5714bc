import { delimiter, isAbsolute, join } from "node:path";
import type { Facts } from "./facts.ts";
import { look, type Looks } from "./looks.ts";

/** Programs on PATH that make a virtual environment without ensurepip. */
export function venvMakers(looks: Looks): NonNullable<Facts["venvMakers"]> {
  const { machine } = looks;
  const directories = (machine.env["PATH"] ?? "").split(delimiter).filter((directory) => isAbsolute(directory));
  return (["virtualenv", "uv"] as const).flatMap((program) => {
    const path = directories.map((directory) => join(directory, program)).find((candidate) => {
      const stat = machine.stat(candidate);
      return stat.ok && stat.value.type === "file" && machine.access(candidate, "search") === "ok";
    });
    if (path === undefined) return [];
    look(looks, path);
    return [{ program, path }];
  });
}
