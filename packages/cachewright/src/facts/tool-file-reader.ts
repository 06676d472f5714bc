/** Looks into the files of tools that keep settings in TOML: a module of its own, since the library is too dear to be loaded for nothing. */
import { tomlDetails } from "./tool-config-details.ts";
import { projectConfigs } from "./tool-project-files.ts";

export interface ToolFileReader {
  readonly details: typeof tomlDetails;
  readonly ofProject: typeof projectConfigs;
}

export const toolFileReader: ToolFileReader = { details: tomlDetails, ofProject: projectConfigs };
