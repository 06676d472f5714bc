import type { Answer } from "../machine/machine.ts";

/** Placeholder until the real probe lands. */
export function probeDirectory(path: string): Answer<undefined> {
  return path === "" ? { ok: false, errno: "EINVAL" } : { ok: true, value: undefined };
}
