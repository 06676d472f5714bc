import type { ConfigPath, ConfigValue } from "./config-data.ts";

/** "shell" and "lines": one variable in a file that sets variables (configs/env-edits.ts). */
export type EditFormat = "ini" | "toml" | "yaml" | "shell" | "lines";

/** A path is section and key in INI files, and the variable's name in files of variables. */
export type ValueEdit =
  | { readonly do: "set"; readonly path: ConfigPath; readonly value: ConfigValue }
  | { readonly do: "unset"; readonly path: ConfigPath }
  | { readonly do: "add"; readonly path: ConfigPath; readonly value: ConfigValue; readonly at: "start" | "end" }
  | { readonly do: "remove"; readonly path: ConfigPath; readonly value: ConfigValue };
