import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { because, distribution, isRoot, ordinary, packageDir, pythonHere, root, run, type Ran } from "./distribution.ts";

const { executable, why } = distribution();
const missing = why || (executable === undefined ? "made on Linux only" : "");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
const script = join(packageDir, "bin/cachewright.cjs");

const dir = mkdtempSync(join(tmpdir(), "cachewright-executable-"));
const program = join(dir, "cachewright");
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});
beforeAll(() => {
  chmodSync(dir, 0o755);
  // The checkout may be closed to the accounts that this is tried as.
  if (executable !== undefined) copyFileSync(executable, program);
});

const ids = (ran: Ran): string[] => (JSON.parse(ran.stdout) as { findings: { problem: string }[] }).findings.map(({ problem }) => problem);

describe.skipIf(missing !== "")(`the single executable${because(missing)}`, () => {
  it("is a program for all, and no larger than a Node with 15 MB in it", () => {
    expect(statSync(executable ?? "").mode & 0o7777).toBe(0o755);
    expect(basename(executable ?? "")).toMatch(new RegExp(`^cachewright-${version.replaceAll(".", "\\.")}-linux-\\w+(?:-musl)?$`));
    expect(statSync(program).size).toBeLessThan(statSync(process.execPath).size + 15e6);
  });

  it("runs without Node, environment and home, as an ordinary user", () => {
    const asked = (...args: string[]): Ran => run(program, args, { ...ordinary, cwd: "/" });
    expect(asked("--version")).toMatchObject({ status: 0, stdout: `cachewright ${version}\n`, stderr: "" });
    expect(asked("cache", "prune", "--help")).toMatchObject({ status: 0, stderr: "" });
    expect(asked("explain", "disk-full").stdout).toContain("disk-full");
    expect(asked("nosuch", "--words", "")).toMatchObject({ status: 2, stdout: "" });
    const doctor = asked("doctor", "--json");
    expect([0, 1]).toContain(doctor.status);
    const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(join(packageDir, "dist/schemas/doctor.schema.json"), "utf8")) as object);
    validate(JSON.parse(doctor.stdout));
    expect(validate.errors ?? []).toEqual([]);
  });

  it("prints the licences of Node and of all that is inside", () => {
    const { status, stdout } = run(program, ["--licenses"]);
    expect(status).toBe(0);
    for (const text of ["The Cachewright authors", "zod 4", "smol-toml", `Node.js ${process.versions.node}`, "Node.js is licensed for use as follows", "V8"]) expect(stdout).toContain(text);
  });

  it("speaks of itself as it was started, and says what to run as root by its own path", () => {
    const home = join(dir, "home");
    mkdirSync(join(home, ".cache"), { recursive: true });
    const log = "WARNING: The directory '/root/.cache/pip' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, you should use sudo's -H flag.\n";
    const typed = spawnSync("./cachewright", ["explain", "--log-only"], { cwd: dir, env: { HOME: home }, input: log, encoding: "utf8" });
    expect(typed.stdout).toContain("./cachewright explain cache-not-owned");
    const found = spawnSync("cachewright", ["explain", "--log-only"], { cwd: "/", env: { HOME: home, PATH: dir }, input: log, encoding: "utf8" });
    expect(found.stdout).toMatch(/ cachewright explain cache-not-owned/);
  });

  it("finds what the command finds on this machine", () => {
    const env = { HOME: join(dir, "home"), PATH: "/usr/bin:/bin", LANG: "C.UTF-8" };
    const [inside, beside] = [[program], [process.execPath, script]].map(([file = "", ...args]) => run(file, [...args, "doctor", "--json"], { env, cwd: "/" }));
    expect(ids(inside as Ran)).toEqual(ids(beside as Ran));
    expect(inside?.status).toBe(beside?.status);
  });

  it("weighs a large cache with threads, which start from what is inside", () => {
    const home = join(dir, "large");
    for (let i = 0; i < 200; i++) {
      const part = join(home, `.cache/pip/http-v2/${i}`);
      mkdirSync(part, { recursive: true });
      for (let file = 0; file < 80; file++) writeFileSync(join(part, String(file)), "x");
    }
    const tell = join(dir, "tell.cjs");
    writeFileSync(tell, `const threads = require("node:worker_threads");
      threads.Worker = class extends threads.Worker { constructor(...given) { super(...given); this.once("message", () => process.stderr.write("answered\\n")).once("error", (error) => process.stderr.write(String(error))); } };`);
    const ran = run(program, ["cache", "ls", "--json"], { env: { HOME: home, NODE_OPTIONS: `--require ${tell}`, PATH: "/usr/bin:/bin" } });
    expect(ran.stderr).toMatch(/^(?:answered\n)*$/);
    expect(ran.stderr.includes("answered")).toBe(cores() > 1);
    const { caches } = JSON.parse(ran.stdout) as { caches: { path: string; bytes: number }[] };
    expect(caches.find(({ path }) => path.startsWith(home))).toBeDefined();
  });

  it.skipIf(!isRoot)("becomes a user by starting itself, as root (needs root)", () => {
    const fixing = (...command: readonly [string, ...string[]]): Ran => run(command[0], [...command.slice(1), "fix", "--for-user", "nobody", "--dry-run", "--json"], { env: { HOME: "/root", PATH: "/usr/bin:/bin" } });
    const ran = fixing(program);
    expect(ran).toMatchObject({ status: fixing(process.execPath, script).status, stderr: "" });
    expect(ran.stdout).toContain("home-missing");
  });

  it.each([["<&-"], [">&-"], ["2>&-"], ["<&- >&- 2>&-"]])("ends as it should with %s", (closed) => {
    expect(run("/bin/sh", ["-c", `exec "$0" explain disk-full ${closed}`, program]).status).toBe(0);
    expect(run("/bin/sh", ["-c", `exec "$0" nosuch ${closed}`, program]).status).toBe(2);
  });
});

function cores(): number {
  return Number(spawnSync("nproc", { encoding: "utf8" }).stdout);
}

/**
 * A machine on which no install works: everything read-only, /tmp full to the last block, /home empty and read-only. The rest
 * is the real one. $1 is the new root, $2 the executable, which stands at /home/cachewright there.
 */
const ill = `set -e
new=$1 program=$2; shift 2
mount --make-rprivate /
mount --rbind / "$new"
mount -t tmpfs none "$new/home"
: > "$new/home/cachewright"
mount --bind "$program" "$new/home/cachewright"
awk -v new="$new" 'index($5, new) == 1 { print $5 }' /proc/self/mountinfo | sort -u | while read -r place; do
  mount -o remount,bind,ro "$place" 2>/dev/null || :
done
mount -t tmpfs -o size=64k,mode=1777 none "$new/tmp"
head -c 100000 /dev/zero > "$new/tmp/full" 2>/dev/null || :
[ -n "$PROC" ] || mount -t tmpfs -o ro none "$new/proc"
cd /
exec chroot "$new" "$@"
`;

const mayMount = isRoot && spawnSync("unshare", ["--mount", "mount", "--make-rprivate", "/"]).status === 0 && ["chroot", "setpriv", "awk"].every((tool) => spawnSync(tool, ["--version"]).error === undefined);
const noIllness = missing || (mayMount ? pythonHere() === undefined ? "needs a Python with pip" : "" : "needs root that may mount");

describe.skipIf(noIllness !== "")(`the single executable where everything is full, read-only and without a home${because(noIllness)}`, () => {
  const asked = (uid: number, args: readonly string[], { input = "", proc = "yes" }: { input?: string; proc?: string } = {}): Ran => {
    const inside = join(dir, "root");
    mkdirSync(inside, { recursive: true });
    const become = ["setpriv", `--reuid=${uid}`, `--regid=${uid}`, "--clear-groups", "env", "-i", "/home/cachewright"];
    return run("unshare", ["--mount", "sh", "-c", ill, "sh", inside, program, ...become, ...args], { input, env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", PROC: proc } });
  };

  it("is ill indeed", () => {
    const touch = "for place in / /tmp /home /var/tmp /dev/shm /proc/sys/kernel; do (: > $place/x && echo y > $place/x) 2>/dev/null && echo $place; done; :";
    const tried = run("unshare", ["--mount", "sh", "-c", ill, "sh", (mkdirSync(join(dir, "root"), { recursive: true }), join(dir, "root")), program, "sh", "-c", touch], { env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", PROC: "yes" } });
    expect(tried).toMatchObject({ status: 0, stdout: "", stderr: "" });
  });

  it.each([
    ["root", 0, ["read-only-filesystem", "tmp-full"]],
    ["an ordinary user without a home", 65534, ["home-missing", "tmp-full"]],
    ["a user id without an account", 4242, ["tmp-full", "unknown-uid"]],
  ])("doctor says what is ill, to %s", (_, uid, expected) => {
    const ran = asked(uid, ["doctor", "--json"]);
    expect(ran).toMatchObject({ status: 1, stderr: "" });
    expect(ids(ran)).toEqual(expect.arrayContaining(expected));
    const text = asked(uid, ["doctor"]);
    expect(text).toMatchObject({ status: 1, stderr: "" });
    for (const id of expected) expect(text.stdout).toContain(`/home/cachewright explain ${id}`);
  });

  it("explains a log from standard input, and a problem by its name", () => {
    const ran = asked(4242, ["explain", "--json"], { input: "OSError: [Errno 30] Read-only file system: '/usr/lib/python3/dist-packages/x'\n" });
    expect(ran).toMatchObject({ status: 1, stderr: "" });
    expect(ids(ran)).toEqual(["read-only-filesystem"]);
    expect(asked(65534, ["explain", "tmp-full"])).toMatchObject({ status: 0, stderr: "" });
  });

  it("fix, which could keep no journal there, changes nothing and says why; runs are shown", () => {
    const ran = asked(0, ["fix", "tmp-full", "--yes"]);
    expect([1, 2]).toContain(ran.status);
    expect(ran.stdout + ran.stderr).not.toContain("internal error");
    expect(asked(0, ["runs"])).toMatchObject({ status: 0, stderr: "" });
  });

  it("works without /proc, and says what it could not look at", () => {
    const ran = asked(65534, ["doctor"], { proc: "" });
    expect(ran.stderr).not.toContain("internal error");
    expect([0, 1]).toContain(ran.status);
    expect(ran.stdout).toContain("not looked at: the mount table");
  });
});
