/** pip says nothing about settings it does not know: an unknown key or section is passed over. */
import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = { messages: [] };
