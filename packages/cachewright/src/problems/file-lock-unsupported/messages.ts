import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      id: "mamba-could-not-set-lock", tool: "mamba", trigger: "Could not set lock",
      pattern: /Could not set lock \((?:Input\/output error|No locks available|Function not implemented|Operation not supported|Stale file handle)/,
      example: "error    Could not set lock (Input/output error)",
    },
    {
      // Without the option it hangs, with it the same command goes on: the thread shows both.
      id: "conda-only-without-locks", tool: "conda", trigger: " --no-lock",
      pattern: /\b(?:conda|mamba|micromamba) {1,4}(?:create|install|update|env)\b.{0,300} --no-lock\b/,
      alsoPossible: ["conda-lock"],
      example: "# conda  create --no-lock -n test",
    },
  ],
  claims: [
    { errno: ["ENOLCK"], rank: 90, example: "OSError: [Errno 37] No locks available: '/net/home/ada/.cache/uv/.lock'" },
    {
      errno: ["errno 38", "EOPNOTSUPP", "errno 45"], rank: 60, context: /\b(?:f?lock(?:f|s|ed|ing)?|LOCK_EX|\.lock)\b/, notContext: /hard ?link|os\.link|reflink|clone/i,
      example: "error: Could not acquire lock for `/mnt/share/.cache/uv`\n  cause: Function not implemented (os error 38)",
    },
  ],
};
