import type { Facts } from "../facts/facts.ts";
import { AppError } from "../machine/app-error.ts";
import type { Terminal } from "../machine/terminal.ts";

/** Facts of a machine are some hundred kilobytes; what goes on for ever is none. */
const mostBytes = 64 << 20;

/** Facts that were saved, of this machine or another. */
export async function factsFromFile(path: string, terminal: Terminal): Promise<Facts> {
  // A chunk is only good until the next one, so each is copied.
  const chunks: Buffer[] = [];
  let length = 0;
  for (const chunk of terminal.chunks(path)) {
    length += chunk.length;
    if (length > mostBytes) throw new AppError("E_FACTS", `${path} is longer than any saved facts`, { hint: "save them: cachewright doctor --save-facts FILE" });
    chunks.push(Buffer.from(chunk));
  }
  return (await import("../facts/snapshot.ts")).loadFacts(Buffer.concat(chunks).toString("utf8"));
}
