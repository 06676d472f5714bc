import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // metadata/base.py. Old pips write the tilde as a hyphen, as setuptools makes names safe.
      id: "ignoring-invalid", tool: "pip", weight: "notice",
      trigger: "Ignoring invalid distribution", pattern: /Ignoring invalid distribution (?<name>[~-]\S{0,200}) \((?<path>.{1,2048}?)\)\s*$/,
      example: "WARNING: Ignoring invalid distribution ~ip (/home/ada/env/lib/python3.11/site-packages)",
    },
    {
      id: "incompletely-removed-26.3", tool: "pip", since: "26.3", weight: "notice",
      trigger: "Ignoring incompletely removed distribution", pattern: /Ignoring incompletely removed distribution (?<name>\S{1,200}) \((?<path>.{1,2048}?)\);/,
      example: "WARNING: Ignoring incompletely removed distribution ~abulate-0.9.0.dist-info (/home/ada/env/lib/python3.13/site-packages); '~'-prefixed leftover directories are the result of a previous incomplete installation, and can be deleted",
    },
    {
      // utils/temp_dir.py: the moment in which a leftover comes to be, mostly a library in use on Windows.
      id: "failed-to-remove-contents-23.3", tool: "pip", since: "23.3", weight: "notice",
      trigger: "Failed to remove contents in a temporary directory", pattern: /Failed to remove contents in a temporary directory '(?<path>[^'\n]{0,2048}[\\/]~[^'\n]{0,255})'/,
      consequenceOf: ["file-in-use-windows"],
      example: "WARNING: Failed to remove contents in a temporary directory '/home/ada/env/lib/python3.11/site-packages/~umpy'.",
    },
  ],
};
