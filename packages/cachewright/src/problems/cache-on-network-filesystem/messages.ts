import type { ProblemMessages } from "../message.ts";

/** pip does not know what its cache lies on. What such file systems refuse (locks, `.nfs` files) are problems of their own. */
export const messages: ProblemMessages = { messages: [] };
