import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // commands/install.py, `decide_user_install`, 20.0 to today; a note of a run that goes on.
      id: "defaulting-20.0", tool: "pip", since: "20.0", weight: "notice",
      trigger: ["Defaulting to user installation", "normal site-packages is not"],
      pattern: /Defaulting to user installation because normal site-packages is not writeable/,
      consequenceOf: ["user-site-not-writable", "venv-not-writable"],
      example: "Defaulting to user installation because normal site-packages is not writeable",
    },
  ],
};
