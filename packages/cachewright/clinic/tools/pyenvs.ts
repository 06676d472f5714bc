/** The pyenv of this machine: a tree of scripts, shown to patients without its Pythons. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { ToolKit } from "./kits.ts";
import type { PythonTool } from "./pythons.ts";

/** A pyenv of an installer's or of git's is wholly below its root; Homebrew's is elsewhere, and is not used. */
const parts = ["bin", "libexec", "completions", "pyenv.d", "src", "plugins/python-build/bin"];

export function pyenvKit(pythons: readonly PythonTool[]): ToolKit {
  const root = process.env["PYENV_ROOT"] ?? join(homedir(), ".pyenv");
  const file = join(root, "libexec/pyenv---version");
  const python = pythons.filter(({ system }) => !system).at(-1);
  const missing = (obstacle: string): ToolKit => ({ name: "pyenv", version: "any", newest: true, obstacle });
  if (!existsSync(file)) return missing("needs a pyenv in PYENV_ROOT or ~/.pyenv");
  if (python === undefined) return missing("needs a Python that is not the distribution's");
  const version = /^version="?([\d.]+)/m.exec(readFileSync(file, "utf8"))?.[1] ?? "of unknown version";
  return { name: "pyenv", version, newest: true, kit: { python, site: root } };
}

/** Where the room has it: root's, as an administrator's pyenv for everybody. */
export function copyPyenv(root: string, to: string): void {
  for (const part of parts.filter((one) => existsSync(join(root, one)))) {
    mkdirSync(join(to, part, ".."), { recursive: true });
    execFileSync("cp", ["-a", join(root, part), join(to, part)]);
  }
}
