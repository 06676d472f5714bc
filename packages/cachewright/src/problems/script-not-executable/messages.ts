import type { ProblemMessages } from "../message.ts";

/** Programs of a Python: in an environment or a user base, or those that only Python packages bring. */
const ofPython = /(?:\/\.local\/|[-_.]env\/|venv|virtualenv|\/\.?env\/|\/\.(?:tox|nox)\/|\/pyenv\/|\/\.pyenv\/|python)|\/(?:pip[\d.]{0,6}|pytest|flask|gunicorn|uvicorn|celery|django-admin|jupyter[\w-]{0,20}|ipython\d?|black|mypy|ruff|poetry|tox|nox|ansible[\w-]{0,20})\b/.source;
const program = String.raw`(?<path>(?=[^:\n]{0,4096}(?:${ofPython}))(?:~|\.{0,2})[^:\s'"][^:\n'"]{0,4000}\/s?bin\/[^:\n\/'"]{1,255})`;

export const messages: ProblemMessages = {
  messages: [
    {
      // bash ≥ 5.2.
      id: "bash-5.2", tool: "bash", trigger: "cannot execute: required file not found",
      pattern: new RegExp(`(?:^|: )${program}: cannot execute: required file not found`),
      example: "bash: line 1: /home/ada/.local/bin/flask: cannot execute: required file not found",
    },
    {
      id: "bad-interpreter", tool: "bash", trigger: "bad interpreter: ",
      pattern: /(?:^|: )(?<path>[^:\s][^:\n]{0,4095}): (?<interpreter>[^:^\n]{0,4000}(?:python|pypy)[^:^/\n]{0,64}): bad interpreter: (?!Permission denied)/,
      example: "-bash: /home/ada/shop/.venv/bin/pip: /home/ada/old/.venv/bin/python3: bad interpreter: No such file or directory",
    },
    {
      id: "bad-interpreter-zsh", tool: "zsh", trigger: "bad interpreter: ",
      pattern: /zsh: (?<path>[^:\n]{1,4096}): bad interpreter: (?<interpreter>[^:^\n]{0,4000}(?:python|pypy)[^:^/\n]{0,64}): no such file/,
      example: "zsh: /Users/ada/shop/venv/bin/pip: bad interpreter: /Users/ada/old/venv/bin/python3.11: no such file or directory",
    },
    {
      id: "systemd", tool: "systemd", trigger: "Failed at step EXEC spawning",
      pattern: new RegExp(`Failed at step EXEC spawning ${program}: No such file or directory`),
      example: "Failed at step EXEC spawning /srv/app/.venv/bin/gunicorn: No such file or directory",
    },
    {
      id: "container", tool: "docker", trigger: ["no such file or directory"],
      pattern: new RegExp(`^(?:exec|sudo: unable to execute) ${program}: [Nn]o such file or directory`),
      example: "exec /app/.venv/bin/uvicorn: no such file or directory",
    },
    {
      id: "windows-launcher", tool: "pip", trigger: "Fatal error in launcher",
      pattern: /Fatal error in launcher: Unable to create process using ['"]{1,2}(?<path>[^"'\n]{1,4096})/,
      example: "Fatal error in launcher: Unable to create process using '\"C:\\Users\\ada\\old\\venv\\Scripts\\python.exe\"  \"C:\\Users\\ada\\venv\\Scripts\\pip.exe\" install six'",
    },
  ],
  claims: [
    {
      // A shell that may read the file and not start it.
      errno: ["EACCES"], rank: 80,
      line: /^(?:-?(?:ba|da|z|k|fi)?sh|sudo|env): /,
      path: new RegExp(String.raw`^(?:(?:~|\.{1,2})?\/)?(?:[^/]{1,255}\/){0,40}?(?:\.local|\.?(?:virtual|v)?env[^/]{0,64}|[^/]{1,64}venv)\/bin\/[^/]{1,255}$`),
      alsoPossible: ["tmp-noexec"],
      example: "bash: /home/ada/shop/.venv/bin/pip: Permission denied",
    },
  ],
};
