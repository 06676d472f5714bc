/** The kernel's word is the same as for the file itself (EACCES), and no tool says which directory it was: only facts show it. */
import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = { messages: [] };
