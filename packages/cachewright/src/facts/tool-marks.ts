import { dirname, join } from "node:path";
import type { ToolFact } from "./facts.ts";
import { lookWithAccess, type Looks } from "./looks.ts";

/** Single files that decide whether a tool works: pyenv's rehash lock, and what pipx 1.16 and later locks for its shared pip. */
export function lookAtMarks(looks: Looks, tools: readonly ToolFact[]): void {
  for (const { tool, places } of tools) {
    for (const { name, real } of places) {
      if (tool === "pyenv" && name === "shims") lookWithAccess(looks, join(real, ".pyenv-shim"));
      if (tool === "pipx" && name === "venvs") lookWithAccess(looks, join(dirname(real), ".shared.lock"));
    }
  }
}
