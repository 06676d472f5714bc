/** A patient: a throw-away user in a room of their own, with a real Python and the pip of one age. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PackageIndex } from "./index/serve-index.ts";
import { CA_IN_ROOM, CACHEWRIGHT_IN_ROOM, NODE_IN_ROOM, openRoom, type Output, type Room } from "./room.ts";
import type { PipTool } from "./tools/pips.ts";
import { pythonInRoom, type PythonTool } from "./tools/pythons.ts";
import { addUser, runAs, type Account } from "./users.ts";

/** Where the patient's Python comes from. */
export type Place =
  /** An active virtual environment of their own. */
  | "venv"
  /** An installation of root's, as a distribution or administrator makes it; no marker of PEP 668. */
  | "foreign prefix"
  /** An installation of their own, as pyenv makes it. */
  | "own prefix";

export interface PatientOptions {
  readonly pip: PipTool;
  readonly index: PackageIndex;
  readonly place?: Place;
  readonly home?: "make" | "none";
  /** Everything runs as root of the room, as in a container. */
  readonly root?: boolean;
}

export interface Patient {
  readonly room: Room;
  readonly account: Account;
  readonly pipVersion: string;
  /** The prefix of their Python. */
  readonly prefix: string;
  readonly python: string;
  readonly sitePackages: string;
  /** Variables a case adds to the login environment; shared by pip and cachewright. */
  readonly env: Record<string, string>;
  /** As the patient. */
  run(argv: readonly string[], options?: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>>; readonly input?: string }): Promise<Output>;
  /** A shell script of the patient that has to succeed. */
  must(script: string): Promise<string>;
  /** A shell script of root's that has to succeed. */
  root(script: string): Promise<string>;
  /** `pip ARGS` with the clinic's index added for commands that fetch. */
  pip(...args: readonly string[]): Promise<Output>;
  pipIn(cwd: string, ...args: readonly string[]): Promise<Output>;
  /** A directory that does not exist yet, for `pip install --target`: what is watched stays as it is. */
  freshDir(): string;
  /** Arguments that lead a fetching pip to the clinic's index. */
  readonly indexArgs: readonly string[];
  cachewright(args: readonly string[], options?: { readonly as?: "patient" | "root" | "sudo"; readonly input?: string }): Promise<Output>;
  close(): Promise<void>;
}

const PREFIXES: Readonly<Record<Place, string>> = { venv: "/mnt/work/env", "own prefix": "/mnt/work/python", "foreign prefix": "/mnt/local" };

/** A copy of the interpreter beside links to its standard library: a prefix of its own at the price of some links. */
export function prefixScript(python: PythonTool, at: string): string {
  const from = `/mnt/python/${python.minor}`;
  const lib = `lib/python${python.minor}`;
  return `
    mkdir -p ${at}/bin ${at}/${lib}/site-packages
    cp ${from}/bin/python${python.minor} ${at}/bin/
    ln -s python${python.minor} ${at}/bin/python3
    ln -s python3 ${at}/bin/python
    for entry in ${from}/${lib}/*; do
      case "$entry" in */site-packages|*/EXTERNALLY-MANAGED) ;; *) ln -s "$entry" ${at}/${lib}/ ;; esac
    done`;
}

/** The entry point moved with the ages (`pip`, `pip._internal`, `pip._internal.main`, `pip._internal.cli.main`): the wheel says where it is. */
function pipScript(site: string, prefix: string): string {
  const info = readdirSync(site).find((name) => name.endsWith(".dist-info")) ?? "";
  const [, module, name] = /^pip ?= ?([\w.]+):(\w+)$/m.exec(readFileSync(join(site, info, "entry_points.txt"), "utf8")) ?? [];
  return `#!${prefix}/bin/python\nimport sys\nfrom ${module} import ${name}\nsys.exit(${name}())\n`;
}

async function installPip(room: Room, tool: Required<Pick<PipTool, "kit">>, prefix: string): Promise<string> {
  const site = `${prefix}/lib/python${tool.kit.python.minor}/site-packages`;
  execFileSync("cp", ["-a", `${tool.kit.site}/.`, `${room.seen(site)}/`]);
  await room.must(`cat > ${prefix}/bin/pip <<'SCRIPT'\n${pipScript(tool.kit.site, prefix)}SCRIPT\nchmod 755 ${prefix}/bin/pip && cp ${prefix}/bin/pip ${prefix}/bin/pip3`);
  return site;
}

async function givePython(room: Room, account: Account, place: Place, tool: Required<Pick<PipTool, "kit">>): Promise<{ prefix: string; site: string }> {
  const { python } = tool.kit;
  const prefix = PREFIXES[place];
  await room.must(`install -d -o ${account.uid} -g ${account.gid} /mnt/work`);
  if (place === "venv") {
    const made = await runAs(room, account, [pythonInRoom(python), "-m", "venv", "--without-pip", prefix], { cwd: "/" });
    if (made.code !== 0) throw new Error(made.text);
  } else {
    await room.must(prefixScript(python, prefix));
  }
  const site = await installPip(room, tool, prefix);
  const owner = place === "foreign prefix" ? "0:0" : `${account.uid}:${account.gid}`;
  await room.must(`chown -hR ${owner} ${prefix}`);
  return { prefix, site };
}

const FETCHING = ["install", "download", "wheel"];

const ROOT: Account = { name: "root", uid: 0, gid: 0, home: "/root" };

/** What every patient can do, whichever tool they have. */
export function inRoom(room: Room, run: Patient["run"]): Pick<Patient, "must" | "root" | "freshDir" | "cachewright" | "close"> {
  return {
    async must(script) {
      const { code, text, stdout } = await run(["sh", "-ec", script]);
      if (code !== 0) throw new Error(`${script}\nexit ${code}: ${text}`);
      return stdout;
    },
    root: (script) => room.must(script),
    freshDir: () => `/tmp/out-${process.hrtime.bigint()}`,
    cachewright(args, { as = "patient", input } = {}) {
      const argv = [...(as === "sudo" ? ["sudo"] : []), NODE_IN_ROOM, CACHEWRIGHT_IN_ROOM, ...args];
      const more = input === undefined ? {} : { input };
      return as === "root" ? room.run(argv, more) : run(argv, more);
    },
    close: () => room.close(),
  };
}

const noPip = (): Promise<never> => Promise.reject(new Error("no pip here"));

export const withoutPip: Pick<Patient, "pip" | "pipIn"> = { pip: noPip, pipIn: noPip };

export async function admit(options: PatientOptions): Promise<Patient> {
  const { pip, index, place = "venv" } = options;
  if (!pip.kit) throw new Error(`pip ${pip.version}: ${pip.obstacle}`);
  const room = await openRoom([pip.kit.python], index.caFile);
  const account = options.root ? ROOT : await addUser(room, { home: options.home ?? "make" });
  // State goes where it goes by default; the directory stands beforehand so that undo can leave the home as it was.
  if (options.home !== "none") await room.must(`install -d -o ${account.uid} -g ${account.gid} ${account.home}/.local ${account.home}/.local/state`);
  const { prefix, site } = await givePython(room, account, place, { kit: pip.kit });
  const env: Record<string, string> = { PATH: `${prefix}/bin:/usr/local/bin:/usr/bin:/bin`, ...(place === "venv" ? { VIRTUAL_ENV: prefix } : {}) };
  const indexArgs = ["--index-url", index.url, "--cert", CA_IN_ROOM];
  const run: Patient["run"] = (argv, more = {}) => runAs(room, account, argv, { ...more, env: { ...env, ...more.env } });
  const patient: Patient = {
    room, account, pipVersion: pip.version, prefix, python: `${prefix}/bin/python`, sitePackages: site, env, indexArgs, run,
    ...inRoom(room, run),
    pip: (...args) => patient.pipIn(account.home, ...args),
    pipIn: (cwd, command = "", ...rest) => run(["pip", command, ...(FETCHING.includes(command) ? indexArgs : []), ...rest], { cwd }),
  };
  return patient;
}
