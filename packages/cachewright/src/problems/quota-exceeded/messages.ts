import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      id: "kernel-over-quota", tool: "unknown", trigger: "quota exceeded", pattern: /(?:write failed|warning), (?:user|group|project) (?:disk|block|file) (?:quota exceeded|limit reached)/,
      weight: "notice", example: "home: write failed, user disk quota exceeded too long.",
    },
  ],
  claims: [
    {
      errno: ["EDQUOT"], rank: 100, alsoPossible: ["disk-full"],
      example: "OSError: [Errno 122] Disk quota exceeded: '/home/ada/.cache/pip/http-v2/a/b/c/d/e/abcde'",
    },
  ],
};
