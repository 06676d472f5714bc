import type { Call } from "./command.ts";

export async function changeConfig(_call: Call, _verb: "set" | "unset" | "add" | "remove", _words: readonly string[]): Promise<number> {
  return 2;
}
