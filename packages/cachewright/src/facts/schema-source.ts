import * as z from "zod/mini";

/** Where a fact comes from: a path (with a line), a variable, or the call that answered. */
export const source = z.object({
  path: z.optional(z.string()),
  line: z.optional(z.number()),
  env: z.optional(z.string()),
  call: z.optional(z.string()),
});
