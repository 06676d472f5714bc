import type { ProblemMessages } from "../message.ts";

/** EPERM has other reasons as well: links and modes a file system does not know, system protection, sandboxes. */
const otherReasons = /hard ?link|symlink|copystat|copymode|utime|chmod|chown|setxattr|System Integrity|\/System\/|Errno 1\] [^\n]{0,60}\/Users\//i;

export const messages: ProblemMessages = {
  messages: [],
  claims: [
    {
      errno: ["EPERM"], rank: 50,
      path: /^(?<root>(?:\/[^/\n]{1,255}){0,20}\/(?:\.cache|[\w.-]*cache[\w.-]*))(?:\/|$)/i,
      notPath: /^\/(?:Users|System|Volumes|mnt|media|run\/media)\//, notContext: otherReasons,
      alsoPossible: ["link-not-permitted"],
      example: "error: failed to open file `/home/ada/.cache/uv/sdists-v10/.git`: Operation not permitted (os error 1)",
    },
    {
      // What an install writes, where nothing else of Linux says EPERM. A program in bin/ may lie on a file system without modes.
      errno: ["EPERM"], rank: 44,
      path: /^(?<root>\/(?:[^/\n]{1,255}\/){0,40}?lib(?:64)?\/python\d(?:\.\d{1,2})?t?\/(?:site|dist)-packages)(?:\/|$)/,
      notPath: /^\/(?:Users|System|Library|Volumes|mnt|media|run\/media)\//, notContext: otherReasons,
      alsoPossible: ["link-not-permitted"],
      example: "ERROR: Could not install packages due to an OSError: [Errno 1] Die Operation ist nicht erlaubt: '/home/ada/env/lib/python3.11/site-packages/six.py'",
    },
    {
      // uv draws its chain of causes over several lines; the path stands in one of those before.
      errno: ["EPERM"], rank: 45, line: /^\W{0,8}Operation not permitted \(os error 1\)$/,
      context: /(?:failed to (?:rename|open|create|persist|remove)[^\n]{0,200}\n?[^\n]{0,400}\n?[^\n]{0,400}cache)|distribution cache/i, notContext: otherReasons,
      alsoPossible: ["link-not-permitted"],
      example: "  ├─▶ Failed to read from the distribution cache\n  ╰─▶ failed to rename file from\n      /srv/uv-cache/.tmpEtlXAB to\n      /srv/uv-cache/archive-v0/O5rAyhJqnftvD_eL3tCFa:\n      Operation not permitted (os error 1)",
    },
  ],
};
