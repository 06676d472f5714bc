import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Tests say which settings they mean; what this machine's user has set must not reach them. */
for (const name of Object.keys(process.env)) {
  if (/^(?:PIP_|CACHEWRIGHT_(?!FUZZ_|CHROMIUM$|LINT_CORPUS$)|XDG_|PYTHON|VIRTUAL_ENV|CONDA_|UV_|PYENV_|SUDO_)|^(?:TMPDIR|NO_COLOR|FORCE_COLOR)$/.test(name) && name !== "PYENV_ROOT") {
    delete process.env[name];
  }
}

/** Tests that start processes, change their own identity or race: each file in a process of its own. */
const apart = ["test/races/**/*.test.ts", "test/kill/**/*.test.ts", "test/package/**/*.test.ts", "test/cli/**/*.test.ts", "test/browser/**/*.test.ts", "test/fuzz/**/*.test.ts"];

// `--quick` (scripts/test.mjs) leaves out what takes minutes.
const slow = process.argv.includes("--mode=quick") ? ["test/races/**", "test/kill/**", "test/package/**", "test/browser/**", "test/fuzz/**"] : [];

// A time limit makes a test fail on a busy machine, not on a defect.
const noTimeLimit = { testTimeout: 0, hookTimeout: 0, teardownTimeout: 60_000 };

export default defineConfig({
  test: {
    // Most of what the tests do is wait for processes, so two cores take two files at once.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: "unit", root: import.meta.dirname, ...noTimeLimit,
          include: ["src/**/*.test.ts", "test/**/*.test.ts"], exclude: apart,
          // Open files and the working directory are a process's, not a thread's.
          pool: "forks", isolate: false, setupFiles: ["test/readers-loaded.ts"],
        },
      },
      {
        test: {
          name: "apart", root: import.meta.dirname, ...noTimeLimit,
          include: apart, exclude: slow, pool: "forks", setupFiles: ["test/readers-loaded.ts"],
        },
      },
    ],
  },
});
