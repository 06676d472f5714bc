import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // commands/common.py, `warn_if_not_on_path`, wrapped to the terminal: "on your PATH environment" / "    variable".
      id: "not-on-path", tool: "pipx", weight: "notice",
      trigger: ["is not on your PATH environment", "is not on your PATH"], pattern: /['"](?<path>[^'"\n]{1,4096})['"] is not on your PATH(?! \. To use| environment variable yet)/,
      notContext: /is not on your PATH\. To use installed tools/,
      example: "⚠️  Note: '/home/ada/.local/bin' is not on your PATH environment variable. These apps will not be globally accessible until your PATH is updated.",
    },
    {
      id: "not-added", tool: "pipx", weight: "notice", trigger: "is not added to the PATH environment", pattern: /^\W{0,8}(?<path>\/[^\n]{1,4096}?) is not added to the PATH environment/,
      example: "/home/ada/.local/bin is not added to the PATH environment variable successfully. You may need to add it to PATH manually.",
    },
  ],
};
