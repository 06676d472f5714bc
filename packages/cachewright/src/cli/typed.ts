/** What turns typed words into a call: loaded together. */
export { commandFor, commands, firstWords, groups } from "./commands.ts";
export { asksForHelp, parseCall } from "./parse-call.ts";
