/**
 * A room: a private mount namespace with its own /etc, /home, /root, /tmp and /var, in which a case may make users,
 * sudoers files, pip's global settings and mounts. Nothing of it is seen outside, and all of it goes when the process
 * that holds it ends, which happens by itself when the tests are killed (its standard input closes).
 */
import { spawn, type ChildProcess } from "node:child_process";
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PYTHONS_IN_ROOM, type PythonTool } from "./tools/pythons.ts";

/** Directories of a running clinic are named `PREFIX-PID-…`: what a killed run leaves can be told and swept. */
export const ROOM_PREFIX = "cachewright-room-";
export const INDEX_PREFIX = "cachewright-index-";
export const NODE_IN_ROOM = "/mnt/bin/node";
export const CACHEWRIGHT_IN_ROOM = "/mnt/cachewright/bin/cachewright.cjs";
export const CA_IN_ROOM = "/mnt/ca.pem";

/** The package under test: this one, or an installed copy. */
const PACKAGE = process.env["CACHEWRIGHT_CLINIC_PACKAGE"] ?? fileURLToPath(new URL("..", import.meta.url));
/** A tool that hangs is ended after this; it is no measure of speed. */
const HANGS_AFTER = 300_000;

export interface Output {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order a terminal would hardly differ from. */
  readonly text: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly umask?: string;
  readonly input?: string;
}

export interface Room {
  /** Runs as root of the room. Never throws for an exit code. */
  run(argv: readonly string[], options?: RunOptions): Promise<Output>;
  /** A shell script as root of the room that has to succeed. */
  must(script: string): Promise<string>;
  /** The path by which this process sees a path of the room. */
  seen(path: string): string;
  close(): Promise<void>;
}

const ROOT_ENV = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", LANG: "C.UTF-8", HOME: "/root" };

function collect(child: ChildProcess): Promise<Output> {
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (part: string) => { stdout += part; text += part; });
    child.stderr?.setEncoding("utf8").on("data", (part: string) => { stderr += part; text += part; });
    const timer = setTimeout(() => { text += "\n(the clinic ended it: it hung)\n"; child.kill("SIGKILL"); }, HANGS_AFTER);
    child.on("error", reject);
    child.on("close", (code) => { clearTimeout(timer); resolve({ code, stdout, stderr, text }); });
  });
}

/** With CACHEWRIGHT_CLINIC_TRACE=FILE every command of every room is written there, with what it said. */
async function trace(argv: readonly string[], running: Promise<Output>): Promise<Output> {
  const output = await running;
  const file = process.env["CACHEWRIGHT_CLINIC_TRACE"];
  if (file) appendFileSync(file, `$ ${argv.join(" ")}\n${output.text}(exit ${output.code})\n\n`);
  return output;
}

function buildScript(dir: string, pythons: readonly PythonTool[], caFile: string): string {
  const bound = pythons.filter((python) => !python.system);
  const bind = (from: string, to: string) => `mount --bind '${from}' '${to}'`;
  // Read-only: a pip run as root in the room must not touch the machine's own Pythons.
  const show = (from: string, to: string) => `${bind(from, to)} && mount -o remount,bind,ro '${to}'`;
  const libraries = bound.map((python) => `${PYTHONS_IN_ROOM}/${python.minor}/lib`);
  return [
    "set -e",
    `cd '${dir}'`,
    // Thousands of small files that no case is about live in memory; homes stay on the machine's own file system.
    "mount -t tmpfs -o mode=755 tmpfs mnt && mount -t tmpfs -o mode=755 tmpfs etc",
    // Everything is bound below mnt first: the last mounts may cover the places it comes from.
    ...bound.map((python) => `mkdir -p mnt/python/${python.minor} && ${show(python.prefix, `mnt/python/${python.minor}`)}`),
    `mkdir -p mnt/bin mnt/cachewright && : > mnt/bin/node && ${show(process.execPath, "mnt/bin/node")}`,
    `${show(PACKAGE, "mnt/cachewright")} && cp '${caFile}' mnt/ca.pem && chmod 644 mnt/ca.pem`,
    // Locks of account tools that run outside at this moment are not the room's.
    "cp -a /etc/. etc/ && rm -f etc/pip.conf etc/xdg/pip/pip.conf etc/*.lock etc/.pwd.lock",
    // A Python built with a shared library looks for it in its old place, which may be below a closed home.
    `printf '%s\\n' ${libraries.join(" ")} > etc/ld.so.conf.d/clinic.conf`,
    "mount --rbind mnt /mnt",
    ...["etc", "home", "root"].map((name) => bind(name, `/${name}`)),
    // /var on top of itself: account tools and root's journal write there.
    "mount -t tmpfs -o mode=755 tmpfs over && mkdir over/upper over/work",
    "mount -t overlay overlay -o lowerdir=/var,upperdir=over/upper,workdir=over/work /var 2>/dev/null || :",
    bind("var-tmp", "/var/tmp"),
    bind("tmp", "/tmp"),
    "cd / && ldconfig 2>/dev/null || :",
    "echo ready",
    "exec cat",
  ].join("\n");
}

function layOut(dir: string): void {
  chmodSync(dir, 0o755);
  for (const [name, mode] of [["etc", 0o755], ["home", 0o755], ["root", 0o700], ["mnt", 0o755], ["over", 0o755], ["tmp", 0o1777], ["var-tmp", 0o1777]] as const) {
    mkdirSync(join(dir, name));
    chmodSync(join(dir, name), mode);
  }
}

async function hold(script: string): Promise<ChildProcess> {
  const holder = spawn("unshare", ["-m", "--propagation", "private", "sh", "-c", script], { stdio: ["pipe", "pipe", "pipe"], env: ROOT_ENV });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    holder.stderr.setEncoding("utf8").on("data", (part: string) => { said += part; });
    holder.stdout.setEncoding("utf8").on("data", (part: string) => { if (part.includes("ready")) resolve(); });
    holder.on("close", () => reject(new Error(`the room could not be made: ${said}`)));
  });
  holder.on("error", () => undefined);
  return holder;
}

export async function openRoom(pythons: readonly PythonTool[], caFile: string): Promise<Room> {
  const dir = mkdtempSync(join(tmpdir(), `${ROOM_PREFIX}${process.pid}-`));
  layOut(dir);
  const holder = await hold(buildScript(dir, pythons, caFile));
  const run: Room["run"] = (argv, options = {}) => {
    const inner = 'umask "$1" && cd "$2" && shift 2 && exec "$@"';
    const command = ["sh", "-c", inner, "sh", options.umask ?? "022", options.cwd ?? "/", ...argv];
    const child = spawn("nsenter", [`--mount=/proc/${holder.pid}/ns/mnt`, "--", ...command], { env: { ...ROOT_ENV, ...options.env } });
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
    return trace(argv, collect(child));
  };
  return {
    run,
    async must(script) {
      const { code, text, stdout } = await run(["sh", "-ec", script]);
      if (code !== 0) throw new Error(`${script}\nexit ${code}: ${text}`);
      return stdout;
    },
    seen: (path) => `/proc/${holder.pid}/root${path}`,
    async close() {
      const gone = new Promise<void>((resolve) => holder.once("close", () => resolve()));
      holder.stdin?.end();
      await gone;
      // The mounts were in the namespace only: from here these are plain directories.
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
