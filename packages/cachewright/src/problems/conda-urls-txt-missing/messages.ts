import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      id: "no-records", tool: "conda", trigger: ["No package cache records found", "Missing package cache records for"],
      pattern: /No package cache records found|Missing package cache records for: /,
      example: "SpecNotFoundInPackageCache: No package cache records found",
    },
  ],
};
