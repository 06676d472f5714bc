/** `npm start [-- arguments]`: makes the checkout ready, then runs the command on this machine. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { asScript, ensureReady, packageDir } from "./bootstrap.mjs";

await asScript(async () => {
  await ensureReady();
  const command = join(packageDir, "bin/cachewright.cjs");
  const given = process.argv.slice(2);
  // In this very process: a second node would cost more than the whole diagnosis.
  process.argv = [process.execPath, command, ...(given.length > 0 ? given : ["doctor"])];
  await import(pathToFileURL(command).href);
});
