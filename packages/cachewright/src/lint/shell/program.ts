/** Which program a command calls: `python3 -m pip install` is pip's. */
import type { Word } from "../source.ts";
import { programName } from "./unwrap.ts";
import type { ReadWord } from "./words.ts";

interface Program {
  readonly name: string;
  readonly program: Word;
  readonly args: readonly ReadWord[];
}

/** Options of python that take a value of their own. */
const takesValue = new Set(["-W", "-X"]);

export function programOf(words: readonly ReadWord[]): Program {
  const [first, ...args] = words;
  const program: ReadWord = first ?? { range: { start: 0, end: 0 }, text: "", value: undefined, loose: false };
  const name = programName(program);
  // `$PYTHON -m pip`: nothing but a Python takes -m so.
  if (name !== "python" && name !== "py" && !(name === "" && args[0]?.value?.startsWith("-m") === true)) return { name, program, args };
  return moduleOf(program, args) ?? { name, program, args };
}

function moduleOf(python: ReadWord, args: readonly ReadWord[]): Program | undefined {
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    const value = word?.value;
    if (word === undefined || value === undefined || !value.startsWith("-")) return undefined;
    const [, attached] = /^-[A-Za-z]*?m(.*)$/.exec(value) ?? [];
    if (attached === undefined) {
      if (takesValue.has(value)) at++;
      continue;
    }
    const module = attached === "" ? args[at + 1] : { ...word, value: attached };
    if (module?.value === undefined) return undefined;
    return {
      name: module.value.split(".")[0] ?? "",
      program: { range: { start: python.range.start, end: module.range.end }, text: `${python.text} -m ${module.value}`, value: undefined },
      args: args.slice(attached === "" ? at + 2 : at + 1),
    };
  }
  return undefined;
}
