import fs, { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appendLine, closeAppendFile, createAppendFile, openAppendFile, readAppendFile } from "./append-file.ts";

const uid = process.geteuid?.() ?? -1;

describe("a journal on a file system that has become read-only", () => {
  const { openSync } = fs;
  let dir = "";
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "cachewright-append-"));
    mkdirSync(join(dir, "run"), { mode: 0o700 });
    chmodSync(dir, 0o700);
    const file = createAppendFile(join(dir, "run/journal.jsonl"));
    appendLine(file, "one");
    closeAppendFile(file);
    // A test cannot mount one without root: open(2) answers as the kernel does there.
    fs.openSync = ((path: fs.PathLike, flags: number, mode?: number) => {
      if ((flags & (fs.constants.O_RDWR | fs.constants.O_WRONLY)) !== 0) throw Object.assign(new Error("EROFS: read-only file system"), { code: "EROFS" });
      return openSync(path, flags, mode);
    }) as typeof fs.openSync;
    syncBuiltinESMExports();
  });
  afterEach(() => {
    fs.openSync = openSync;
    syncBuiltinESMExports();
    rmSync(dir, { recursive: true });
  });

  it("can be read, and says why it takes no further line", () => {
    const file = openAppendFile(join(dir, "run/journal.jsonl"), uid);
    try {
      expect(readAppendFile(file).toString()).toBe("one\n");
      expect(() => appendLine(file, "two")).toThrow(`cannot write the journal ${file.path}: the file system is read-only`);
      expect(readAppendFile(file).toString()).toBe("one\n");
    } finally {
      closeAppendFile(file);
    }
  });
});
