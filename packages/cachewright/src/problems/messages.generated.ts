// Written by scripts/generate.mjs from the problem folders. Do not edit: npm run generate.
import type { ProblemMessages } from "./message.ts";

export const allMessages: readonly { readonly problem: string; readonly messages: ProblemMessages }[] = [];
