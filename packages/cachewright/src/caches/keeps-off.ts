/**
 * Whether a running tool can certainly not be at work in a cache: its account or container cannot get there, or it was started with
 * another cache. Whatever is in doubt is no.
 */
import { basename, dirname, isAbsolute, join } from "node:path";
import type { Machine } from "../machine/machine.ts";
import { namesOf, type Running } from "../machine/running.ts";
import type { ToolName } from "../tools/tool.ts";
import { isOutOfReach } from "./out-of-reach.ts";

export interface Encounter {
  readonly tool: ToolName;
  /** The cache's root, links resolved. */
  readonly root: string;
  readonly running: Running;
}

export function keepsOff(machine: Machine, encounter: Encounter): boolean {
  return isShutOut(machine, encounter) || isOutOfReach(machine, encounter.root, encounter.running.pid) || usesAnother(machine, encounter);
}

/** A directory that only its owner enters, root and whoever has root's powers left out. Access lists show in the group's bits (acl(5)). */
function isShutOut(machine: Machine, { root, running: { pid } }: Encounter): boolean {
  const status = textOf(machine, `/proc/${pid}/status`);
  const uids = /^Uid:\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)$/m.exec(status)?.slice(1).map(Number) ?? [];
  const isPlain = ["Prm", "Eff", "Amb"].every((set) => new RegExp(`^Cap${set}:\\s+0+$`, "m").test(status));
  if (uids.length === 0 || uids.includes(0) || !isPlain) return false;
  for (let at = root; ; at = dirname(at)) {
    const stat = machine.lstat(at);
    if (stat.ok && stat.value.type === "dir" && (stat.value.mode & 0o077) === 0 && !uids.includes(stat.value.uid)) return true;
    if (at === dirname(at)) return false;
  }
}

interface Names {
  readonly programs: readonly string[];
  /** Wins over every file. */
  readonly variable: string;
  /** Wins over the variable. */
  readonly option?: string;
  /** Instead of that option: no cache at all. The last of the two counts. */
  readonly none?: string;
  /** Words with which neither of them is certain. */
  readonly doubt?: RegExp;
  /** Words with which the option may be another program's. */
  readonly runs?: RegExp;
}

/**
 * pip: command line, then variables, then files (configuration.py); an option may be cut short (optparse), --isolated
 * ignores variables (cli/parser.py). uv: what follows `run` is another program's, and --cache-dir may be given there, too.
 * pipenv tells its pip by pip's own variable (utils/pip.py).
 */
const pip: Names = { programs: ["pip", "pip3"], variable: "PIP_CACHE_DIR", option: "--cache-dir", none: "--no-cache-dir", doubt: /^--(?:ca(?!che-dir(?:=|$))|iso|no-ca(?!che-dir$))/ };
const known: Readonly<Partial<Record<ToolName, readonly Names[]>>> = {
  pip: [pip],
  uv: [{ programs: ["uv"], variable: "UV_CACHE_DIR", option: "--cache-dir", doubt: /^(?:-n|--no-cache(?:-dir)?)$/, runs: /^(?:run|tool|x|--)$/ }],
  poetry: [{ programs: ["poetry"], variable: "POETRY_CACHE_DIR" }],
  pdm: [{ programs: ["pdm"], variable: "PDM_CACHE_DIR" }],
  pipenv: [{ programs: ["pipenv"], variable: "PIPENV_CACHE_DIR" }, pip],
};

/** By the last word on its command line, else by its variable: both say so before any file. */
function usesAnother(machine: Machine, { tool, root, running }: Encounter): boolean {
  const own = namesOf(running.argv).map((name) => basename(name).replace(/[\d.]+$/, ""));
  const names = known[tool]?.find(({ programs }) => programs.some((program) => own.includes(program.replace(/\d+$/, ""))));
  if (names === undefined || running.argv.some((word) => names.doubt?.test(word) === true)) return false;
  if (names.none !== undefined && running.argv.findLastIndex((word) => word === names.none) > running.argv.findLastIndex((word) => word.startsWith(names.option ?? ""))) return true;
  if (!sharesMounts(machine, running.pid)) return false;
  const environment = machine.readFile(`/proc/${running.pid}/environ`);
  if (!environment.ok) return false;
  const variables = environment.value.toString("utf8").split("\0");
  if (tool !== "uv" && variables.some((line) => /^PIP_(?:ISOLATED|NO_CACHE_DIR)=/.test(line))) return false;
  const option = optionIn(running.argv, names.option);
  if (option !== undefined && running.argv.some((word) => names.runs?.test(word) === true)) return false;
  const said = option ?? variables.find((line) => line.startsWith(`${names.variable}=`))?.slice(names.variable.length + 1);
  const place = said === undefined || said === "" || said.startsWith("~") ? undefined : realPlace(machine, running.pid, said);
  return place !== undefined && !isWithin(place, root) && !isWithin(root, place);
}

function optionIn(argv: readonly string[], option: string | undefined): string | undefined {
  if (option === undefined) return undefined;
  return argv.flatMap((word, i) => (word === option ? [argv[i + 1] ?? ""] : word.startsWith(`${option}=`) ? [word.slice(option.length + 1)] : [])).at(-1);
}

/** In another mount namespace the same name is another place. */
function sharesMounts(machine: Machine, pid: string): boolean {
  const [own, other] = [machine.readlink("/proc/self/ns/mnt"), machine.readlink(`/proc/${pid}/ns/mnt`)];
  const [top, itsTop] = [machine.readlink("/proc/self/root"), machine.readlink(`/proc/${pid}/root`)];
  return own.ok && other.ok && own.value === other.value && top.ok && itsTop.ok && top.value === itsTop.value;
}

/** Links resolved as far as it is there: the tool may make it any moment. */
function realPlace(machine: Machine, pid: string, said: string): string | undefined {
  const cwd = isAbsolute(said) ? undefined : machine.readlink(`/proc/${pid}/cwd`);
  if (cwd?.ok === false) return undefined;
  const path = cwd === undefined ? join(said) : join(cwd.value, said);
  for (let at = path; ; at = dirname(at)) {
    const real = machine.realpath(at);
    if (real.ok) return join(real.value, path.slice(at.length));
    if (real.errno !== "ENOENT" || at === dirname(at)) return undefined;
  }
}

const isWithin = (path: string, root: string): boolean => path === root || path.startsWith(root === "/" ? "/" : `${root}/`);

function textOf(machine: Machine, path: string): string {
  const file = machine.readFile(path);
  return file.ok ? file.value.toString("utf8") : "";
}
