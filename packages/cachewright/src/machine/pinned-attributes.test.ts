import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withPinned } from "./pinned.ts";
import { chmodPinned, chownPinned, timesOf, touchPinned } from "./pinned-attributes.ts";
import { PINNED_ARG, runOnPinned } from "./pinned-run.ts";

const linux = process.platform === "linux";
const root = linux && process.getuid?.() === 0;

let dir = "";
beforeEach(() => {
  dir = realpathSync(mkdtempSync(`${tmpdir()}/pinned-attributes-`));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** One of each kind of object that can be made without privilege. */
function oneOfEach(): string[] {
  writeFileSync(`${dir}/file`, "");
  mkdirSync(`${dir}/dir`);
  writeFileSync(`${dir}/target`, "");
  symlinkSync("target", `${dir}/link`);
  symlinkSync("nowhere", `${dir}/dangling`);
  execFileSync("mkfifo", [`${dir}/fifo`]);
  // Killed, so that it does not remove its socket.
  spawnSync(process.execPath, ["-e", "require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))", `${dir}/socket`]);
  return ["file", "dir", "link", "dangling", "fifo", "socket"];
}

const modeOf = (name: string): number => lstatSync(`${dir}/${name}`).mode & 0o7777;
const ownerOf = (name: string): [number, number] => [lstatSync(`${dir}/${name}`).uid, lstatSync(`${dir}/${name}`).gid];

describe.skipIf(!root)("chown of what is held (needs root)", () => {
  it("changes every kind of object itself, and never what a link leads to", () => {
    for (const name of oneOfEach()) {
      withPinned(`${dir}/${name}`, (held) => chownPinned(held, 12345, 23456));
      expect([name, ...ownerOf(name)]).toEqual([name, 12345, 23456]);
    }
    expect(ownerOf("target")).toEqual([0, 0]);
  });

  it("changes a device node", () => {
    execFileSync("mknod", [`${dir}/null`, "c", "1", "3"]);
    withPinned(`${dir}/null`, (held) => {
      chownPinned(held, 12345, 12345);
      chmodPinned(held, 0o600);
    });
    expect(ownerOf("null")).toEqual([12345, 12345]);
    expect(modeOf("null")).toBe(0o600);
  });

  it("refuses set-id files, whose bits it would take away, and leaves them as they are", () => {
    for (const mode of [0o4755, 0o2755, 0o6711, 0o2644]) {
      writeFileSync(`${dir}/f`, "");
      chmodSync(`${dir}/f`, mode);
      withPinned(`${dir}/f`, (held) => expect(() => chownPinned(held, 12345, 12345)).toThrow("set-user-ID"));
      expect([modeOf("f"), ...ownerOf("f")]).toEqual([mode, 0, 0]);
    }
  });

  it("keeps a directory's set-group-ID and sticky bits", () => {
    mkdirSync(`${dir}/d`);
    chmodSync(`${dir}/d`, 0o3775);
    withPinned(`${dir}/d`, (held) => chownPinned(held, 12345, 12345));
    expect([modeOf("d"), ...ownerOf("d")]).toEqual([0o3775, 12345, 12345]);
  });
});

describe.skipIf(!linux || root)("chown of what is held, by an ordinary user (needs one)", () => {
  it("fails with the kernel's reason", () => {
    writeFileSync(`${dir}/f`, "");
    withPinned(`${dir}/f`, (held) => expect(() => chownPinned(held, 0, 0)).toThrow("EPERM"));
  });
});

describe.skipIf(!linux)("chmod of what is held (needs Linux)", () => {
  it("sets the mode of everything but links, and never of what a link leads to", () => {
    for (const name of oneOfEach()) {
      const act = (): void => withPinned(`${dir}/${name}`, (held) => chmodPinned(held, 0o700));
      if (lstatSync(`${dir}/${name}`).isSymbolicLink()) expect(act).toThrow("no mode of its own");
      else act();
    }
    for (const name of ["file", "dir", "fifo", "socket"]) expect([name, modeOf(name)]).toEqual([name, 0o700]);
    expect(modeOf("target")).not.toBe(0o700);
  });

  it("gives no file a set-id bit, but lets one keep or lose it", () => {
    writeFileSync(`${dir}/f`, "");
    withPinned(`${dir}/f`, (held) => expect(() => chmodPinned(held, 0o4755)).toThrow("would get a set-user-ID"));
    chmodSync(`${dir}/f`, 0o4755);
    withPinned(`${dir}/f`, (held) => chmodPinned(held, 0o4711));
    expect(modeOf("f")).toBe(0o4711);
    withPinned(`${dir}/f`, (held) => chmodPinned(held, 0o711));
    expect(modeOf("f")).toBe(0o711);
  });

  it("gives a directory its set-group-ID bit", () => {
    mkdirSync(`${dir}/d`);
    withPinned(`${dir}/d`, (held) => chmodPinned(held, 0o2770));
    expect(modeOf("d")).toBe(0o2770);
  });
});

const gnuTouch = linux && /GNU/.test(spawnSync("touch", ["--version"], { encoding: "utf8" }).stdout ?? "");

describe.skipIf(!gnuTouch)("exact times of what is held (need GNU touch)", () => {
  it.each([
    [1_700_000_000_123_456_789n, 1_600_000_000_987_654_321n],
    [0n, 1n],
    [-1_500_000_001n, -1n],
  ])("takes %d and %d to the nanosecond, for every kind of object", (atime, mtime) => {
    for (const name of oneOfEach()) {
      withPinned(`${dir}/${name}`, (held) => {
        touchPinned(held, { atime, mtime });
        expect([name, timesOf(held)]).toEqual([name, { atime, mtime }]);
      });
    }
  });
});

describe.skipIf(!linux)("running a program on what is held (needs Linux)", () => {
  it("gives it the object as descriptor 3, and a second one as 4", () => {
    writeFileSync(`${dir}/a`, "one\n");
    writeFileSync(`${dir}/b`, "two\n");
    withPinned(`${dir}/a`, (a) =>
      withPinned(`${dir}/b`, (b) => {
        rmSync(`${dir}/a`);
        expect(runOnPinned([a, b], ["cat", PINNED_ARG, "/proc/self/fd/4"])).toEqual({ status: 0, stdout: "one\ntwo\n", stderr: "" });
      }),
    );
  });

  it("passes input, exit status and complaints on", () => {
    withPinned(dir, (held) => {
      expect(runOnPinned(held, ["cat"], "text").stdout).toBe("text");
      const failed = runOnPinned(held, ["cat", "/nonexistent/file"]);
      expect(failed.status).toBe(1);
      expect(failed.stderr).toContain("No such file");
    });
  });

  it("knows nothing of the caller's PATH and environment", () => {
    process.env["PINNED_TEST_SECRET"] = "s3cr3t";
    try {
      withPinned(dir, (held) => expect(runOnPinned(held, ["env"]).stdout).not.toContain("s3cr3t"));
    } finally {
      delete process.env["PINNED_TEST_SECRET"];
    }
  });

  it("says when there is no such program", () => {
    withPinned(dir, (held) => expect(() => runOnPinned(held, ["no-such-program-here"])).toThrow("could not run no-such-program-here: it is not installed"));
  });
});

const acl = linux && aclsWork();
function aclsWork(): boolean {
  const probe = mkdtempSync(`${tmpdir()}/pinned-acl-`);
  try {
    return spawnSync("setfacl", ["-m", "u:12345:r", probe]).status === 0;
  } finally {
    rmSync(probe, { recursive: true });
  }
}

describe.skipIf(!acl)("access control lists of what is held (need setfacl and a file system with ACLs)", () => {
  it("are read and written through the descriptor", () => {
    writeFileSync(`${dir}/f`, "");
    withPinned(`${dir}/f`, (held) => {
      rmSync(`${dir}/f`);
      writeFileSync(`${dir}/f`, "");
      expect(runOnPinned(held, ["setfacl", "-m", "u:12345:r", PINNED_ARG]).stderr).toBe("");
      expect(runOnPinned(held, ["getfacl", "--absolute-names", "-n", PINNED_ARG]).stdout).toContain("user:12345:r--");
    });
    withPinned(`${dir}/f`, (held) => expect(runOnPinned(held, ["getfacl", "--absolute-names", "-n", PINNED_ARG]).stdout).not.toContain("user:12345"));
  });
});
