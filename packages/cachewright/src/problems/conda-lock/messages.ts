import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      id: "lock-error", tool: "conda", since: "23.3", trigger: "LockError: Failed to ", pattern: /LockError: Failed to (?:acquire|release) lock/,
      alsoPossible: ["file-lock-unsupported"],
      example: "LockError: Failed to acquire lock.",
    },
    {
      id: "lock-file", tool: "conda", until: "4.2", trigger: "It looks like conda is already doing something",
      pattern: /It looks like conda is already doing something\./,
      context: /already doing something\.(?:\s{1,6}The lock(?:file)? (?:\[')?(?<path>[^\s'\]]{1,4096})(?:'\])? was found)?/,
      alsoPossible: ["conda-env-not-writable"],
      example: "Error: It looks like conda is already doing something.  The lockfile /opt/conda/.conda_lock was found. Wait for it to finish before continuing.",
    },
    {
      id: "no-lock-made", tool: "conda", until: "4.2", trigger: "Failed to create lock, do not run conda in parallel", rank: 1,
      pattern: /Failed to create lock, do not run conda in parallel/,
      alsoPossible: ["conda-not-writable-file"],
      example: "WARNING conda.lock:touch(53): Failed to create lock, do not run conda in parallel processes [errno 13]",
    },
    {
      id: "mamba-waiting", tool: "mamba", since: "1.0", trigger: "Could not set lock",
      pattern: /Could not set lock(?! \((?:Input\/output error|No locks available|Function not implemented|Operation not supported))/,
      context: /Could not set lock(?:[^\n]{0,120}\n[^\n]{0,60}?Cannot lock '(?<path>[^'\n]{1,4096})')?/,
      alsoPossible: ["file-lock-unsupported"],
      example: "error    libmamba Could not set lock (Resource temporarily unavailable)",
    },
    {
      // Without the line before, as mamba 1 has it.
      id: "mamba-cannot-lock", tool: "mamba", trigger: "Cannot lock '", rank: 1,
      pattern: /Cannot lock '(?<path>[^'\n]{1,4096})'/, notContext: /Could not set lock/,
      example: "warning  Cannot lock '/opt/conda/pkgs/cache'\n    Waiting for other mamba process to finish",
    },
    {
      id: "mamba-gave-up", tool: "mamba", since: "1.0", trigger: "LockFile can't be set at",
      pattern: /LockFile can't be set at '(?<path>[^'\n]{1,4096})'/,
      alsoPossible: ["file-lock-unsupported"],
      example: "error    libmamba LockFile can't be set at '/home/ada/micromamba/pkgs'",
    },
    {
      id: "rattler-waiting", tool: "rattler", trigger: "for global file lock on package cache", weight: "notice",
      pattern: /Blocking waiting for global file lock on package cache/,
      example: " WARN Blocking waiting for global file lock on package cache",
    },
  ],
};
