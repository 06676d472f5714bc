import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cachewright, emptyHome, isBuilt } from "./command.ts";

const program = join(import.meta.dirname, "../../bin/cachewright.cjs");
const bad = "FROM python:3.12\nRUN pip install numpy\n";
const isRoot = process.getuid?.() === 0;
/** An ordinary user who can start the program, where it lies. */
const nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
const canBeNobody = isRoot && spawnSync("setpriv", [...nobody, process.execPath, program, "--version"]).status === 0;

/** In a shell, where `"$@"` is a command that writes SARIF to the file that follows it. */
function inShell(script: string, cwd: string): string {
  const done = spawnSync("sh", ["-c", script, "sh", process.execPath, program, "lint", "-", "--as", "dockerfile", "--sarif"], { cwd, input: bad, encoding: "utf8", env: { HOME: cwd, PATH: "/usr/bin:/bin" } });
  expect(done.stderr).toBe("");
  return done.stdout;
}

describe.skipIf(!isBuilt)("reports into files (needs a build)", () => {
  it.skipIf(process.platform === "win32")("what the shell has opened is written as it is open, in its turn (not on Windows)", () => {
    const home = emptyHome();
    inShell('{ echo before; "$@" /dev/stdout; echo after; } > all; "$@" /dev/fd/3 3> third > text; "$@" /dev/fd/3 3>&1 > text | tail -1 > piped', home);
    const [all = "", third = "", piped = ""] = ["all", "third", "piped"].map((name) => readFileSync(join(home, name), "utf8"));
    expect([all.startsWith('before\n{\n  "$schema"'), all.includes("layer-keeps-cache\n"), all.endsWith("after\n")]).toEqual([true, true, true]);
    expect([JSON.parse(third), piped]).toMatchObject([{ version: "2.1.0" }, "}\n"]);
  });

  it("a descriptor that is not open is told of", () => {
    expect(cachewright(["lint", "-", "--as", "dockerfile", "--sarif", "/dev/fd/987"], { input: bad })).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("cannot write /dev/fd/987: it is not open for writing") });
  });

  it.skipIf(!canBeNobody)("nobody's link in a directory for everybody is followed by others (needs root, and the program where everybody may read)", () => {
    const home = emptyHome();
    chmodSync(home, 0o755);
    mkdirSync(join(home, "mine"));
    mkdirSync(join(home, "everybody"));
    writeFileSync(join(home, "mine/page"), "old");
    for (const name of ["mine", "mine/page"]) chownSync(join(home, name), 65534, 65534);
    chmodSync(join(home, "everybody"), 0o1777);
    for (const [name, uid] of [["theirs", 4711], ["own", 65534]] as const) {
      symlinkSync(join(home, "mine/page"), join(home, "everybody", name));
      spawnSync("chown", ["-h", String(uid), join(home, "everybody", name)]);
    }
    const ran = (name: string) => spawnSync("setpriv", [...nobody, process.execPath, program, "lint", "-", "--as", "dockerfile", "--sarif", join(home, "everybody", name)], { cwd: home, input: bad, encoding: "utf8", env: { HOME: join(home, "mine"), PATH: "/usr/bin:/bin" } });
    expect(ran("theirs")).toMatchObject({ status: 2, stderr: expect.stringContaining("is a symbolic link and belongs to uid 4711, in a directory that everybody can write to") });
    expect(readFileSync(join(home, "mine/page"), "utf8")).toBe("old");
    expect(ran("own")).toMatchObject({ status: 1, stderr: "" });
    expect([JSON.parse(readFileSync(join(home, "mine/page"), "utf8")), readdirSync(join(home, "everybody")).sort()]).toMatchObject([{ version: "2.1.0" }, ["own", "theirs"]]);
  });
});
