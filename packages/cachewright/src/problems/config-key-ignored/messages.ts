/** pip says nothing about settings it does not know: an unknown key or section is passed over. uv goes on without the whole table, and says so in a warning (uv-settings lib.rs, 0.4.30 to 0.13.9). */
import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      id: "uv-table", tool: "uv", weight: "notice", trigger: "during settings discovery",
      pattern: /Failed to parse `(?<path>[^`\n]{1,4096})` during settings discovery/,
      example: "warning: Failed to parse `pyproject.toml` during settings discovery:\n  TOML parse error at line 7, column 1\n    |\n  7 | colour = \"blue\"\n    | ^^^^^^\n  unknown field `colour`",
    },
  ],
};
