import type { ProblemMessages } from "../message.ts";

/** pip says what it says of any refusal; only the machine tells this cause from the others. */
export const messages: ProblemMessages = { messages: [] };
