import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [],
  claims: [
    {
      errno: ["ENAMETOOLONG"], rank: 95,
      example: "ERROR: Could not install packages due to an OSError: [Errno 36] File name too long: '/home/ada/env/lib/python3.12/site-packages/demo/data_files/a_name_of_more_than_143_bytes'",
    },
  ],
};
