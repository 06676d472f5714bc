import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Machine } from "../machine/machine.ts";
import { install } from "./example-facts.ts";
import { machineWith } from "./example-machine.ts";
import type { PackagesFact } from "./facts.ts";
import { startLooks } from "./looks.ts";
import { packagesFacts } from "./packages.ts";

let site = "";
beforeEach(() => {
  site = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-packages-")));
});
afterEach(() => rmSync(site, { recursive: true }));

const write = (name: string, text = "x\n", mode = 0o644): void => {
  mkdirSync(dirname(join(site, name)), { recursive: true, mode: 0o755 });
  writeFileSync(join(site, name), text);
  chmodSync(join(site, name), mode);
};
const whole = (name: string): void => {
  write(`${name}.dist-info/METADATA`);
  write(`${name}.dist-info/RECORD`);
};

/** Somebody whose files these are not, and who may do what the mode lets others. */
const stranger: Partial<Machine> = (() => {
  const real = machineWith();
  const bits = { read: 4, write: 2, search: 1 } as const;
  return {
    identity: { ...real.identity, uid: 4242, euid: 4242 },
    access: (path, want) => {
      const answer = real.lstat(path);
      return answer.ok && (answer.value.mode & bits[want]) !== 0 ? "ok" : "EACCES";
    },
  };
})();

function seen(options: { asked?: readonly string[]; machine?: Partial<Machine> } = {}): PackagesFact {
  const python = install({ purelib: site, userSite: null, stdlib: join(site, "lib") });
  const [fact] = packagesFacts(startLooks(machineWith(options.machine)), [python], { asked: options.asked ?? [], deep: false });
  if (fact === undefined) throw new Error("nothing was looked at");
  return fact;
}

describe("packagesFacts", () => {
  it("lists nothing of packages in order", () => {
    whole("demo-1.0");
    expect(seen()).toMatchObject({ directory: site, looked: 1, complete: true, leftovers: [], unfinished: [], closed: [], closedCount: 0 });
    expect(seen().foreign).toBeUndefined();
  });

  it("is silent about a directory that is not there", () => {
    expect(packagesFacts(startLooks(machineWith()), [install({ purelib: "/nonexistent/x", userSite: null })], { asked: [], deep: false })).toEqual([]);
  });

  it.each([
    ["~abulate-0.9.0.dist-info", "tabulate-0.10.dist-info"], ["~-bulate-0.9.0.dist-info", "tabulate-0.10.dist-info"], ["~abulate", "tabulate"],
    ["~xabulate", null], ["~", null], ["~abulate-0.9.0.dist-info", null],
  ])("finds beside %s: %s", (leftover, beside) => {
    mkdirSync(join(site, leftover));
    if (beside !== null) mkdirSync(join(site, beside));
    expect(seen().leftovers).toEqual([{ path: join(site, leftover), beside: beside === null ? null : join(site, beside) }]);
  });

  it("takes a leftover's name and version from its own METADATA", () => {
    write("~abulate-0.9.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tabulate\nVersion: 0.9.0\n");
    expect(seen().leftovers).toMatchObject([{ name: "tabulate", version: "0.9.0", beside: null }]);
  });

  it("passes over what an earlier cure set aside", () => {
    mkdirSync(join(site, "~abulate.cachewright-20260102-030405"));
    expect(seen().leftovers).toEqual([]);
  });

  it.each([["nothing", ["METADATA", "RECORD"]], ["METADATA", ["RECORD"]], ["RECORD", ["METADATA"]]])("names what a package with %s lacks", (has, lacks) => {
    mkdirSync(join(site, "demo-1.0.dist-info"));
    if (has !== "nothing") write(`demo-1.0.dist-info/${has}`);
    expect(seen().unfinished).toEqual([{ path: join(site, "demo-1.0.dist-info"), name: "demo", version: "1.0", lacks, installer: null }]);
  });

  it("takes an empty file for a lost one, and reads who installed it", () => {
    write("demo-1.0.dist-info/METADATA");
    write("demo-1.0.dist-info/RECORD", "");
    write("demo-1.0.dist-info/INSTALLER", "debian\n");
    expect(seen().unfinished).toMatchObject([{ lacks: ["RECORD"], installer: "debian" }]);
  });

  it("holds RECORD against the files only when asked, and never byte code or what lies outside", () => {
    write("demo-1.0.dist-info/METADATA");
    write("demo-1.0.dist-info/RECORD", 'demo.py,,\n"a,b.py",,\ngone.py,sha256=x,1\n__pycache__/demo.cpython-311.pyc,,\n../../bin/demo,,\n');
    write("demo.py");
    write("a,b.py");
    expect(seen().unfinished).toEqual([]);
    expect(seen({ asked: ["half-installed"] }).unfinished).toMatchObject([{ lacks: [], files: [join(site, "gone.py")] }]);
  });

  it("lists somebody else's entries that others may not read", () => {
    whole("demo-1.0");
    whole("open-1.0");
    write("demo.py", "", 0o600);
    write("open.py");
    mkdirSync(join(site, "__pycache__"), { mode: 0o700 });
    chmodSync(join(site, "demo-1.0.dist-info"), 0o700);
    expect(seen({ machine: stranger })).toMatchObject({ closedCount: 2, unfinished: [] });
    expect([...seen({ machine: stranger }).closed].sort()).toEqual([join(site, "demo-1.0.dist-info"), join(site, "demo.py")]);
  });

  it("says whose packages they are only when asked", () => {
    write("six-1.16.0.egg-info");
    mkdirSync(join(site, "wheel-0.38.egg-info"));
    write("pip-24.0.dist-info/METADATA");
    write("pip-24.0.dist-info/INSTALLER", "debian\n");
    write("half-1.0.dist-info/METADATA");
    expect(seen({ asked: ["os-package-cannot-uninstall"] }).foreign?.map(({ name, installer }) => [name, installer]).sort()).toEqual([["pip", "debian"], ["six", null]]);
  });
});
