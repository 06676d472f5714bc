import type { ProblemMessages } from "../message.ts";

/** `shutil.move` tries a rename first; that it crosses devices is no failure, what comes after may be one. */
const onlyTried = /os\.rename\(src, real_dst\)/;

export const messages: ProblemMessages = {
  messages: [
    {
      // Tools of a shell print no number.
      id: "strerror-alone", tool: "unknown", trigger: "cross-device link", notContext: onlyTried,
      pattern: /^(?:ln|mv|cp|install|rename|link): .{0,4096}?['"](?<path>[^'"\n]{1,4096})['"]: [Ii]nvalid cross-device link/,
      example: "ln: failed to create hard link '/home/ada/env/six.py' => '/srv/cache/six.py': Invalid cross-device link",
    },
  ],
  claims: [
    {
      errno: ["EXDEV", "WinError 17"], rank: 90, notContext: onlyTried,
      example: "  Caused by: failed to rename file from /srv/uv-cache/.tmpq1 to /srv/uv-cache/archive-v0/x: Invalid cross-device link (os error 18)",
    },
  ],
};
