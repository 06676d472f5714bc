import { knownPythons } from "../python/known-pythons.ts";
import type { Asked, Tool, ToolInstall, ToolPlace } from "../tool.ts";
import type { Machine } from "../../machine/machine.ts";
import { pipSettings } from "./effective.ts";
import { pipKeys } from "./keys.ts";
import { readPipFiles } from "./read-files.ts";
import { isPipSection } from "./stray-settings.ts";
import { comparePipVersions } from "./version.ts";

/** pip, from 9.0 on. One for each Python that has it: the program is the interpreter, for `python -m pip`. */
export const pip: Tool = {
  name: "pip",
  commands: ["pip", "pip3"],
  keys: pipKeys,
  compareVersions: comparePipVersions,
  installs,
  configFiles: (asked) => [...readPipFiles(asked).configs],
  settings: pipSettings,
  otherCommands,
  locate,
};

/**
 * The main command is `install`; each other one may have a section of its own, and none of them reads `[install]`
 * (cli/parser.py). A section without a line has what [DEFAULT] says.
 */
function otherCommands(asked: Asked): string[] {
  const sections = new Set(readPipFiles(asked).read.flatMap(({ ini }) => ini?.sections.map(({ name }) => name) ?? []));
  const named = [...sections].filter((section) => section !== "global" && section !== "install" && isPipSection(section));
  return sections.has("install") ? [...new Set([...named, "download", "wheel", "cache"])] : named;
}

function installs(machine: Machine, home: string | undefined): ToolInstall[] {
  return knownPythons(machine, home).flatMap((install): ToolInstall[] => (install.pip === undefined ? [] : [{
    tool: "pip", version: install.pip.version, program: install.python, prefix: install.prefix, found: install.found, chosen: install.chosen,
  }]));
}

function locate(asked: Asked): ToolPlace[] {
  const all = pipSettings(asked);
  const of = (key: string): (typeof all)[number] | undefined => all.find((one) => one.key === key);
  const [cache, off, temp] = [of("cache-dir"), of("no-cache-dir"), of("TMPDIR")];
  return [
    ...(typeof cache?.effective === "string" && off?.effective !== true ? [{ kind: "cache" as const, name: "cache", path: cache.effective, source: cache.source, key: "cache-dir" }] : []),
    ...(typeof temp?.effective === "string" ? [{ kind: "temp" as const, name: "temp", path: temp.effective, source: temp.source, key: "TMPDIR" }] : []),
  ];
}
