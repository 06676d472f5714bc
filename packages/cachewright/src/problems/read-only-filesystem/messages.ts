import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [],
  claims: [
    {
      errno: ["EROFS"], rank: 100,
      example: "ERROR: Could not install packages due to an OSError: [Errno 30] 読み込み専用ファイルシステムです: '/srv/proj/venv/lib/python3.11/site-packages/demo'",
    },
  ],
};
