import { lintCodes } from "../lint/codes.generated.ts";
import { AppError } from "../machine/app-error.ts";
import { problemIds } from "../problems/registry.generated.ts";
import { texts } from "../problems/texts.generated.ts";
import type { Call, Command, Offer, Option } from "./command.ts";
import { offerRunsWord } from "./command-line.ts";
import { commands, firstWords, groups } from "./commands.ts";
import { knownTools } from "./known-tools.ts";
import { unknown } from "./near.ts";

const shells = ["bash", "zsh", "fish"] as const;
type Shell = (typeof shells)[number];

const scripts: Readonly<Record<Shell, () => string>> = { bash, zsh, fish };

export async function runCompletions(call: Call): Promise<number> {
  const [shell] = call.words;
  if (shell === undefined) throw new AppError("E_USAGE", `completions for which shell? ${shells.join(", ")}`, { hint: "See: cachewright completions --help" });
  if (!(shells as readonly string[]).includes(shell)) throw unknown("shell", shell, shells, `There are ${shells.join(", ")}.`);
  call.terminal.out(scripts[shell as Shell]());
  return 0;
}

/** The second words of a group. */
function verbsOf(group: string): string[] {
  return commands.flatMap(({ name }) => (name.startsWith(`${group} `) ? [name.slice(group.length + 1)] : []));
}

/** The fixed words behind an offer; files, users and runs the shell looks up when it is asked. */
function wordsOf(offer: Offer | readonly string[]): readonly string[] {
  if (typeof offer !== "string") return offer;
  if (offer === "problem") return problemIds;
  if (offer === "rule") return lintCodes;
  if (offer === "remedy") return remedyIds();
  if (offer === "tool") return knownTools;
  if (offer === "shell") return shells;
  if (offer === "command") return firstWords();
  return [];
}

function remedyIds(): readonly string[] {
  return [...new Set(Object.values(texts).flatMap(({ remedies }) => Object.keys(remedies)))].sort();
}

/** The words of `command` after which a run is named; undefined where the run comes first. */
function beforeRun(command: Command): readonly string[] | undefined {
  const first = command.offers?.[0];
  return typeof first === "string" || first === undefined ? undefined : first.filter((word) => word !== "list");
}

function namesRuns(command: Command): boolean {
  return command.offers?.includes("run") === true;
}

function wordsAfter(command: Command): string[] {
  return (command.offers ?? []).flatMap(wordsOf);
}

function flagsOf(command: Command): string[] {
  return [...Object.entries(command.options).flatMap(([name, option]) => [`--${name}`, ...(option.short === undefined ? [] : [`-${option.short}`])]), "--help"];
}

function offersFiles(offer: Option["offers"]): boolean {
  return offer === "file" || offer === "python";
}

/** After an option with a value: what that value can be. */
function bashValues(): string[] {
  return commands.flatMap((command) => Object.entries(command.options).flatMap(([name, option]) => {
    if (option.value === undefined) return [];
    const answer = option.offers === "user" ? "COMPREPLY=($(compgen -u -- \"$word\"))"
      : offersFiles(option.offers) ? "COMPREPLY=($(compgen -f -- \"$word\"))"
      : `COMPREPLY=($(compgen -W "${option.offers === undefined ? "" : wordsOf(option.offers).join(" ")}" -- "$word"))`;
    return [`    "${command.name} --${name}") ${answer}; return ;;`];
  }));
}

function bash(): string {
  const flags = commands.map((command) => `    "${command.name}") words="${flagsOf(command).join(" ")}" ;;`);
  const words = commands.map((command) => `    "${command.name}") words="${wordsAfter(command).join(" ")}" ;;`);
  const runs = commands.filter(namesRuns).flatMap((command) => beforeRun(command)?.map((before) => `"${command.name} ${before}"`) ?? [`"${command.name} "*`]);
  return `# cachewright completions for bash
_cachewright() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]} words=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${firstWords().join(" ")} --help --version --licenses" -- "$word"))
    return
  fi
${Object.keys(groups).map((group) => `  if [ "$command" = ${group} ]; then
    if [ "$COMP_CWORD" -eq 2 ]; then COMPREPLY=($(compgen -W "${verbsOf(group).join(" ")} --help" -- "$word")); return; fi
    command="${group} \${COMP_WORDS[2]}"
  fi`).join("\n")}
  case "$command $before" in
${bashValues().join("\n")}
  esac
  case "$word" in
    -*)
      case "$command" in
${flags.map((line) => `    ${line}`).join("\n")}
      esac
      COMPREPLY=($(compgen -W "$words" -- "$word"))
      return ;;
  esac
  case "$command $before" in
    ${runs.join("|")}) COMPREPLY=($(compgen -W "$("\${COMP_WORDS[0]}" ${offerRunsWord} 2>/dev/null)" -- "$word")); return ;;
  esac
  case "$command" in
${words.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  [ "$command" = explain ] && COMPREPLY+=($(compgen -f -- "$word"))
}
complete -o filenames -F _cachewright cachewright
`;
}

/** In zsh's argument specifications brackets, colons and single quotes mean something. */
function zshText(text: string): string {
  return text.replaceAll("'", "’").replace(/[[\]:\\]/g, "\\$&");
}

/** For each command its options and words. */
function zshCases(): string[] {
  const alone = commands.filter(({ name }) => !name.includes(" "));
  return [...zshCasesOf(alone, (name) => name), ...Object.keys(groups).map((group) => {
    const own = commands.filter(({ name }) => name.startsWith(`${group} `));
    const verbs = own.map(({ name, summary }) => `'${name.slice(group.length + 1)}:${zshText(summary)}'`);
    return `      ${group})
        if (( CURRENT == 2 )); then
          local -a verbs=(${verbs.join(" ")})
          _describe command verbs
        else
          shift words; (( CURRENT-- ))
          case $line[2] in
${zshCasesOf(own, (name) => name.slice(group.length + 1)).join("\n")}
          esac
        fi ;;`;
  })];
}

function zshCasesOf(some: readonly Command[], word: (name: string) => string): string[] {
  const action = (offer: Option["offers"]): string =>
    offer === "user" ? "_users" : offersFiles(offer) ? "_files" : offer === undefined ? "" : `(${wordsOf(offer).join(" ")})`;
  return some.map((command) => {
    const options = Object.entries(command.options).map(([name, option]) => {
      const many = option.many === true ? "*" : "";
      const value = option.value === undefined ? "" : `:${zshText(option.value)}:${action(option.offers)}`;
      return `        '${many}--${name}[${zshText(option.help)}]${value}'`;
    });
    const words = wordsAfter(command);
    const rest = command.name === "explain" ? [`        '*: :_cachewright_explain'`]
      : !namesRuns(command) ? [`        '*: :(${words.join(" ")})'`]
      : beforeRun(command) === undefined ? ["        '1: :_cachewright_runs'"] : [`        '1: :(${words.join(" ")})'`, "        '2: :_cachewright_runs'"];
    return `      ${word(command.name)})\n        _arguments \\\n${[...options, "        '--help[print help]'", ...rest].map((line) => `  ${line}`).join(" \\\n")} ;;`;
  });
}

function zsh(): string {
  return `#compdef cachewright
# cachewright completions for zsh
_cachewright_explain() {
  compadd -- ${problemIds.join(" ")}
  _files
}
_cachewright_runs() {
  local -a runs=(\${(f)"$(_call_program runs cachewright ${offerRunsWord} 2>/dev/null)"})
  compadd -V runs -- $runs
}
_cachewright() {
  local line state
  _arguments -C '(-h --help)'{-h,--help}'[print help]' '(-V --version)'{-V,--version}'[print the version]' '--licenses[print the licences]' '1: :->command' '*:: :->rest'
  case $state in
    command)
      local -a all=(
${firstWords().map((word) => `        '${word}:${zshText(groups[word] ?? commands.find(({ name }) => name === word)?.summary ?? "")}'`).join("\n")}
      )
      _describe command all ;;
    rest)
      case $line[1] in
${zshCases().join("\n")}
      esac ;;
  esac
}
if [ "$funcstack[1]" = _cachewright ]; then _cachewright "$@"; else compdef _cachewright cachewright; fi
`;
}

function fishText(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

function runsWanted(command: Command): string {
  const before = beforeRun(command);
  const seen = `__fish_seen_subcommand_from ${command.name}`;
  return before === undefined ? seen : `${seen}; and __fish_seen_subcommand_from ${before.join(" ")}`;
}

function fish(): string {
  const lines = commands.flatMap((command) => {
    const [first = "", verb] = command.name.split(" ");
    const seen = `__fish_seen_subcommand_from ${first}${verb === undefined ? "" : `; and __fish_seen_subcommand_from ${verb}`}`;
    const on = `-n '${seen}'`;
    const words = wordsAfter(command);
    const once = beforeRun(command) === undefined ? on : `-n '${seen}; and not __fish_seen_subcommand_from ${words.join(" ")}'`;
    return [
      verb === undefined ? `complete -c cachewright -f -n __fish_use_subcommand -a ${first} -d ${fishText(command.summary)}`
        : `complete -c cachewright -f -n '__fish_seen_subcommand_from ${first}; and not __fish_seen_subcommand_from ${verbsOf(first).join(" ")}' -a ${verb} -d ${fishText(command.summary)}`,
      ...(words.length === 0 ? [] : [`complete -c cachewright ${command.name === "explain" ? "-F" : "-f"} ${once} -a ${fishText(words.join(" "))}`]),
      ...(namesRuns(command) ? [`complete -c cachewright -f -k -n ${fishText(runsWanted(command))} -a '(cachewright ${offerRunsWord} 2>/dev/null)'`] : []),
      ...Object.entries(command.options).map(([name, option]) => {
        const short = option.short === undefined ? "" : ` -s ${option.short}`;
        const value = option.value === undefined ? "" : option.offers === "user" ? " -x -a '(__fish_complete_users)'"
          : offersFiles(option.offers) ? " -r -F" : ` -x -a ${fishText(option.offers === undefined ? "" : wordsOf(option.offers).join(" "))}`;
        return `complete -c cachewright ${on} -l ${name}${short}${value} -d ${fishText(option.help)}`;
      }),
    ];
  });
  const heads = Object.entries(groups).map(([name, summary]) => `complete -c cachewright -f -n __fish_use_subcommand -a ${name} -d ${fishText(summary)}`);
  return `# cachewright completions for fish\ncomplete -c cachewright -f\n${[...heads, ...lines].join("\n")}\ncomplete -c cachewright -s h -l help -d 'print help'\n`;
}
