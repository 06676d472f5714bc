/** pip says nothing about which of two settings it follows. */
import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = { messages: [] };
