/** Random machines, and where an adapter says something else of them than the tool itself. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { nodeMachine } from "../../src/machine/node-machine.ts";
import { loadTool } from "../../src/tools/all-tools.ts";
import { settingGroups } from "../../src/settings/rows.ts";
import type { Asked, ToolInstall } from "../../src/tools/tool.ts";
import { askPython, type Answer } from "./ask-python.ts";
import { askUv } from "./ask-uv.ts";
import { randomFrom } from "./random.ts";
import type { RandomMachine } from "./random-machine.ts";
import type { Said, Subject } from "./subject.ts";

export interface RealTool {
  readonly version: string;
  /** The environment that it is installed in. */
  readonly prefix: string;
}

export interface Difference {
  readonly number: number;
  readonly machine: RandomMachine;
  readonly tool: unknown;
  readonly cachewright: unknown;
}

interface Made {
  readonly root: string;
  readonly machine: RandomMachine;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

function make(machine: RandomMachine, root: string): Made {
  const at = (text: string): string => text.replaceAll("ROOT", root);
  for (const directory of ["ROOT/w", "ROOT/h", ...(machine.dirs ?? [])]) mkdirSync(at(directory), { recursive: true });
  for (const [path, content] of Object.entries(machine.files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), Buffer.from(at(content), "latin1"));
  }
  const env = Object.fromEntries(Object.entries({ PATH: "/usr/bin:/bin", LANG: "C.UTF-8", ...machine.env }).map(([name, value]) => [name, at(value)]));
  return { root, machine, env, cwd: at(machine.cwd) };
}

/** `isMinor`: something is wrong that may end the tool or not. */
type Own = Answer & { readonly isMinor: boolean };

async function ours(subject: Subject, { version, prefix }: RealTool, { env, cwd }: Made): Promise<Own> {
  const tool = await loadTool(subject.tool);
  const program = join(prefix, "bin", subject.tool);
  const install: ToolInstall = { tool: subject.tool, version, program, prefix, found: ["asked"], chosen: true };
  const asked: Asked = { machine: nodeMachine({ env, cwd }), home: env["HOME"] ?? "/", version, install };
  const [group] = settingGroups([{ tool, version, asked, state: "installed" }], () => true);
  if (group === undefined) throw new Error("no answer");
  const errors = [group.fault, ...group.rows.filter(({ key }) => subject.aside?.test(key) !== true).map(({ error }) => error)].filter((error) => error !== undefined);
  const deadly = errors.find((error) => subject.harmless?.test(error) !== true);
  return deadly === undefined ? { said: subject.ours(group, asked), isMinor: errors.length > 0 } : { died: deadly, isMinor: false };
}

/** As the tables of real answers have it. */
function shown(value: unknown, root: string): unknown {
  return JSON.parse(JSON.stringify(value ?? null).replaceAll(root, "ROOT")) as unknown;
}

function differenceOf({ paths = [], beyond }: Subject, made: Made, { real, own }: { real: Answer; own: Own }): Pick<Difference, "tool" | "cachewright"> | undefined {
  if ("died" in real && (own.isMinor || beyond?.test(real.died) === true)) return undefined;
  if ("died" in real || "died" in own) return "died" in real && "died" in own ? undefined : { tool: told(real, made), cachewright: told(own, made) };
  const names = Object.keys(own.said).filter((name) => name in real.said);
  const valueOf = (said: Said, name: string): unknown => {
    const value = said[name];
    return shown(paths.includes(name) && typeof value === "string" ? resolve(made.cwd, value) : value, made.root);
  };
  const other = names.filter((name) => !isDeepStrictEqual(valueOf(real.said, name), valueOf(own.said, name)));
  if (other.length === 0) return undefined;
  const only = (said: Said): Said => Object.fromEntries(other.map((name) => [name, valueOf(said, name)]));
  return { tool: only(real.said), cachewright: only(own.said) };
}

function told(answer: Answer, made: Made): unknown {
  return "died" in answer ? { died: shown(answer.died, made.root) } : "lives";
}

export interface Comparison {
  readonly seed: number;
  readonly count: number;
}

/** The same seed and count make the same machines. */
export async function compare(subject: Subject, real: RealTool, { seed, count }: Comparison): Promise<Difference[]> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-machines-")));
  const random = randomFrom(seed);
  try {
    const all = Array.from({ length: count }, (_, i) => make(subject.machine(random), join(base, String(i))));
    const own: Own[] = [];
    // Before the tool runs: some write their files when there are none.
    for (const one of all) own.push(await ours(subject, real, one));
    const answers = subject.tool === "uv" ? all.map((one) => askUv(join(real.prefix, "bin/uv"), one)) : askPython(join(real.prefix, "bin/python"), subject.tool, all);
    return all.flatMap((one, number) => {
      const [answer, mine] = [answers[number], own[number]];
      const found = answer === undefined || mine === undefined ? undefined : differenceOf(subject, one, { real: answer, own: mine });
      return found === undefined ? [] : [{ number, machine: one.machine, ...found }];
    });
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}
