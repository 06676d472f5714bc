import type { ProblemMessages } from "../message.ts";

/** pip never speaks of what it leaves behind. Only facts show it. */
export const messages: ProblemMessages = { messages: [] };
