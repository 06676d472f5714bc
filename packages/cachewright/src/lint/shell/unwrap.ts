/** Takes off what only starts another program: sudo, env, exec, timeout, gosu … */
import type { Account, Sudo, Variable, Variables } from "../source.ts";
import type { ReadWord } from "./words.ts";

export interface Wrapped {
  readonly words: readonly ReadWord[];
  readonly variables: Variables;
  readonly account: Account;
  readonly sudo: Sudo | undefined;
}

interface Options {
  /** Options whose value is the next word. */
  readonly values?: readonly string[];
  /** Words of its own before the program. */
  readonly skip?: number;
  /** The first word that must stand there: `conda run …`. */
  readonly verb?: string;
}

const plain: Readonly<Record<string, Options>> = {
  exec: { values: ["-a"] }, command: {}, builtin: {}, nohup: {}, time: { values: ["-f", "-o"] }, nice: { values: ["-n"] }, ionice: { values: ["-c", "-n", "-p"] },
  timeout: { values: ["-s", "-k", "--signal", "--kill-after"], skip: 1 }, stdbuf: { values: ["-i", "-o", "-e"] }, fakeroot: {}, unbuffer: {}, busybox: {}, setsid: {}, retry: {}, travis_retry: {},
  "xvfb-run": { values: ["-n", "-s", "-e", "-f"] }, xargs: { values: ["-n", "-P", "-I", "-L", "-d", "-a", "-E", "-s"] }, tini: {}, "dumb-init": {},
  conda: { values: ["-n", "--name", "-p", "--prefix"], verb: "run" }, mamba: { values: ["-n", "--name", "-p", "--prefix"], verb: "run" }, micromamba: { values: ["-n", "--name", "-p", "--prefix"], verb: "run" },
  poetry: { verb: "run" }, pdm: { verb: "run" }, pipenv: { verb: "run" }, pyenv: { verb: "exec" },
};

const sudoValues = new Set(["-u", "-g", "-U", "-C", "-h", "-p", "-R", "-T", "-D", "-r", "-t", "--user", "--group", "--chdir", "--host", "--prompt"]);

export const rootAccount: Account = { user: "root", uid: 0, home: "/root" };

/** Nobody wraps so often; each turn copies the words that are left. */
const most = 50;

export function unwrap(given: Wrapped): Wrapped {
  let wrapped = given;
  for (let turn = 0; turn < most; turn++) {
    const next = once(wrapped);
    if (next === undefined || next.words.length === 0) return wrapped;
    wrapped = next;
  }
  return wrapped;
}

function once(wrapped: Wrapped): Wrapped | undefined {
  const name = programName(wrapped.words[0]);
  if (name === "sudo" || name === "doas") return takeSudo(wrapped);
  if (name === "env") return takeEnv(wrapped);
  if (name === "gosu" || name === "su-exec") return takeUser(wrapped, 1, 2);
  if (name === "runuser") return takeRunuser(wrapped);
  const options = Object.hasOwn(plain, name) ? plain[name] : undefined;
  if (options === undefined) return undefined;
  const first = options.verb === undefined ? 1 : verbPlace(wrapped.words, options.verb);
  if (first === undefined) return undefined;
  return { ...wrapped, words: wrapped.words.slice(afterOptions(wrapped.words, first, new Set(options.values)) + (options.skip ?? 0)) };
}

function verbPlace(words: readonly ReadWord[], verb: string): number | undefined {
  const at = words.findIndex((word, i) => i > 0 && !isOption(word));
  return words[at]?.value === verb ? at + 1 : undefined;
}

function isOption({ value }: ReadWord): boolean {
  return value !== undefined && value.startsWith("-") && value !== "-";
}

/** The first word behind the options. */
function afterOptions(words: readonly ReadWord[], from: number, values: ReadonlySet<string>): number {
  let at = from;
  for (let word = words[at]; word !== undefined && isOption(word); word = words[at]) {
    at += values.has(word.value ?? "") ? 2 : 1;
    if (word.value === "--") break;
  }
  return at;
}

function takeSudo(wrapped: Wrapped): Wrapped {
  const { words } = wrapped;
  const after = afterOptions(words, 1, sudoValues);
  const options = words.slice(1, after).map(({ value }) => value ?? "");
  const letters = options.filter((option) => /^-[a-zA-Z]+$/.test(option)).join("");
  const user = valueAfter(options, ["-u", "--user"]);
  const sudo: Sudo = {
    range: words[0]?.range ?? { start: 0, end: 0 },
    home: /[Hi]/.test(letters) || options.includes("--set-home") || options.includes("--login"),
    keepsVariables: letters.includes("E") || options.some((option) => option.startsWith("--preserve-env")),
  };
  const target = user === undefined || user === "root" ? { ...rootAccount, home: sudo.home ? "/root" : undefined } : accountOf(user);
  return takeAssignments({ ...wrapped, words: words.slice(after), account: target, sudo: target.uid === 0 ? sudo : undefined });
}

function valueAfter(options: readonly string[], names: readonly string[]): string | undefined {
  const at = options.findIndex((option) => names.includes(option));
  return at < 0 ? options.map((option) => /^(?:-u|--user=)(.+)$/.exec(option)?.[1]).find(Boolean) : options[at + 1];
}

/** `0:0` and `app:app` are users with a group. */
export function accountOf(user: string): Account {
  const name = user.split(":")[0] ?? "";
  if (name === "root" || name === "0") return rootAccount;
  return { user: name, uid: /^\d+$/.test(name) ? Number(name) : undefined, home: undefined };
}

function takeEnv(wrapped: Wrapped): Wrapped {
  return takeAssignments({ ...wrapped, words: wrapped.words.slice(afterOptions(wrapped.words, 1, new Set(["-u", "--unset", "-C", "--chdir"]))) });
}

function takeAssignments(wrapped: Wrapped): Wrapped {
  const variables = new Map<string, Variable>(wrapped.variables);
  let at = 0;
  for (const word of wrapped.words) {
    const [, name = "", value] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word.value ?? word.text) ?? [];
    if (value === undefined) break;
    variables.set(name, { value: word.value === undefined ? undefined : value, range: word.range, from: "prefix" });
    at++;
  }
  return at === 0 ? wrapped : { ...wrapped, variables, words: wrapped.words.slice(at) };
}

function takeUser(wrapped: Wrapped, user: number, rest: number): Wrapped {
  const name = wrapped.words[user]?.value;
  return { ...wrapped, account: name === undefined ? unknownAccount : accountOf(name), words: wrapped.words.slice(rest) };
}

const unknownAccount: Account = { user: undefined, uid: undefined, home: undefined };

function takeRunuser(wrapped: Wrapped): Wrapped {
  const { words } = wrapped;
  const after = afterOptions(words, 1, new Set(["-u", "--user", "-g"]));
  const user = valueAfter(words.slice(1, after).map(({ value }) => value ?? ""), ["-u", "--user"]);
  return { ...wrapped, account: user === undefined ? unknownAccount : accountOf(user), words: words.slice(after) };
}

/** By its last part, without version and ending; "" where it is not known. */
export function programName(word: ReadWord | undefined): string {
  if (word === undefined) return "";
  // `"$VENV/bin/pip"`: what decides is written out.
  const path = word.value ?? word.text.replaceAll(/["']/g, "");
  const base = path.slice(path.lastIndexOf("/") + 1).replace(/\.exe$/, "");
  if (/[$`*?]/.test(base)) return "";
  if (/^pip-?[\d.]*$/.test(base)) return "pip";
  return /^(?:python|pypy)[\d.]*$/.test(base) ? "python" : base;
}
