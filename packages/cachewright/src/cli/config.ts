import { AppError } from "../machine/app-error.ts";
import type { Call } from "./command.ts";
import { usageHint } from "./parse-call.ts";

const verbs = ["show", "path", "set", "unset", "add", "remove"] as const;

export async function runConfig(call: Call): Promise<number> {
  const [verb = "show", ...rest] = call.words;
  switch (verb) {
    case "show": return (await import("./config-show.ts")).showConfig(call, rest);
    case "path": return (await import("./config-show.ts")).showPaths(call, rest);
    case "set": case "unset": case "add": case "remove": return (await import("./config-change.ts")).changeConfig(call, verb, rest);
    default: throw (await import("./near.ts")).unknown("config command", verb, verbs, usageHint(call.command));
  }
}

/** Options that another verb takes are no use here: said, not passed over. */
export function refuseOptions(call: Call, verb: string, useless: readonly string[]): void {
  const given = useless.find((name) => call.options[name] !== undefined);
  if (given !== undefined) throw new AppError("E_USAGE", `config ${verb} takes no --${given}`, { hint: usageHint(call.command) });
}
