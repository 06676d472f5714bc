import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/**
 * The clinic runs real pips, so a machine with two cores gets two files at once and never two cases of one file.
 * There are no time limits: a hanging tool is ended by `run` in room.ts, which says so.
 */
export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["clinic/{cases,caches}/**/*.clinic.ts"],
    globalSetup: ["clinic/equip.ts"],
    setupFiles: ["test/readers-loaded.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 0,
    hookTimeout: 0,
    teardownTimeout: 60_000,
  },
});
