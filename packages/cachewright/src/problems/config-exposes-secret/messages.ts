/** pip says nothing about who can read its settings. */
import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = { messages: [] };
