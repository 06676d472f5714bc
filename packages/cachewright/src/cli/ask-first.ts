import { isOn, type Call } from "./command.ts";

/** True when the person agreed, by --yes or on the terminal. Says why not otherwise; nothing may be changed then. */
export function askFirst(question: string, call: Call): boolean {
  const { terminal } = call;
  if (isOn(call, "yes")) return true;
  if (!terminal.isTerminal("in")) {
    terminal.err("Nothing was changed: there is no terminal to ask on. Add --yes to go ahead.\n");
    return false;
  }
  if (terminal.confirm(question)) return true;
  terminal.err("Nothing was changed.\n");
  return false;
}
