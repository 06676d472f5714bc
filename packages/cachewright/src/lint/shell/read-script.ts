import { withoutReturns, wholeText } from "../mapped-text.ts";
import type { Account, Reader, Step } from "../source.ts";
import { readCommands } from "./read-commands.ts";

/** Who runs it is not in the file. */
const somebody: Account = { user: undefined, uid: undefined, home: undefined };

export const readScript: Reader = (text, path) => {
  const range = { start: 0, end: text.length };
  const { commands, unread, variables } = readCommands(withoutReturns(wholeText(text)), { variables: new Map(), account: somebody });
  const step: Step = { range, insertAt: 0, called: "script", commands, mounts: [], variables, account: somebody, stage: undefined, onbuild: false };
  return { ok: true, source: { path, kind: "shell", text, steps: [step], stages: [], unread } };
};
