/**
 * pip makes `wheels/aa/bb/cc/<50 hex>` (cache.py) and, from 25.3 on, builds in `tmp…` inside it. The parts are
 * recognised by their shape, whatever the cache is called; pipenv keeps the same tree.
 */
import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [],
  claims: [
    {
      errno: ["EACCES"], rank: 90,
      path: /^(?<root>.{0,4096}\/wheels)\/[0-9a-f]{2}(?:\/[0-9a-f]{2}(?:\/[0-9a-f]{2}(?:\/[0-9a-f]{50}(?:\/.{0,4096})?)?)?|\/[0-9a-f]{2}\/[0-9a-f]{1,49})?$/,
      alsoPossible: ["acl-denied", "shared-cache-modes"],
      example: "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/home/ada/.cache/pip/wheels/b4/c9/0c/aceb526e1f9d0f0d34a2bd42b2ba2a6b7a1f3b9e4b7a5a0f11/tmp3k2l1m0n'\nConsider using the `--user` option or check the permissions.",
    },
    {
      errno: ["EACCES"], rank: 89,
      path: /^(?<root>.{0,4096}\/(?:\.cache|Caches)\/(?:pip|pipenv)\/wheels)(?:\/.{0,4096})?$/,
      alsoPossible: ["acl-denied", "shared-cache-modes"],
      example: "  WARNING: Building wheel for demo failed: [Errno 13] Keine Berechtigung: '/home/ada/.cache/pip/wheels'",
    },
    {
      // wheel_builder.py: this wording is only ever used for the cache directory.
      errno: ["EACCES"], rank: 88,
      line: /Building (?:wheel|editable) for .{1,200}? failed: /,
      path: /^(?<root>.{1,4096}\/wheels)(?:\/.{0,4096})?$/,
      alsoPossible: ["acl-denied", "shared-cache-modes"],
      notPath: /\/pip-(?:wheel|install|ephem|build|req)[^/]*\//,
      example: "  WARNING: Building wheel for demo failed: [Errno 13] Permission denied: '/srv/cache of ada/wheels'",
    },
  ],
};
