/** uv never says that it took a path literally; it names one that nobody can have meant. */
import type { ErrorClaim, ProblemMessages } from "../message.ts";

const claims: readonly ErrorClaim[] = [
  {
    // A `~` or a `$NAME` in the middle of a path that is uv's by its words.
    errno: ["EACCES", "ENOENT", "EROFS", "ENOSPC"], rank: 101,
    path: /^(?<root>.{0,4000}?\/(?<value>~[\w.-]{0,64}|\$\{?\w{1,64}\}?))(?:\/.{0,4096})?$/,
    context: /Failed to initialize cache at|Could not acquire lock|\(os error \d+\)/,
    line: /failed to (?:create directory|open file|create file|write to file)/,
    example: "error: failed to create directory `/srv/app/$HOME/uv-cache`: Permission denied (os error 13)",
  },
];

export const messages: ProblemMessages = {
  messages: [
    {
      id: "literal-cache", tool: "uv", trigger: ["Failed to initialize cache at `$", "Failed to initialize cache at `~", "Clearing cache at: $", "Pruning cache at: $", "No cache found at: $"],
      pattern: /(?:Failed to initialize cache at `|(?:Clearing|Pruning) cache at: |No cache found at: )(?<path>(?<value>~[\w.-]{0,64}|\$\{?\w{1,64}\}?)\/[^`\n]{0,4096})/,
      // A log whose writer put `~` for the home says the same.
      notContext: /(?:failed to|IO error for operation on)[^\n]{0,40}[ `]~\//,
      rank: 1,
      example: "error: Failed to initialize cache at `$HOME/uv-cache`",
    },
    {
      id: "empty-path", tool: "uv", trigger: "cannot make an empty path absolute", pattern: /cannot make an empty path absolute/,
      example: "error: cannot make an empty path absolute",
    },
  ],
  claims,
};
