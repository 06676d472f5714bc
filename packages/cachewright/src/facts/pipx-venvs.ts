import { join } from "node:path";
import { brokenVenvFact } from "./broken-venvs.ts";
import type { BrokenVenvFact, ToolFact } from "./facts.ts";
import type { Looks } from "./looks.ts";

/** More programs than anybody installs with it: one stat each. */
const mostVenvs = 500;

/** pipx's environments whose Python is gone: `bin/python` leads nowhere. Nothing more is read of those in order. */
export function brokenPipxVenvs(looks: Looks, tools: readonly ToolFact[]): BrokenVenvFact[] | undefined {
  const { machine } = looks;
  const places = tools.filter(({ tool }) => tool === "pipx").flatMap((pipx) => pipx.places.filter(({ name }) => name === "venvs").map(({ real }) => real));
  const found = [...new Set(places)].flatMap((venvs): BrokenVenvFact[] => {
    const entries = machine.list(venvs);
    const prefixes = entries.ok ? entries.value.filter(({ name, type }) => type === "dir" && !name.startsWith(".")).map(({ name }) => join(venvs, name)).toSorted() : [];
    return prefixes.slice(0, mostVenvs).filter((prefix) => isGone(looks, join(prefix, "bin/python"))).flatMap((prefix) => brokenVenvFact(looks, prefix, "pipx").filter(({ fault }) => fault === "python-gone"));
  });
  return found.length === 0 ? undefined : found;
}

function isGone({ machine }: Looks, python: string): boolean {
  const seen = machine.stat(python);
  return !seen.ok && (seen.errno === "ENOENT" || seen.errno === "ENOTDIR");
}
