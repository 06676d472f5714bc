import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import { becomeUser, loginEnvironment, readRequest } from "../machine/user-child.ts";
import { loadEditors } from "./format-edits.ts";
import { formatsOf } from "./resolve.ts";
import { doTask, type UserTask } from "./user-side.ts";

/** A task of another part of the program, all its code loaded. */
export type FurtherTask = (machine: Machine) => Promise<unknown>;

/**
 * Serves one request of a root process as the account it names: everything is loaded, then root is given up, then
 * the task is done. Answers with JSON on stdout; an error is an answer too.
 */
export async function serveAsUser(text: string, further: (task: string) => Promise<FurtherTask | undefined> = async () => undefined): Promise<string> {
  try {
    const { account, request } = readRequest(text);
    const task = request as UserTask;
    if (task.task === "resolve") await loadEditors(formatsOf(task.proposals));
    const loaded = await further(task.task);
    becomeUser(account);
    const machine = nodeMachine({ env: loginEnvironment(account) });
    return JSON.stringify({ ok: true, value: (loaded === undefined ? doTask(machine, task) : await loaded(machine)) ?? null });
  } catch (error) {
    if (error instanceof AppError) return JSON.stringify({ ok: false, code: error.code, message: error.message, hint: error.hint });
    return JSON.stringify({ ok: false, code: "E_STEP", message: error instanceof Error ? error.message : String(error) });
  }
}
