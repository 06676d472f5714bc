import type { ProblemMessages } from "../message.ts";

/** What asks for a link, a mode, an owner or a time, by whatever name a traceback gives it. */
const asks = /hard ?link|sym ?link|reflink|os\.link\b|copystat|copymode|os\.chmod|\bchmod\b|os\.utime|\butime|lchown|setxattr/i;
const elsewhere = /System Integrity|\/System\/|virtualenv\.py|failed to map segment|[\s'"`(]\/Users\//i;

export const messages: ProblemMessages = {
  messages: [
    {
      // Since 0.8.19 uv makes its lock under another name and moves it into place without replacing anything (uv-fs locked_file.rs).
      id: "uv-lock-in-place", tool: "uv", since: "0.8.19", rank: 3, trigger: "Could not persist temporary file", pattern: /Could not persist temporary file `(?<path>[^`\n]{1,4096})`/,
      context: /\(os error (?:1|38|45|95|524)\)/,
      example: "error: Could not acquire lock\n  cause: Could not persist temporary file `.cache/uv/.tmpMXCnvC`\n  cause: Operation not permitted (os error 1)",
    },
    {
      // OneDrive's files on demand: "incompatible hardlinks".
      id: "uv-cloud-file", tool: "uv", rank: 2, trigger: "failed to hardlink file from", pattern: /failed to (?:hardlink|symlink|softlink) file from .{1,1024}? to (?<path>(?:[~/]|[A-Za-z]:\\)[^:\n]{1,1024}): ?(?:The cloud ?operation|Operation ?not ?(?:permitted|supported)|Function ?not ?implemented|Incorrect ?function)/,
      example: "  Caused by: failed to hardlink file from C:\\Users\\ada\\env\\AUTHORS to C:\\Users\\ada\\AppData\\Local\\uv\\cache\\archive-v0\\q\\AUTHORS: The cloud operation cannot be performed on a file with incompatible hardlinks. (os error 396)",
    },
  ],
  claims: [
    {
      // The venv module makes lib64 -> lib without asking whether links can be made (Lib/venv/__init__.py).
      errno: ["EPERM", "errno 38", "EOPNOTSUPP", "errno 45"], rank: 92, path: /^(?<root>.*)\/lib64$/, line: /['"]lib['"] -> /,
      alsoPossible: ["venv-create-denied"],
      example: "Error: [Errno 38] Function not implemented: 'lib' -> '/media/ada/stick/project/.venv/lib64'",
    },
    {
      // Made anew on such a file system, a program can be written and not be made executable.
      errno: ["EPERM"], rank: 60, path: /^(?<root>\/.*)\/bin\/[^/\n]{1,255}$/, line: /Could not install packages|Operation not permitted: '/,
      notContext: elsewhere, alsoPossible: ["immutable-file"],
      example: "ERROR: Could not install packages due to an OSError: [Errno 1] Operation not permitted: '/media/ada/share/venv/bin/flask'",
    },
    {
      // A wheel is copied into the cache whole, and then its times cannot be set: the error has no path.
      errno: ["EPERM"], rank: 59, line: /Building wheel for \S{1,200} failed: \[Errno 1\] [^:'"\n]{1,80}$/, notContext: elsewhere, alsoPossible: ["immutable-file"],
      example: "  WARNING: Building wheel for demo failed: [Errno 1] Operation not permitted",
    },
    {
      // pip >= 25.3 builds inside the entry: in a directory made a moment ago nothing is immutable.
      errno: ["EPERM"], rank: 62, path: /^(?<root>.*\/wheels)\/(?:[0-9a-f]{2}\/){3}[0-9a-f]+\/tmp[a-z0-9_]{8}\//, notContext: elsewhere,
      example: "      PermissionError: [Errno 1] Operation not permitted: '/media/ada/stick/pip/wheels/e0/e4/34/850946853f1d081b/tmprrdzueqm/demo-2.0-py3-none-any.whl'",
    },
    {
      errno: ["EPERM", "errno 38", "EOPNOTSUPP", "errno 45"], rank: 56, context: asks, notContext: elsewhere,
      example: "  File \"/usr/lib/python3.11/shutil.py\", line 373, in copystat\nPermissionError: [Errno 1] Operation not permitted",
    },
    {
      errno: ["EPERM"], rank: 44, line: /^\W{0,8}(?:error: )?Operation not permitted \(os error 1\)$/, context: /Creating virtual environment at:/, notContext: elsewhere,
      alsoPossible: ["venv-create-denied"],
      example: "Creating virtual environment at: .venv\nerror: Operation not permitted (os error 1)",
    },
  ],
};
