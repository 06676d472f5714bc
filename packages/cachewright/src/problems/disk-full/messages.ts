import type { ProblemMessages } from "../message.ts";

/** Signs in the same log that only /tmp, the inodes, or no disk at all ran out (inotify, semaphores). */
const somethingElse = /\b100%\s+\/tmp\b|\boverflow\b[^\n]{0,120}\/tmp\b|\bIUse%[^\n]*(?:\n[^\n]*){0,8}?\b100%|file watchers|inotify|SemLock|\/dev\/shm\/sem\./;

export const messages: ProblemMessages = {
  messages: [
    {
      id: "conda-no-space-left", tool: "conda", trigger: "NoSpaceLeftError", pattern: /NoSpaceLeftError: No space left on devices?/,
      alsoPossible: ["inode-exhausted"],
      example: "NoSpaceLeftError: No space left on devices.",
    },
    {
      id: "sqlite-full", tool: "pdm", trigger: "database or disk is full", pattern: /database or disk is full/,
      alsoPossible: ["quota-exceeded", "tmp-full"],
      example: "[OperationalError]: database or disk is full",
    },
  ],
  claims: [
    {
      errno: ["ENOSPC"], rank: 100, notContext: somethingElse,
      alsoPossible: ["tmp-full", "inode-exhausted"],
      example: "  WARNING: Building wheel for demo failed: [Errno 28] Auf dem Gerät ist kein Speicherplatz mehr verfügbar: '/tmp/pip-wheel-7ghbkaxh/demo-2.0-py3-none-any.whl' -> '/srv/cache/pip/wheels/8b/df/bc/8af203bf20e8408641049ae6d1fd41309f049aec0f0b1a2c3d/demo-2.0-py3-none-any.whl'",
    },
  ],
};
