import type { ProblemMessages } from "../message.ts";

/** A full disk and a file system that is read-only say so behind the same words. */
const notRights = /os error (?:28|30|122)\)|No space left|Read-only file system|[Qq]uota exceeded/;

/** The two most common lines name what they cannot write: they are conda-no-writable-pkgs-dir's and conda-not-writable-file's, and this problem is the cause behind them. */
export const messages: ProblemMessages = {
  messages: [
    {
      id: "no-cache-made", tool: "rattler", trigger: "failed to create cache directory", rank: 2,
      pattern: /failed to create cache directory: ['"`](?<path>[^'"`\n]{1,4096})['"`]/, context: /os error 13\)|[Pp]ermission denied|Access is denied/, notContext: notRights,
      example: "Caused by: failed to create cache directory: '/home/ada/.cache/rattler/cache/pkgs'\nCaused by: failed to create directory `/home/ada/.cache/rattler/cache/pkgs`: Permission denied (os error 13)",
    },
    {
      id: "not-replaced", tool: "rattler", trigger: "failed to remove existing cache directory", rank: 2,
      pattern: /failed to remove existing cache directory '(?<path>[^'\n]{1,4096})'/, context: /os error 13\)|[Pp]ermission denied|Access is denied/, notContext: notRights,
      example: "Caused by: failed to remove existing cache directory '/home/ada/.cache/rattler/cache/pkgs/zlib-1.3.1-0': failed to remove directory `/home/ada/.cache/rattler/cache/pkgs/zlib-1.3.1-0`: Permission denied (os error 13)",
    },
    {
      id: "repodata-lock", tool: "rattler", trigger: "a lock on the repodata cache", rank: 2,
      pattern: /failed to acquire a lock on the repodata cache/, notContext: notRights,
      context: /failed to acquire a lock on the repodata cache(?:[^\n]{0,200}\n[^\n]{0,200}?failed to open:? ['"`]?(?<path>[^'"`\n]{1,4096}\.lock)['"`]?)?/,
      alsoPossible: ["file-lock-unsupported"],
      example: "failed to acquire a lock on the repodata cache\nCaused by: failed to open: /home/ada/.cache/rattler/cache/repodata/c663688a.lock\nCaused by: Permission denied (os error 13)",
    },
    {
      // Copies of a channel's index, mode 0600; and their index, opened for writing even to read it.
      id: "shards", tool: "rattler", trigger: ["shards-cache-v1", "/shards-v1"], rank: 2,
      pattern: /failed to (?:open|read from file|open file|write to file|create temporary file to write shard in) ['"`]?(?<path>[^'"`\n]{1,4096}?(?:\.shards-cache-v1|[/\\]shards-v1(?:[/\\][0-9a-f.]{1,80}msgpack)?))['"`]?(?=\s|:|$)/,
      context: /os error 13\)|[Pp]ermission denied|Access is denied/, notContext: notRights,
      example: "failed to open '/home/ada/.cache/rattler/cache/b27309dd.shards-cache-v1'\nCaused by: Permission denied (os error 13)",
    },
    {
      id: "cache-state", tool: "rattler", trigger: ["failed to write cache state", "failed to create temporary file for repodata.json", "failed to persist temporary repodata.json"],
      pattern: /failed to (?:write cache state|create temporary file for repodata\.json|persist temporary repodata\.json file(?: to ['"`](?<path>[^'"`\n]{1,4096})['"`])?)/,
      context: /os error 13\)|[Pp]ermission denied|Access is denied/, notContext: notRights,
      example: "failed to write cache state\nCaused by: Permission denied (os error 13)",
    },
    {
      id: "no-layer", tool: "rattler", trigger: "no eligible writable layers",
      pattern: /no eligible writable layers to cache package to/,
      alsoPossible: ["read-only-filesystem"],
      example: "Caused by: no eligible writable layers to cache package to",
    },
  ],
  claims: [
    {
      errno: ["EACCES"], rank: 87,
      path: /^(?<root>.{0,4096}?(?:(?:^|\/)\.cache|\/Library\/Caches)\/(?:rattler(?:\/cache)?|pixi))(?:\/(?!envs\/|cached-(?:build-tool-)?envs|uv-cache).*)?$/,
      notContext: /global cache lock for writing|failed to open cache (?:metadata file|lock for)/,
      example: "failed to open file `/home/ada/.cache/rattler/cache/c663688a.json`: Permission denied (os error 13)",
    },
  ],
};
