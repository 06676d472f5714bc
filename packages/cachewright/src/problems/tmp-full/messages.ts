import type { ProblemMessages } from "../message.ts";

/** An ENOSPC in any tool's words. */
const noSpace = /No space left on device|ENOSPC|\[Errno 28\]|os error 28/;

export const messages: ProblemMessages = {
  messages: [
    {
      // A line of df in the same log: /tmp is full, or is the emergency one that Debian mounts when the disk was full at start ("overflow").
      id: "df-tmp", tool: "df", rank: 1, trigger: "% /tmp",
      pattern: /^(?:overflow\s.{0,120}\d{1,3}|\S.{0,200}\s(?:9[89]|100))%\s+(?<path>\/tmp)$/,
      context: noSpace,
      alsoPossible: ["disk-full"],
      example: "Errno::ENOSPC: No space left on device - sendfile\noverflow        1.0M     0  1.0M   0% /tmp",
    },
  ],
  claims: [
    {
      errno: ["ENOSPC"], rank: 110,
      context: /^(?:overflow\s.{0,120}\d{1,3}|\S.{0,200}\s(?:9[89]|100))%\s+\/(?:var\/|private\/)?tmp$/m,
      alsoPossible: ["disk-full"],
      example: "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n\n$ df -h\ntmpfs           512M  512M     0 100% /var/tmp",
    },
  ],
};
