import { rulebook } from "./rulebook.ts";

/** Without any of these a text speaks of no problem of ours. scripts/generate.mjs keeps them in a list that is quick to load. */
export function allTellingLiterals(): string[] {
  const { triggers, rulesFor } = rulebook();
  return triggers.filter((trigger) => rulesFor(trigger).some(({ kind }) => kind === "message" || kind === "error")).sort();
}
