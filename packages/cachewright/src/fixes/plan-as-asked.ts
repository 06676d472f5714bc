import type { Machine } from "../machine/machine.ts";
import { makePlan } from "./plan.ts";
import type { Plan, Step } from "./step.ts";

/** A plan that cures nothing: the command says what it is for, and the steps are this account's own. */
export function planAsAsked(machine: Pick<Machine, "account" | "identity">, steps: readonly Step[]): Plan {
  const account = machine.account();
  const uid = machine.identity.euid;
  const plan = makePlan({ cures: [{ problem: "", subject: "", remedy: { id: "", steps } }], user: { uid, name: account.ok ? account.value.name : String(uid) } });
  return { ...plan, cures: [] };
}
