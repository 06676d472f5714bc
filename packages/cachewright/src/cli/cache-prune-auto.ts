import type { PrunePolicy } from "../caches/policy.ts";
import { AppError } from "../machine/app-error.ts";
import type { Call } from "./command.ts";

export async function policyFromFile(call: Call): Promise<PrunePolicy> {
  throw new AppError("E_USAGE", `${call.command.name} --auto is not there yet`);
}
