import type { ProblemMessages } from "../message.ts";

/** A directory that stands in a path as pipx's own: `~/.local/share/pipx`, `~/.local/pipx`, `/opt/pipx`, `~/Library/Application Support/pipx`. */
const inPipx = /^(?<root>.{0,4096}\/pipx\/(?:venvs|shared|\.cache|logs?|py|Cache)|.{0,4096}(?:\/\.cache|\/Library\/(?:Caches|Logs))\/pipx|.{0,4096}\/pipx(?=\/\.shared\.lock$)|.{0,4096}\/(?:share|\.local|Application Support|opt)\/pipx(?=$))(?:\/|$)/;

/** Lines of pipx itself in a traceback. */
const ownLines = /\/pipx\/(?:commands\/)?\w{1,40}\.py", line/;

export const messages: ProblemMessages = {
  messages: [
    {
      // 1.17 and later say so of their three directories (main.py, `setup`).
      id: "cannot-create", tool: "pipx", trigger: "permission denied; point PIPX_HOME", pattern: /Cannot create (?<path>[^\n]{1,4096}?): permission denied; point PIPX_HOME/,
      example: "Cannot create /home/ada/.local/share/pipx: permission denied; point PIPX_HOME, PIPX_BIN_DIR and PIPX_MAN_DIR at writable directories.",
    },
    {
      id: "metadata-not-written", tool: "pipx", since: "0.15", trigger: "Unable to write pipx_metadata.json to", rank: 2,
      pattern: /Unable to write pipx_metadata\.json to (?<path>[^\n]{1,4096}?)\.(?:\s|$)/,
      example: "⚠️  Unable to write pipx_metadata.json to /home/ada/.local/share/pipx/venvs/black.  This may cause future pipx operations involving black to fail or behave incorrectly.",
    },
    {
      id: "metadata-not-read", tool: "pipx", since: "0.15", trigger: "Unable to read pipx_metadata.json in", pattern: /Unable to read pipx_metadata\.json in (?<path>[^\n]{1,4096}?)\.(?:\s|$)/,
      example: "Unable to read pipx_metadata.json in /home/ada/.local/share/pipx/venvs/black.  This may cause this or future pipx operations involving black to fail or behave incorrectly.",
    },
    {
      // The file is 0600 since 1.18: another account's cannot be read, and pipx takes it for one from before 0.15.
      id: "metadata-missing", tool: "pipx", trigger: ["missing internal pipx metadata", "missing internal pipx"], pattern: /missing internal pipx metadata/,
      alsoPossible: ["venv-not-writable"],
      example: "   package black has missing internal pipx metadata.\n⚠️\n\nOne or more packages have a missing internal pipx metadata.\n   They were likely installed using a pipx version before 0.15.0.0.",
    },
    {
      // Until 1.15 a failing `venv` is told by its command; the reason stands above it.
      id: "venv-failed", tool: "pipx", trigger: "/pipx/", rank: -1,
      pattern: /-m venv (?:--[\w-]{1,40} ){0,4}(?<path>\/[^\n']{1,4096}\/pipx\/[^\n']{1,4096})' failed/, context: /Permission denied/,
      example: "Error: [Errno 13] Permission denied: '/home/ada/.local/pipx/venvs/black'\n'/usr/bin/python3 -m venv --without-pip /home/ada/.local/pipx/venvs/black' failed",
    },
  ],
  claims: [
    {
      // A link into the directory of programs or manual pages, made, or moved into the trash.
      errno: ["EACCES"], rank: 88, line: /\/pipx\/(?:venvs|\.?trash)\//, path: /^(?<root>.{0,4096}\/(?:bin|man))\/(?:man\d\/)?[^/]{1,255}$/, notPath: /\/pipx\/(?:venvs|\.?trash)\//,
      alsoPossible: ["user-site-not-writable"],
      example: "PermissionError: [Errno 13] Permission denied: '/home/ada/.local/share/pipx/venvs/black/bin/black' -> '/home/ada/.local/bin/black'",
    },
    {
      // The same by pipx's own lines in the traceback: a link that is there is removed first.
      errno: ["EACCES"], rank: 87, path: /^(?<root>.{0,4096}\/(?:bin|share\/man))(?:\/(?:man\d\/)?[^/]{1,255})?$/, notPath: /\/pipx\//, context: ownLines, notContext: /Could not install packages/,
      alsoPossible: ["user-site-not-writable"],
      example: "  File \"/usr/lib/python3/dist-packages/pipx/commands/common.py\", line 276, in _symlink_package_resource\n    symlink_path.unlink()\nPermissionError: [Errno 13] Permission denied: '/home/ada/.local/bin/black'",
    },
    {
      errno: ["EACCES"], rank: 86, path: inPipx, notContext: /Fatal Python error/,
      alsoPossible: ["venv-not-writable"],
      example: "PermissionError: [Errno 13] Permission denied: '/opt/pipx/venvs/.poetry.lock'",
    },
    {
      errno: ["EACCES"], rank: 85, path: /^(?<root>.{0,4096}\/pipx\/\.?trash)(?:\/|$)/,
      example: "PermissionError: [Errno 13] Permission denied: '/home/ada/.local/share/pipx/trash'",
    },
    {
      // Somebody moved PIPX_HOME: pipx's own lines stand in the traceback.
      errno: ["EACCES"], rank: 83, path: /^(?<root>.{0,4096}\/(?:venvs|shared|man(?=\/man\d$)))(?:\/|$)/, context: ownLines,
      example: "  File \"/usr/lib/python3/dist-packages/pipx/util.py\", line 77, in mkdir\nPermissionError: [Errno 13] Permission denied: '/srv/apps/venvs/black'",
    },
    {
      errno: ["EACCES"], rank: 83, path: /^pipx_metadata\.json$/, context: ownLines,
      example: "  File \"/home/ada/.local/lib/python3.8/site-packages/pipx/util.py\", line 60, in rmdir\nPermissionError: [Errno 13] Permission denied: 'pipx_metadata.json'",
    },
  ],
};
