import { withoutReturns, wholeText } from "../mapped-text.ts";
import type { Account, Reader, Source, Step } from "../source.ts";
import { readCommands } from "./read-commands.ts";

/** Who runs it is not in the file. */
const somebody: Account = { user: undefined, uid: undefined, home: undefined };

export const readScript: Reader = (text, path) => {
  const range = { start: 0, end: text.length };
  const { commands, unread, fault, variables } = readCommands(withoutReturns(wholeText(text)), { variables: new Map(), account: somebody });
  const step: Step = { range, insertAt: 0, called: "script", commands, mounts: [], variables, account: somebody, stage: undefined, onbuild: false };
  const source: Source = { path, kind: "shell", text, steps: [step], stages: [], unread: unread.filter((one) => one !== fault) };
  return { ok: true, source, fault: fault && { range: fault.range, message: fault.why } };
};
