import type { Facts } from "../facts/facts.ts";
import type { Terminal } from "../machine/terminal.ts";

/** Facts that were saved, of this machine or another. */
export async function factsFromFile(path: string, terminal: Terminal): Promise<Facts> {
  // A chunk is only good until the next one, so each is copied.
  const bytes = Buffer.concat([...terminal.chunks(path)].map((chunk) => Buffer.from(chunk)));
  return (await import("../facts/snapshot.ts")).loadFacts(bytes.toString("utf8"));
}
