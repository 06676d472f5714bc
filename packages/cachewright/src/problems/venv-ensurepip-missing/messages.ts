import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // Debian's patch to Lib/venv, 3.4 to today.
      id: "debian", tool: "venv",
      trigger: ["was not created successfully because ensurepip", "environment was not created successfully", "you need to install the python3-venv"],
      pattern: /virtual environment was not created successfully because ensurepip is not/,
      example: "The virtual environment was not created successfully because ensurepip is not\navailable.  On Debian/Ubuntu systems, you need to install the python3-venv\npackage using the following command.\n\n    apt install python3.12-venv",
    },
    {
      id: "no-module", tool: "venv", trigger: "No module named ensurepip", pattern: /: No module named ensurepip\b/,
      example: "/usr/bin/python3: No module named ensurepip",
    },
    {
      id: "no-module-quoted", tool: "venv", trigger: "No module named 'ensurepip'", pattern: /ModuleNotFoundError: No module named 'ensurepip'/,
      example: "ModuleNotFoundError: No module named 'ensurepip'",
    },
    {
      id: "debian-disabled", tool: "venv", trigger: "ensurepip is disabled in Debian/Ubuntu",
      pattern: /ensurepip is disabled in Debian\/Ubuntu for the system python/,
      example: "ensurepip is disabled in Debian/Ubuntu for the system python.",
    },
  ],
};
