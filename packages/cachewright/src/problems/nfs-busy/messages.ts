import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [],
  claims: [
    {
      errno: ["EBUSY", "errno 39", "ENOENT"], rank: 90, path: /(?:^|\/)\.nfs[0-9a-f]{8,40}$/,
      example: "ERROR: Could not install packages due to an OSError: [Errno 16] Device or resource busy: '.nfs0000000007045c6f0000016b'",
    },
  ],
};
