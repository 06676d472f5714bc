import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [],
  claims: [
    {
      // The error of a full disk; only `df -i` in the same log tells the two apart.
      errno: ["ENOSPC"], rank: 105, context: /\bI(?:Use|use|Used)%[^\n]*(?:\n[^\n]*){0,8}?\b(?:99|100)%/,
      alsoPossible: ["disk-full"],
      example: "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n$ df -i /home\nFilesystem      Inodes   IUsed   IFree IUse% Mounted on\n/dev/sdb1      6553600 6553600       0  100% /home",
    },
  ],
};
