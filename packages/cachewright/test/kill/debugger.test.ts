import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundled } from "./run-victim.ts";

let script: { script: string; remove(): void };
beforeAll(async () => {
  script = await bundled("signalled.ts");
});
afterAll(() => script.remove());

/** What a process says when it gets the signal that opens Node's debugger. */
async function saidAtSignal(how: string): Promise<string> {
  const child = spawn(process.execPath, [script.script, how], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => (said += String(chunk)));
  await once(child.stdout, "data");
  child.kill("SIGUSR1");
  await once(child, "exit");
  return said;
}

describe.skipIf(process.platform === "win32")("a process that became a user", () => {
  it("opens no debugger through which that user could answer root in its name", async () => {
    expect(await saidAtSignal("open")).toContain("Debugger listening");
    expect(await saidAtSignal("closed")).toBe("");
  });
});
