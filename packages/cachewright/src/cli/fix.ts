import { AppError } from "../machine/app-error.ts";
import type { Call } from "./command.ts";

export async function runFix(call: Call): Promise<number> {
  throw new AppError("E_USAGE", `${call.command.name} is not there yet`);
}
