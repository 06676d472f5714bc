import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      id: "uv-lock-timeout", tool: "uv", since: "0.9.16", trigger: "when waiting for lock on", rank: 2,
      pattern: /Timeout \(\d{1,6}s\) when waiting for lock on `[^`\n]{1,4096}` at `(?<path>[^`\n]{1,4096})`/,
      example: "error: Timeout (300s) when waiting for lock on `/home/ada/.cache/uv` at `/home/ada/.cache/uv/.lock`, is another uv process running? You can set `UV_LOCK_TIMEOUT` to increase the timeout.",
    },
    {
      id: "uv-waiting", tool: "uv", trigger: ["Waiting to acquire ", "aiting for lock on "],
      pattern: /[Ww]aiting (?:to acquire (?:\w{1,12} )?lock for|for lock on) `[^`\n]{1,4096}` at `(?<path>[^`\n]{1,4096})`/,
      example: "INFO Waiting to acquire lock for `/home/ada/.cache/uv` at `.cache/uv/.lock`",
    },
    {
      id: "uv-cache-in-use", tool: "uv", since: "0.8.19", trigger: "Cache is currently in-use", pattern: /Cache is currently in-use, waiting for other uv processes/,
      // A lock that may not be opened is called "in use" as well, before the real error.
      notContext: /Permission denied|Operation not permitted|Read-only file system/,
      example: "Cache is currently in-use, waiting for other uv processes to finish (use `--force` to override)",
    },
    {
      // filelock: virtualenv, pipx, tox, hatch.
      id: "filelock-timeout", tool: "virtualenv", trigger: "could not be acquired", pattern: /The file lock '(?<path>[^'\n]{1,4096})' could not be acquired/,
      example: "filelock._error.Timeout: The file lock '/home/ada/.local/share/pipx/venvs/.black.lock' could not be acquired.",
    },
    {
      id: "cargo-style-waiting", tool: "rattler", trigger: "waiting for file lock on", pattern: /[Bb]locking waiting for file lock on/, weight: "notice",
      example: "    Blocking waiting for file lock on package cache",
    },
    {
      id: "mamba-waiting", tool: "mamba", trigger: ["other mamba process to finish", "Could not set lock (Resource"], pattern: /Waiting for other mamba process to finish|Could not set lock \(Resource temporarily unavailable\)/,
      consequenceOf: ["conda-lock", "file-lock-unsupported"],
      example: "warning  libmamba Waiting for other mamba process to finish",
    },
  ],
  claims: [
    {
      // EAGAIN, of Linux and of macOS, for a lock that was asked for without waiting.
      errno: ["errno 11", "errno 35"], rank: 60, context: /\b(?:f?lock(?:f|s|ed|ing)?|LOCK_EX|LOCK_NB)\b|\.lock\b/,
      example: "BlockingIOError: [Errno 11] Resource temporarily unavailable: '/home/ada/.cache/pre-commit/.lock'",
    },
  ],
};
