import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import type { Call } from "./command.ts";

export async function explainInput(path: string, _call: Call, _machine: Machine): Promise<number> {
  throw new AppError("E_USAGE", `explaining ${path} is not there yet`);
}
