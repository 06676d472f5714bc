import type { ProblemMessages } from "../message.ts";

/** pip does not look back at the place it used before. Only facts show it. */
export const messages: ProblemMessages = { messages: [] };
