import { condaComplaint } from "../conda-lines.ts";
import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      id: "not-writable", tool: "conda", since: "4.4", trigger: "write permissions to a required path",
      pattern: /The current user does not have write permissions to a required path/,
      context: condaComplaint("write permissions to a required path", "path: "),
      alsoPossible: ["conda-no-writable-pkgs-dir", "shared-cache-modes"],
      example: "NotWritableError: The current user does not have write permissions to a required path.\n  path: /home/ada/miniconda3/pkgs/cache/cf73e938.json\n  uid: 1000\n  gid: 1000",
    },
    {
      id: "environments-file", tool: "conda", trigger: ["Path not writable or missing", "Unable to create environments file"], weight: "notice",
      pattern: /Unable to (?:register environment|create environments file)\. Path not writable/,
      context: /Unable to (?:register environment|create environments file)[^\n]{0,80}(?:\n[^\n]{0,4096}){0,2}?\n\s{0,8}(?:registry file|environment location): (?<path>[^\n]{1,4096}environments\.txt)|Unable to (?:register environment|create environments file)/,
      example: "Unable to register environment. Path not writable or missing.\n  environment location: /home/ada/miniconda3/envs/work\n  registry file: /home/ada/.conda/environments.txt",
    },
    {
      id: "condarc-not-written", tool: "conda", trigger: "Cannot write to condarc file",
      pattern: /Cannot write to condarc file at (?<path>[^\n]{1,4096}?)$/,
      context: /PermissionError|Permission denied/,
      example: "CondaError: Cannot write to condarc file at /home/ada/.condarc\nCaused by PermissionError(13, 'Permission denied')",
    },
    {
      id: "mamba-lockfile", tool: "mamba", trigger: "Could not open lockfile", rank: 1,
      pattern: /Could not open lockfile '(?<path>[^'\n]{1,4096})'/,
      alsoPossible: ["conda-lock"],
      example: "error    libmamba Could not open lockfile '/opt/conda/pkgs/cache/cache.lock'",
    },
    {
      id: "mamba-opening", tool: "mamba", trigger: "Error opening for writing", rank: 1,
      pattern: /Error opening for writing "(?<path>[^"\n]{1,4096})": Permission denied/,
      alsoPossible: ["conda-no-writable-pkgs-dir"],
      example: "error    libmamba Error opening for writing \"/opt/conda/pkgs/urls.txt\": Permission denied",
    },
    {
      // mamba changes the mode of `cache/` whenever it looks there, which only the owner may.
      id: "mamba-permissions", tool: "mamba", since: "1.0", trigger: "cannot set permissions",
      pattern: /cannot set permissions: Operation not permitted \[(?<path>[^\]\n]{1,4096})\]/,
      example: "critical libmamba filesystem error: cannot set permissions: Operation not permitted [/opt/conda/pkgs/cache]",
    },
    {
      // The file beside a package of that name is opened for writing, too; until 2025 it was the lock.
      id: "rattler-metadata", tool: "rattler", trigger: ["failed to open cache metadata file", "failed to open cache lock for"],
      pattern: /failed to open cache (?:metadata file|lock for (?:reading|writing)): ['"`](?<path>[^'"`\n]{1,4096}?)(?:\.lock)?['"`]/,
      notContext: /os error (?:28|30|122)\)/, alsoPossible: ["rattler-cache-denied", "cache-write-denied"],
      example: "Caused by: failed to open cache metadata file: '/home/ada/.cache/rattler/cache/pkgs/zlib-1.3.1-h5eee18b_0.lock'",
    },
  ],
  claims: [
    {
      // mamba unpacks below `pkgs` and keeps locks of running programs in `~/.mamba/proc`.
      errno: ["EACCES"], rank: 85, line: /libmamba /, path: /\/pkgs(?:\/|$)|\/\.mamba(?:\/|$)/,
      alsoPossible: ["conda-no-writable-pkgs-dir", "shared-cache-modes"],
      example: "critical libmamba filesystem error: cannot create directories: Permission denied [/opt/conda/pkgs/cache]",
    },
    {
      errno: ["EACCES"], rank: 86,
      path: /^(?<root>.{1,2048}\/cache)\/[0-9a-f]{8}1?\.(?:json|info\.json|state\.json|json\.zst|msgpack\.zst|solv|[0-9a-f]{4}\.tmp)$/,
      alsoPossible: ["shared-cache-modes"],
      example: "PermissionError: [Errno 13] Permission denied: '/home/ada/miniconda3/pkgs/cache/cf73e938.info.json'",
    },
    {
      errno: ["EACCES"], rank: 86,
      path: /(?:^|\/)\.conda\/environments\.txt$|\/conda\/notices(?:\/|$)|\/pkgs\/urls(?:\.txt)?$|\/info\/repodata_record\.json$/,
      alsoPossible: ["conda-no-writable-pkgs-dir"],
      example: "PermissionError: [Errno 13] Permission denied: '/home/ada/.conda/environments.txt'",
    },
  ],
};
