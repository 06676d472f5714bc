/** A process as root starts it for somebody, just after it became them, waiting to be spoken to. */
import { closeDebugger } from "../../src/machine/user-child.ts";

if (process.argv[2] === "closed") closeDebugger();
process.stdout.write("ready\n");
setTimeout(() => process.exit(0), 2_000);
