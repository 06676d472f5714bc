import { condaComplaint } from "../conda-lines.ts";
import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      id: "no-writable-pkgs", tool: "conda", trigger: "No writeable pkgs directories configured",
      pattern: /No writeable pkgs directories configured/,
      context: condaComplaint("No writeable pkgs directories configured", "- "),
      alsoPossible: ["conda-urls-txt-split", "read-only-filesystem", "disk-full"],
      example: "NoWritablePkgsDirError: No writeable pkgs directories configured.\n  - /home/ada/miniconda3/pkgs\n  - /home/ada/.conda/pkgs",
    },
    {
      id: "mamba-no-writable", tool: "mamba", since: "1.0", trigger: ["Did not find a writable package cache directory", "Could not find any writable cache directory"],
      pattern: /Did not find a writable package cache directory|Could not find any writable cache directory/,
      example: "error    libmamba Did not find a writable package cache directory!",
    },
    {
      // rattler and pixi: the lock is opened for writing even where a whole package is only to be linked.
      id: "rattler-global-lock", tool: "rattler", trigger: "global cache lock for writing",
      pattern: /failed to open global cache lock for writing: ['"`](?<path>[^'"`\n]{1,4096})['"`]/,
      notContext: /os error (?:28|30|122)\)/, alsoPossible: ["rattler-cache-denied", "conda-not-writable-file"],
      example: "Caused by: failed to open global cache lock for writing: '/home/ada/.cache/rattler/cache/pkgs/.cache.lock'",
    },
  ],
};
