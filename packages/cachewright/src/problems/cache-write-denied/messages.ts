import type { ErrorClaim, ProblemMessages } from "../message.ts";

/** uv's own root and first directories are a failure of their own (uv-cache-init-failed); conda's are conda's. */
const notUvRoot = /(?:^|\/)uv(?:\/(?:\.lock|\.gitignore|\.tmp[A-Za-z0-9]{6}|CACHEDIR\.TAG|sdists-v\d{1,3}(?:\/\.git)?)?)?$/;

const claims: readonly ErrorClaim[] = [
  {
    // pip: http/ and http-v2/ with one-letter directories, selfcheck/ with the sha224 of sys.prefix (network/cache.py, self_outdated_check.py).
    errno: ["EACCES"], rank: 80,
    path: /^(?<root>.{0,4096}\/(?:http(?:-v2)?(?=\/[0-9a-f](?:\/|$))|selfcheck(?=\/[0-9a-f]{20})|selfcheck(?=\.json$)))/,
    alsoPossible: ["acl-denied", "shared-cache-modes"],
    example: "PermissionError: [Errno 13] Permission denied: '/srv/pip-cache/http-v2/5/7/7/b/e/577be9cbc09f729b0e5b93606c22ccf044719f94deb6fd30d1bcd9fd'",
  },
  {
    // Caches below the usual places. Environments that some tools keep there are not caches.
    errno: ["EACCES"], rank: 78,
    path: /^(?<root>.{0,4096}?(?:(?:^|\/)\.cache|\/Library\/Caches)\/(?:pip|pypoetry|pdm|pipenv|hatch|virtualenv|pre-commit|pip-tools|pip-run|uv|pex|tox|build|twine))(?:\/|$)/,
    notPath: new RegExp(`${notUvRoot.source}|/virtualenvs/`),
    example: "error: failed to create directory `/home/ada/.cache/uv/simple-v27/index/776252e77969e39d`: Permission denied (os error 13)",
  },
  {
    // Buckets of a uv cache, whatever it is called.
    errno: ["EACCES"], rank: 78,
    path: /^(?<root>.{1,4096}?)\/(?:archive|wheels|simple|flat-index|git|interpreter|builds|environments|binaries|osv|files)-v\d{1,3}(?:\/.{0,4096})?$/,
    alsoPossible: ["shared-cache-modes", "acl-denied"],
    example: "  cause: failed to rename file from /srv/uv/.tmpAb12Cd to /srv/uv/archive-v0/dXLQFFhCpGZeAGKz: Permission denied (os error 13)",
  },
  {
    // hatch, pdm and virtualenv keep what they can make again in the data directory.
    errno: ["EACCES"], rank: 78,
    path: /^(?<root>.{0,4096}?(?:(?:^|\/)\.local\/(?:share|state)|\/Library\/Application Support)\/(?:hatch|pdm|virtualenv))(?:\/|$)/,
    alsoPossible: ["tool-dir-not-writable"],
    example: "PermissionError: [Errno 13] Permission denied: '/home/ada/.local/share/hatch/env'",
  },
  {
    // Places that a setting named, by the tool's own layout below them.
    errno: ["EACCES"], rank: 77,
    path: /^(?<root>.{1,4096}\/(?:artifacts(?=\/[0-9a-f]{2}\/[0-9a-f]{2}(?:\/|$))|cache\/repositories(?=\/[^/]{1,200}(?:\/|$))|py_info\/\d{1,3}(?=\/[0-9a-f]{32,64}\.)|wheel\/\d\.\d{1,2}\/(?:image|embed)(?=\/\d)))/,
    example: "[Errno 13] Permission denied: '/srv/poetry/artifacts/3b/4f/9c/71a3e24e2ec22c1bf6a0dd8a4c5f9cb1a6f1f27b6ab6b1f1dba8b2a5c1/six-1.16.0-py2.py3-none-any.whl'",
  },
  {
    // pdm before 2.11 goes on without its directories and trips over a file that it could not write.
    errno: ["ENOENT"], rank: 78,
    path: /^(?<root>.{1,4096}\/pdm\/(?:metadata(?=\/package_meta_)|hashes|http))(?:\/|$)/,
    example: "[FileNotFoundError]: [Errno 2] No such file or directory: '/home/ada/.cache/pdm/metadata/package_meta_3ab2de72fd2414a200597c8f25aa7a4479ad1e3a.json'",
  },
  {
    // CacheControl writes while it reads the answer, so the cache's refusal looks like the network's (poetry, older pips).
    errno: ["EACCES"], rank: 60,
    line: /Connection broken: PermissionError\(/,
    example: "(\"Connection broken: PermissionError(13, 'Permission denied')\", PermissionError(13, 'Permission denied'))",
  },
];

export const messages: ProblemMessages = {
  messages: [
    {
      // CacheControl's lock files in poetry ≤ 1.1, without an errno.
      id: "poetry-lock", tool: "poetry", trigger: "failed to create /",
      pattern: /^\W{0,8}failed to create (?<path>(?<root>\/.{1,2048}?\/pypoetry)\/.{0,2048}?_http\/.{1,2048})/,
      alsoPossible: ["disk-full", "read-only-filesystem"],
      example: "  LockFailed\n\n  failed to create /home/ada/.cache/pypoetry/cache/repositories/pypi/_http/2/3/2/5/7/25a703cfdb14-dbb50740.82384136",
    },
    {
      // pdm's cache is a database; SQLite names no path.
      id: "pdm-database-open", tool: "pdm", trigger: "unable to open database file",
      pattern: /\[OperationalError\]: unable to open database file/,
      alsoPossible: ["disk-full", "read-only-filesystem"],
      example: "[OperationalError]: unable to open database file",
    },
    {
      id: "pdm-database-readonly", tool: "pdm", trigger: "attempt to write a readonly database",
      pattern: /\[OperationalError\]: attempt to write a readonly database/,
      alsoPossible: ["read-only-filesystem"],
      example: "[OperationalError]: attempt to write a readonly database",
    },
    {
      // The same with a traceback (-v), and in the log file.
      id: "pdm-database-trace", tool: "pdm", trigger: "sqlite3.OperationalError: ",
      pattern: /sqlite3\.OperationalError: (?:unable to open database file|attempt to write a readonly database)/,
      context: /\bhishel\b|\bpdm\b|http-cache\.db/,
      alsoPossible: ["disk-full", "read-only-filesystem"],
      example: '  File "/home/ada/.local/share/pdm/venv/lib/python3.12/site-packages/hishel/_sync/_storages.py", line 251, in _setup\nsqlite3.OperationalError: unable to open database file',
    },
  ],
  claims,
};
