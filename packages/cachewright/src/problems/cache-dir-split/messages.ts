import type { ProblemMessages } from "../message.ts";

/** No tool notices: `pip cache` tells of an empty cache and is content. Only facts show it. */
export const messages: ProblemMessages = { messages: [] };
