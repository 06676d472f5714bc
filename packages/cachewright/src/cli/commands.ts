/** The commands: one table, from which parsing, every --help and the completions are made. */
import { cacheCommands } from "./cache-commands.ts";
import { lint } from "./lint-command.ts";
import { neutralKeys } from "../settings/neutral-keys.ts";
import { toolNames } from "../tools/all-tools.ts";
import type { Command, Option } from "./command.ts";

const json: Option = { help: "print the report as JSON (its schema is shipped in dist/schemas)" };
const tool: Option = { value: "TOOL", offers: "tool", help: "look at one tool only, such as pip, conda or uv" };
const yes: Option = { short: "y", help: "do it without asking" };

const reportFiles = {
  html: { value: "FILE", offers: "file", help: "write the report to FILE as a page to read and to show, too (- for stdout)" },
  sarif: { value: "FILE", offers: "file", help: "write the findings to FILE for code scanning, too" },
  junit: { value: "FILE", offers: "file", help: "write the findings to FILE as JUnit XML, too" },
  markdown: { value: "FILE", offers: "file", help: "write a summary to FILE as Markdown, too" },
} as const satisfies Record<string, Option>;

/** `asked-reports.ts` reads them: one report goes to stdout, any number into files. */
function reports(files: readonly (keyof typeof reportFiles)[]): Readonly<Record<string, Option>> {
  return {
    format: { value: "FORMAT", offers: ["text", "json", ...files, "github"], help: `print the report in another form: json, ${files.join(", ")}, or github (annotations of a workflow)` },
    ...Object.fromEntries(files.map((file) => [file, reportFiles[file]])),
  };
}

const doctor: Command = {
  name: "doctor",
  summary: "Find out what stops pip from writing and caching here",
  options: {
    tool,
    python: { value: "PATH", offers: "python", help: "look at this interpreter, not the one on PATH" },
    problem: { value: "ID", many: true, offers: "problem", help: "look for this problem only, also one that healthy machines have" },
    deep: { help: "look at every directory of a cache, however many there are" },
    json,
    ...reports(["html", "sarif", "junit", "markdown"]),
    "save-facts": { value: "FILE", offers: "file", help: "write everything that was looked at to FILE, without secrets (- for stdout)" },
    facts: { value: "FILE", offers: "file", help: "diagnose another machine from the facts saved there" },
    ignore: { value: "ID[=PATH]", many: true, offers: "problem", help: "leave this finding out this time; needs --why" },
    why: { value: "TEXT", many: true, help: "the reason for --ignore" },
  },
  about: [
    "Looks, and changes nothing. Exit code 0: no error or warning (notes may stand); 1: findings.",
    "Ignores that shall stay are kept, each with its reason, in cachewright.toml of a project or in ignore.toml below ~/.config/cachewright.",
  ],
  examples: [
    ["cachewright doctor", "the findings for you on this machine"],
    ["cachewright doctor --python .venv/bin/python", "the same for one interpreter"],
    ["cachewright doctor --save-facts facts.json", "keep what was seen, to look at elsewhere with --facts"],
    ["cachewright doctor --html report.html", "the same as a page, with a picture of where it breaks"],
    ["cachewright doctor --ignore cache-disabled --why 'CI image, on purpose'", "leave one finding out"],
  ],
  load: async () => (await import("./doctor.ts")).runDoctor,
};

const explain: Command = {
  name: "explain",
  summary: "Say what a problem or a lint rule is, or what went wrong in a log",
  words: "[ID | FILE | -]",
  maxWords: 1,
  offers: ["problem", "rule", "file"],
  options: {
    json,
    facts: { value: "FILE", offers: "file", help: "prove the log against facts saved on its machine" },
    "log-only": { help: "read the log only; do not look at this machine" },
    list: { help: "list every problem and every rule of lint that has a page" },
  },
  about: [
    "FILE is any log or terminal paste: colours, progress bars, CI time stamps and UTF-16 are understood. Without a word, or with -, standard input is read.",
    "Exit code 0: nothing of ours went wrong in it; 1: findings.",
  ],
  examples: [
    ["cachewright explain cache-not-owned", "the page of one problem"],
    ["cachewright explain pip.log", "what failed in a log, and from which lines"],
    ["pip install numpy 2>&1 | cachewright explain", "the same from a pipe"],
    ["cachewright explain --list", "all there are pages of"],
  ],
  load: async () => (await import("./explain.ts")).runExplain,
};

const run: Command = {
  name: "run",
  summary: "Run a command unchanged, and explain it when it fails or warns",
  words: "[--] COMMAND [ARGUMENT…]",
  carries: true,
  maxWords: Number.POSITIVE_INFINITY,
  options: {
    json: { value: "FILE", offers: "file", help: "write the explanation to FILE as JSON (the schema of explain), also when there is none" },
  },
  about: [
    "COMMAND gets the same terminal, files, directory and environment, and all it writes is passed on at once. What it said is explained below it on standard error, proved on this machine; where nothing of ours went wrong, nothing is added.",
    "Works for pip, uv, conda, pipx, poetry and whatever starts them. What goes to a terminal or a pipe is seen with the help of a python3; without one the command runs as well, and only this machine is looked at when it fails.",
    "Exit code: the command's own; where it died of a signal, so does cachewright. 127: there is no such command; 126: it cannot be executed; 2: run itself was called wrongly.",
  ],
  examples: [
    ["cachewright run -- pip install numpy", "the usual install, explained when it fails or warns"],
    ["cachewright run uv sync", "the two dashes are needed only where COMMAND begins with one"],
    ["cachewright run --json why.json -- make install", "in CI: the explanation as a file"],
  ],
  load: async () => (await import("./run-call.ts")).runCall,
};

const fix: Command = {
  name: "fix",
  summary: "Show the cure as a plan, ask, apply it and prove that it worked",
  words: "[ID…]",
  maxWords: Number.POSITIVE_INFINITY,
  offers: ["problem"],
  options: {
    "dry-run": { short: "n", help: "show the plan and stop" },
    yes,
    choose: { value: "REMEDY", offers: "remedy", help: "take this remedy instead of the gentlest" },
    python: { value: "PATH", offers: "python", help: "cure for this interpreter, not the one on PATH" },
    "for-user": { value: "NAME", offers: "user", help: "as root: cure for this user" },
    json,
  },
  about: [
    "Every step is shown before it is taken, is written to a journal and can be undone unless the plan says otherwise.",
    "Without a terminal and without --yes nothing is changed. Exit code 0: cured, or nothing to cure; 1: findings stand, or the plan was not agreed to; 3: a cure failed or could not be verified.",
  ],
  examples: [
    ["cachewright fix --dry-run", "only show what would be done"],
    ["cachewright fix cache-not-owned", "cure one problem"],
    ["sudo cachewright fix --for-user alice", "as root, cure for somebody"],
  ],
  load: async () => (await import("./fix.ts")).runFix,
};

const undo: Command = {
  name: "undo",
  summary: "Put back what a fix changed",
  words: "[RUN]",
  maxWords: 1,
  offers: ["run"],
  options: { yes, json },
  about: [
    "Without RUN the newest run is undone. What has changed since the run is left alone and listed.",
    "Without a terminal and without --yes nothing is changed. Exit code 0: undone, or nothing to undo; 1: not agreed to, nothing was changed; 3: not all could be put back.",
  ],
  examples: [
    ["cachewright undo", "take the newest run back"],
    ["cachewright undo 20261121-091530-a1b2", "take one run back; `cachewright runs` lists them"],
  ],
  load: async () => (await import("./undo.ts")).runUndo,
};

const runs: Command = {
  name: "runs",
  summary: "List what was changed, show a run, or forget it and free its space",
  words: "[list | show RUN | forget RUN]",
  maxWords: 2,
  offers: [["list", "show", "forget"], "run"],
  options: { yes, json },
  about: [
    "`forget` says what a run set aside and how much that is, asks, and deletes it, so the space comes free; the run cannot be undone afterwards.",
    "Exit code of `forget`, 0: forgotten; 1: not agreed to, nothing was changed; 3: not all could be deleted. Without a terminal it needs --yes.",
  ],
  examples: [
    ["cachewright runs", "every run, newest first"],
    ["cachewright runs show 20261121-091530-a1b2", "what one run did, step by step"],
    ["cachewright runs forget 20261121-091530-a1b2", "remove what it set aside"],
  ],
  load: async () => (await import("./runs.ts")).runRuns,
};

const config: Command = {
  name: "config",
  summary: "Show which settings are in force and why, and change them",
  words: "[show|path|set|unset|add|remove] [WORD…]",
  maxWords: Number.POSITIVE_INFINITY,
  offers: [["show", "path", "set", "unset", "add", "remove"], toolNames, neutralKeys],
  options: {
    as: { value: "TOOL=VERSION", many: true, help: "answer for this version, too, installed or not" },
    tool: { value: "TOOL", many: true, offers: toolNames, help: "the tool whose setting it is" },
    scope: { value: "SCOPE", offers: ["user", "site", "global", "project", "env-file"], help: "whose file to write: user, site (one install's), global, project, or env-file (the one a variable names)" },
    first: { help: "add before the other items of a list" },
    "dry-run": { short: "n", help: "show the change and stop" },
    yes,
    json,
  },
  about: [
    "show [TOOL] [KEY], path TOOL, set KEY VALUE…, unset KEY, add KEY VALUE…, remove KEY VALUE…",
    "KEY is the tool's own name (no-cache-dir, pkgs_dirs) or one that all tools share: cache-dir, cache (on, off), pkgs-dirs, envs-dirs, link-mode, index, extra-index, temp-dir, python-dir, tool-dir, offline, locking.",
    "Nothing is started: files and variables are read as the tool would, by its version. A change is shown first, keeps the rest of the file byte by byte, is proven by reading it as the tool would, and `undo` takes it back.",
    "Exit code of `set`, `unset`, `add` and `remove`, 0: in force, or so already; 1: not agreed to, or written and beaten by something stronger; 3: refused, or it failed.",
  ],
  examples: [
    ["cachewright config show", "what is in force for every tool here"],
    ["cachewright config show pip cache-dir --as pip=26.3", "one setting, and what an upgrade would change"],
    ["cachewright config path pip", "every file pip reads, in order"],
    ["cachewright config set cache-dir /srv/cache/pip --tool pip", "with the plan shown before"],
    ["cachewright config add pkgs-dirs /srv/conda/pkgs --tool conda --first", "one more item of a list"],
  ],
  load: async () => (await import("./config.ts")).runConfig,
};

const completions: Command = {
  name: "completions",
  summary: "Print the completion script for a shell",
  words: "bash | zsh | fish",
  maxWords: 1,
  offers: ["shell"],
  options: {},
  examples: [
    ["source <(cachewright completions bash)", "for this bash; in ~/.bashrc for every one"],
    ["cachewright completions zsh > ~/.zfunc/_cachewright", "for zsh, in a directory of $fpath"],
    ["cachewright completions fish > ~/.config/fish/completions/cachewright.fish", "for fish"],
  ],
  load: async () => (await import("./completions.ts")).runCompletions,
};

const help: Command = {
  name: "help",
  summary: "Explain a command",
  words: "[COMMAND]",
  maxWords: 2,
  offers: ["command"],
  options: {},
  examples: [["cachewright help fix", "the same as cachewright fix --help"]],
  load: async () => (await import("./help.ts")).runHelp,
};

export const commands: readonly Command[] = [doctor, explain, run, lint, fix, undo, runs, config, ...cacheCommands, completions, help];

/** First words that several commands share. Alone they are the first of these. */
export const groups: Readonly<Record<string, string>> = { cache: "See the caches of all tools, trust them, make them smaller" };

/** What can be typed first. */
export function firstWords(): string[] {
  return [...new Set(commands.map(({ name }) => name.split(" ")[0] ?? name))];
}

/** The command that the first words name, and the words after it; of a group without a second word, its first. */
export function commandFor([name = "", ...rest]: readonly string[]): { readonly command: Command | undefined; readonly words: readonly string[] } {
  if (!Object.hasOwn(groups, name)) return { command: commands.find((one) => one.name === name), words: rest };
  const [verb, ...words] = rest;
  if (verb === undefined || verb.startsWith("-")) return { command: commands.find((one) => one.name.startsWith(`${name} `)), words: rest };
  return { command: commands.find((one) => one.name === `${name} ${verb}`), words };
}
