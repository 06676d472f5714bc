import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { machineWith } from "./example-machine.ts";
import { startLooks } from "./looks.ts";
import { tempCandidates, tempFacts } from "./temp.ts";

describe("tempCandidates", () => {
  it("are the variables, the usual places, and the working directory, in Python's order", () => {
    const machine = machineWith({ platform: "linux", cwd: "/work/here", env: { TMP: "/c", TEMP: "/b", TMPDIR: "/a" } });
    expect(tempCandidates(machine)).toEqual(["/a", "/b", "/c", "/tmp", "/var/tmp", "/usr/tmp", "/work/here"]);
  });

  it("pass over empty variables, and count relative ones from the working directory", () => {
    const machine = machineWith({ platform: "linux", cwd: "/work/here", env: { TMPDIR: "", TEMP: "tmp", TMP: "/tmp/" } });
    expect(tempCandidates(machine)).toEqual(["/work/here/tmp", "/tmp", "/var/tmp", "/usr/tmp", "/work/here"]);
  });
});

describe("tempFacts", () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-temp-")));
  const at = (name: string): string => join(root, name);
  const isRoot = process.getuid?.() === 0;

  beforeAll(() => {
    mkdirSync(at("good"));
    mkdirSync(at("shut"));
    chmodSync(at("shut"), 0o555);
    writeFileSync(at("file"), "");
    symlinkSync("good", at("link"));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  const chosen = (env: Record<string, string>): unknown => tempFacts(startLooks(machineWith({ platform: "linux", cwd: root, env }))).chosen;

  it("choose the first that is a directory and may be written", () => {
    expect(chosen({ TMPDIR: at("missing"), TEMP: at("file"), TMP: at("good") })).toMatchObject({ ok: true, value: at("good") });
  });

  it("follow a link, and name it as Python would", () => {
    expect(chosen({ TMPDIR: at("link") })).toMatchObject({ ok: true, value: at("link") });
  });

  it.skipIf(isRoot)("pass over one that may not be written (needs an ordinary user)", () => {
    expect(chosen({ TMPDIR: at("shut"), TEMP: at("good") })).toMatchObject({ value: at("good") });
  });

  it("say that there is none", () => {
    const none = machineWith({ platform: "linux", env: {}, access: () => "EACCES" });
    expect(tempFacts(startLooks(none)).chosen).toMatchObject({ ok: false, reason: "absent" });
  });
});
