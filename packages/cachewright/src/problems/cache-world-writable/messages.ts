import type { ProblemMessages } from "../message.ts";

/** No tool notices: a cache that others can write to works. Only facts show it. */
export const messages: ProblemMessages = { messages: [] };
