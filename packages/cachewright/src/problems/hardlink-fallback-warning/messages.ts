import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      id: "uv-full-copy", tool: "uv", weight: "notice", trigger: "falling back to full copy", pattern: /Failed to (?:hardlink|symlink|clone|reflink) files; falling back to full copy/,
      alsoPossible: ["link-not-permitted"], consequenceOf: ["link-not-permitted"],
      example: "warning: Failed to hardlink files; falling back to full copy. This may lead to degraded performance.",
    },
  ],
};
