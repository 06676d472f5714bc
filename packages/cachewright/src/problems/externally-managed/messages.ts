import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // pip 23.0 to today, exceptions.py: ExternallyManagedEnvironment.
      id: "pip-23.0", tool: "pip", since: "23.0", trigger: "externally-managed-environment",
      pattern: /\berror: externally-managed-environment/,
      example: "error: externally-managed-environment\n\n× This environment is externally managed\n╰─> To install Python packages system-wide, try apt install\n    python3-xyz, where xyz is the package you are trying to\n    install.",
    },
    {
      id: "pip-23.0-body", tool: "pip", since: "23.0", trigger: "environment is externally managed",
      pattern: /This environment is externally managed/,
      example: "× This environment is externally managed",
    },
    {
      // The text pip puts in when the distribution wrote none.
      id: "pip-23.0-default-text", tool: "pip", since: "23.0", trigger: "is managed externally",
      pattern: /The Python environment under (?<path>.{1,4096}?) is managed externally/,
      example: "╰─> The Python environment under /opt/python is managed externally, and may not be",
    },
    {
      id: "uv", tool: "uv", trigger: ["is externally managed", "The interpreter at "],
      pattern: /The interpreter at `?(?<path>[^`\n]{1,4096}?)`? is externally managed/,
      example: "error: The interpreter at /usr is externally managed, and indicates the following:",
    },
  ],
};
