import type { ProblemMessages } from "../message.ts";

/** pip's words are those of cache-not-owned, also without sudo; that page names this one as possible. Only facts decide. */
export const messages: ProblemMessages = { messages: [] };
