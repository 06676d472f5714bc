/** One RUN: its options, and the script that it hands to the shell. */
import { joinTexts, type MappedText } from "../mapped-text.ts";
import { readCommands } from "../shell/read-commands.ts";
import type { Step, Unread, Variables } from "../source.ts";
import { withVariable } from "../variables.ts";
import { execForm } from "./exec-form.ts";
import { cutFlags, mountOf, type Flag } from "./flags.ts";
import { setsNoHome } from "./images.ts";
import type { Instruction } from "./instructions.ts";
import { accountNow, type StageState } from "./stage-state.ts";

interface Where {
  readonly state: StageState;
  readonly onbuild: boolean;
  readonly escape: string;
}

export function readRun(instruction: Instruction, { state, onbuild, escape }: Where): { step: Step; unread: readonly Unread[] } {
  const { flags, rest } = cutFlags(instruction.body, escape);
  const account = accountNow(state);
  const { variables } = state;
  const script = scriptOf(instruction, rest);
  const { commands, unread } = "why" in script
    ? { commands: [], unread: [{ range: instruction.range, why: script.why }] }
    : state.shell === "other" && !script.exec
      ? { commands: [], unread: [{ range: instruction.range, why: "its shell is none of sh, bash and their like" }] }
      : readCommands(script.text, { variables, account });
  return {
    unread,
    step: {
      range: instruction.range, insertAt: instruction.keywordRange.end, called: "RUN", commands, variables, account, onbuild, stage: state.stage,
      mounts: flags.filter(({ name }) => name === "mount").map((flag) => mountOf(flag, { body: instruction.body, variables: onbuild ? variables : variablesOfMounts(flag, state), escape, workdir: state.workdir })),
    },
  };
}

/**
 * The system gives a command its HOME, and BuildKit's `--mount` none: it has the variables of ENV, ARG and the image, and an
 * unset one is empty (`commands_runmount.go`, parseMount; moby/buildkit#2406). `${HOME-…}` tells unset from empty.
 */
function variablesOfMounts({ value }: Flag, { variables, image }: StageState): Variables {
  const isUnset = !variables.has("HOME") && image !== undefined && setsNoHome(image) && !/\$\{HOME[-+?]/.test(value);
  return isUnset ? withVariable(variables, "HOME", { value: "", range: undefined, from: "image" }) : variables;
}

type Script = { readonly text: MappedText; readonly exec: boolean } | { readonly why: string };

/**
 * `RUN <<EOF` alone: the body is the script, or a program with a `#!` of its own. With more on the line the shell gets
 * the line and the bodies (BuildKit's dispatchers.go, `dispatchRun`).
 */
function scriptOf({ heredocs }: Instruction, rest: MappedText): Script {
  const [first] = heredocs;
  if (first === undefined) {
    const exec = execForm(rest);
    return { text: exec ?? rest, exec: exec !== undefined };
  }
  if (heredocs.length > 1 || !/^\d*<<-?(?:"[^"]*"|'[^']*'|\S+)\s*$/.test(rest.text)) return { text: joinTexts([rest, ...heredocs.map(({ whole }) => whole)]), exec: false };
  const { body } = first;
  const program = /^#!.*?([\w.-]+)(?:\s+-\S+)*\s*(?:\r?\n|$)/.exec(body.text)?.[1];
  if (program !== undefined && !/^(?:sh|bash|dash|ash|zsh|ksh)$/.test(program)) return { why: `its here-document is a script for ${program}` };
  return { text: body, exec: program !== undefined };
}
