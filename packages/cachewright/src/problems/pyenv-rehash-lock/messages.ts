import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // libexec/pyenv-rehash, since 1.2.4 with the seconds it has waited, since 2.5 with what the shell said.
      id: "not-acquired", tool: "pyenv", trigger: ["acquire lock ", "cannot rehash: couldn't"], rank: 2,
      pattern: /cannot rehash: couldn't acquire lock (?<path>[^\n]{1,4096}?\/\.pyenv-shim)(?: for \d+ seconds)?/,
      example: "pyenv: cannot rehash: couldn't acquire lock /home/ada/.pyenv/shims/.pyenv-shim for 60 seconds. Last error message:",
    },
    {
      // Before 1.2.4 it did not wait at all.
      id: "exists", tool: "pyenv", trigger: ".pyenv-shim exists", pattern: /cannot rehash: (?<path>[^\n]{1,4096}?\/\.pyenv-shim) exists/,
      example: "pyenv: cannot rehash: /home/ada/.pyenv/shims/.pyenv-shim exists",
    },
    {
      // The shell's own words below it; in other languages only the name stays.
      id: "noclobber", tool: "pyenv", trigger: ".pyenv-shim: ", pattern: /pyenv-rehash: [^\n]{0,80}?(?<path>[~/][^\n:]{1,4096}\/\.pyenv-shim): (?!Permission denied|Read-only|No space|Disk quota)/,
      example: "/home/ada/.pyenv/libexec/pyenv-rehash: line 22: /home/ada/.pyenv/shims/.pyenv-shim: cannot overwrite existing file",
    },
  ],
};
