import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      id: "invalid-interpreter", tool: "pipx", trigger: "has invalid interpreter", pattern: /package (?<name>[\w.@+-]{1,200}) has invalid interpreter (?<path>[^\n⚠]{1,4096}?)\s*(?:⚠.{0,8})?$/,
      example: "   package black has invalid interpreter /home/ada/.pyenv/versions/3.11.7/bin/python3⚠️",
    },
    {
      // 1.16 and later, of `upgrade` and `inject`.
      id: "invalid-python", tool: "pipx", since: "1.8", trigger: "has an invalid python interpreter", pattern: /has an invalid python interpreter (?<path>\/[^\n]{1,4096}?)\.?$/,
      example: "Not upgrading black. It has an invalid python interpreter /home/ada/.local/share/pipx/venvs/black/bin/python.",
    },
    {
      id: "missing-interpreter", tool: "pipx", trigger: "have a missing python interpreter", pattern: /packages have a missing python interpreter/,
      context: /packages have a missing python interpreter(?:[\s\S]{0,600}?venvs are in (?<path>\/[^\n]{1,4096}))?/, rank: -1,
      example: "One or more packages have a missing python interpreter.\n    To fix, execute: pipx reinstall-all",
    },
    {
      // Older ones start what is not there.
      id: "no-such-python", tool: "pipx", trigger: "/venvs/", pattern: /FileNotFoundError: \[Errno 2\] [^\n]{1,200}: '(?<path>\/[^\n']{1,4096}\/pipx\/venvs\/[^\n'/]{1,255}\/bin\/python3?)'/,
      example: "FileNotFoundError: [Errno 2] No such file or directory: '/home/ada/.local/share/pipx/venvs/black/bin/python'",
    },
    {
      // The shell's: a program whose first line names an interpreter that is gone.
      id: "bad-interpreter", tool: "shell", trigger: "bad interpreter: ", rank: 50,
      pattern: /(?:^|: )(?<path>\/[^\n:]{1,4096}\/pipx\/venvs\/[^\n:/]{1,255}\/bin\/python[\d.]*): (?:bad interpreter: )?[Nn]o such file/,
      example: "bash: /home/ada/.local/bin/black: /home/ada/.local/share/pipx/venvs/black/bin/python: bad interpreter: No such file or directory",
    },
  ],
};
