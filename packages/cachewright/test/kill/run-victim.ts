import { execFile, type ExecFileException } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import type { Order } from "./victim.ts";

/** Bundled, because Node 20 does not read TypeScript. */
export async function bundled(source: string): Promise<{ script: string; remove(): void }> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "bundled-")));
  const script = join(dir, "bundle.mjs");
  const bundle = await rolldown({ input: join(import.meta.dirname, source), platform: "node" });
  await bundle.write({ file: script, format: "esm" });
  await bundle.close();
  return { script, remove: () => rmSync(dir, { recursive: true }) };
}

/** True when it was killed at the checkpoint, false when it had got through before. Anything else is a defect of the test. */
export async function killedAt(script: string, order: Order): Promise<boolean> {
  const done = await promisify(execFile)(process.execPath, [script, JSON.stringify(order)]).catch((error: ExecFileException) => error);
  if ("signal" in done && done.signal === "SIGKILL") return true;
  if (!("code" in done) && Number(done.stdout) < order.at) return false;
  throw new Error("the victim died of something else", { cause: done });
}
