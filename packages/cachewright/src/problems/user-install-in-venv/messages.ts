import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // commands/install.py, `decide_user_install`; before 20.0 in `run`. Never worded otherwise.
      id: "not-visible", tool: "pip",
      trigger: ["Can not perform a '--user'", "not visible in this virtualenv"],
      pattern: /Can not perform a '--user' install\. User site-packages are not visible in this virtualenv/,
      example: "ERROR: Can not perform a '--user' install. User site-packages are not visible in this virtualenv.",
    },
    {
      id: "disabled-25.3", tool: "pip", since: "25.3",
      trigger: ["Can not perform a '--user'", "are disabled for this Python"],
      pattern: /Can not perform a '--user' install\. User site-packages are disabled for this Python/,
      example: "ERROR: Can not perform a '--user' install. User site-packages are disabled for this Python.",
    },
  ],
};
