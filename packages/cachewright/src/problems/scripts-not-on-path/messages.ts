import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // operations/install/wheel.py, `message_about_scripts_not_on_PATH`, 10.0 to today; a remark after an install that worked.
      id: "pip-10.0", tool: "pip", since: "10.0", weight: "notice",
      trigger: ["which is not on PATH", "installed in '"],
      pattern: /The scripts? .{1,4000}? (?:is|are) installed in ['"](?<path>[^'"\n]{1,4096})['"] which is not on PATH/,
      example: "  WARNING: The script flask is installed in '/home/ada/.local/bin' which is not on PATH.\n  Consider adding this directory to PATH or, if you prefer to suppress this warning, use --no-warn-script-location.",
    },
    {
      id: "uv", tool: "uv", weight: "notice",
      trigger: "is not on your PATH. To use", pattern: /`(?<path>[^`\n]{1,4096})` is not on your PATH\. To use installed tools/,
      example: 'warning: `/home/ada/.local/bin` is not on your PATH. To use installed tools, run `export PATH="/home/ada/.local/bin:$PATH"` or `uv tool update-shell`.',
    },
  ],
};
