/** One of several that want the same lock: enters and leaves often, and now and then dies inside. Writes what it does to one common file. */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../src/machine/app-error.ts";
import { takeRunLock } from "../../src/machine/run-lock.ts";

const [dir = "", name = "", times = "0"] = process.argv.slice(2);
const note = (what: string) => appendFileSync(join(dir, "events"), `${what} ${name}\n`);

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

for (let entered = 0; entered < Number(times);) {
  try {
    const lock = takeRunLock(dir);
    note("in");
    pause(2);
    entered += 1;
    note("out");
    if (entered === Number(times)) process.kill(process.pid, "SIGKILL");
    lock.release();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  pause(1);
}
