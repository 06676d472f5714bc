import type { ProblemMessages } from "../message.ts";

/** Homes that service accounts have and nobody may write to. */
const nobodysHome = String.raw`(?:|/nonexistent|/nonexist?ant|/homeless-shelter|/dev/null|/var/empty|/var/www|/usr/s?bin|/s?bin|/usr/games|/proc|/dev|/run|/home)`;
const dots = String.raw`(?:\.cache|\.local|\.config|Library/Caches)`;

const notOwned = {
  tool: "pip", rank: 1, weight: "notice",
  trigger: ["The directory '", "or its parent directory"],
} as const;

export const messages: ProblemMessages = {
  messages: [
    {
      ...notOwned, id: "cache-below-nobodys-home",
      pattern: new RegExp(String.raw`The directory '(?<path>(?<root>${nobodysHome}/${dots})/pip(?:/(?:http|log))?)' or its parent directory is not owned`),
      alsoPossible: ["cache-not-owned"],
      example: "WARNING: The directory '/.cache/pip' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, you should use sudo's -H flag.",
    },
    {
      // pip ≤ 26.2.1 with neither HOME nor a passwd entry: the `~` stays, below the working directory.
      ...notOwned, id: "cache-below-literal-tilde", until: "26.2.1",
      pattern: /The directory '(?<path>(?<root>[^']{0,4096}?~)\/\.cache\/pip(?:\/(?:http|log))?)' or its parent directory is not owned/,
      alsoPossible: ["unknown-uid", "cache-dir-misread"],
      example: "WARNING: The directory '/srv/app/~/.cache/pip' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, you should use sudo's -H flag.",
    },
    {
      id: "poetry-lock-below-nobodys-home", tool: "poetry", rank: 1, trigger: "failed to create /",
      pattern: new RegExp(`^\\W{0,8}failed to create (?<path>(?<root>${nobodysHome}/${dots})/.{1,4096})`),
      example: "  LockFailed\n\n  failed to create /.cache/pypoetry/cache/repositories/pypi/_http/2/3/2/5/7/25a703cfdb14-dbb50740.82384136",
    },
    {
      // platformdirs 4.12: every command of pip 26.3 dies while importing.
      id: "platformdirs-26.3", tool: "pip", since: "26.3", trigger: "could not determine the home directory",
      pattern: /could not determine the home directory for '(?<path>[^']{1,256})', set HOME/,
      alsoPossible: ["unknown-uid"],
      example: "RuntimeError: could not determine the home directory for '~/.cache', set HOME or an absolute XDG variable",
    },
    {
      // The same of every tool beside which there is a new platformdirs (run with 4.14.7): poetry, pdm, hatch, pipx, virtualenv.
      id: "platformdirs", tool: "python", trigger: ["could not determine the home directory", "set an absolute HOME or XDG variable"],
      pattern: /could not determine the home directory for '(?<path>[^']{1,256})', set an(?: absolute|$)/,
      alsoPossible: ["unknown-uid"],
      example: "RuntimeError: could not determine the home directory for '~/.local/share', set an absolute HOME or XDG variable",
    },
    {
      // uv cannot tell where programs go; its cache is then `.uv_cache` in the working directory, without a word.
      id: "uv-no-executable-directory", tool: "uv", trigger: "Failed to find a directory to install executables into",
      pattern: /Failed to find a directory to install executables into/,
      alsoPossible: ["unknown-uid"],
      example: "error: Failed to find a directory to install executables into",
    },
    {
      id: "pathlib", tool: "python", trigger: ["determine home directory"],
      pattern: /RuntimeError: (?:Could not|Can't) determine home directory/,
      alsoPossible: ["unknown-uid"],
      example: "RuntimeError: Could not determine home directory.",
    },
  ],
  claims: [
    {
      // Any dot directory right below the root: HOME is `/`. Those that tools put in the working directory are not meant.
      errno: ["EACCES"], rank: 94,
      path: /^(?<root>\/\.(?!dockerenv|snapshots?|autofsck|fseventsd|venv|env|tox|nox|git|svn|hg|eggs|mypy_|pytest_|ruff_|hypothesis|coverage|ipynb_|idea|vscode)[a-z][\w-]{0,40})(?:\/|$)/,
      example: "failed to write cache due to mkdir /.npm: permission denied",
    },
    {
      errno: ["EACCES", "ENOENT"], rank: 95,
      path: new RegExp(`^(?<root>${nobodysHome}/${dots})(?:/|$)`),
      example: "error: failed to create directory `/.cache/uv`: Permission denied (os error 13)",
    },
    {
      // Refused below /root: the caller is not root, but HOME still is root's.
      errno: ["EACCES"], rank: 85,
      path: /^(?<root>\/root)(?:\/|$)/,
      notPath: /\/(?:site|dist)-packages\/|\/lib\/python\d/,
      // A script below /root that cannot run another one is run by root.
      line: /^(?!\/root\/[^:]{1,1000}: line \d)/,
      example: "critical libmamba Permission denied: '/root/.local/bin'",
    },
    {
      errno: ["EACCES"], rank: 84,
      path: /^(?<root>(?:\/[^/]{1,255}){1,20}\/root)\/\.(?:cache|local|config)(?:\/|$)/,
      example: "error: failed to create directory `/srv/rootfs/root/.cache/uv`: Permission denied (os error 13)",
    },
    {
      // A home that does not exist and may not be made.
      errno: ["EACCES", "EPERM"], rank: 83,
      path: /^(?<root>\/(?:home|Users)\/[^/]{1,255})\/?$/,
      line: /mkdir|makedirs|create|\[Errno 13\]|EACCES/,
      example: "PermissionError: [Errno 13] Permission denied: '/home/ada'",
    },
    {
      // HOME points at a directory that is not a home (an application's, a web server's) and not the caller's.
      errno: ["EACCES"], rank: 82,
      path: /^(?<root>\/(?!(?:home|Users|root|github)\/)[^/]{1,255}(?:\/(?!(?:home|Users|root)\/)[^/]{1,255}){0,6})\/\.(?:cache|local|config)$/,
      example: "mkdir -p failed for path /usr/src/.config/matplotlib: [Errno 13] Permission denied: '/usr/src/.config'",
    },
  ],
};
