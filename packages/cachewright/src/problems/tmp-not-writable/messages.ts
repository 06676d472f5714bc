import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // tempfile.py: FileNotFoundError of Python 3, IOError of 2.7; the first candidate is the one that was meant.
      id: "no-usable-directory", tool: "python", rank: 2, trigger: "No usable temporary directory found in",
      pattern: /(?:Error|\[Errno 2\]).{0,40}No usable temporary directory found in \[u?['"](?<path>[^'"]{1,4096})['"]/,
      alsoPossible: ["disk-full", "read-only-filesystem", "confined-sandbox"],
      example: "FileNotFoundError: [Errno 2] No usable temporary directory found in ['/tmp', '/var/tmp', '/usr/tmp', '/srv/app']",
    },
    {
      // GNU and BSD mktemp(1), which install scripts call.
      id: "mktemp", tool: "mktemp", trigger: ["mktemp: failed to create", "mktemp: mkdtemp failed on", "mktemp: mkstemp failed on"],
      pattern: /mktemp: (?:failed to create (?:file|directory) via template ['‘](?<path>[^'’]{1,4096})['’]|mk[ds]temp failed on \S{1,4096}): (?:Permission denied|No such file or directory|Read-only file system|Operation not permitted)/,
      alsoPossible: ["read-only-filesystem"],
      example: "mktemp: failed to create directory via template ‘/scratch/ada/tmp.XXXXXXXXXX’: Permission denied",
    },
  ],
  claims: [
    {
      // uv's own temporary directories (".tmp" and six letters), and Python's and pip's directly below a temporary directory.
      errno: ["EACCES"], rank: 70,
      path: /^(?:(?<root>(?:\/[^/]{1,255}){0,20}\/(?:te?mp|T)(?:\/[^/]{1,64}){0,2})\/(?:\.tmp[A-Za-z0-9]{6}|tmp[a-z0-9_]{8}|pip-[a-z-]{4,30}-[\w-]{6,12}))$/,
      example: 'error: Permission denied (os error 13) at path "/scratch/tmp/user/7/.tmpW6qSK2"',
    },
  ],
};
