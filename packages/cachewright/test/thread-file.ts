import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rolldown } from "rolldown";

const machine = join(import.meta.dirname, "../src/machine");

async function bundle(source: string, file: string): Promise<string> {
  const made = await rolldown({ input: join(machine, source), platform: "node", tsconfig: false, external: /^node:/ });
  await made.write({ file, format: file.endsWith(".cjs") ? "cjs" : "esm" });
  await made.close();
  return file;
}

export interface ThreadFile {
  readonly file: string;
  /** A module of `machine/`, bundled beside it. */
  readonly module: (source: string) => Promise<string>;
  readonly remove: () => void;
}

/** What threads start from, bundled as the build does it: the Node that runs the tests may not read TypeScript. */
export async function threadFile(): Promise<ThreadFile> {
  const dir = mkdtempSync(join(tmpdir(), "cachewright-thread-"));
  return {
    file: await bundle("tree-worker.ts", join(dir, "tree-worker.cjs")),
    module: (source) => bundle(source, join(dir, source.replace(".ts", ".mjs"))),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
