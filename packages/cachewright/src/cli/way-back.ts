import type { Machine } from "../machine/machine.ts";
import type { WayBack } from "../report/text/fix.ts";
import type { Look } from "../report/text/look.ts";
import { shellWord } from "../report/text/visible.ts";

type Here = Pick<Machine, "env" | "identity" | "account">;

/** How a run is taken back, typed by the person at this terminal: who came through sudo must go through it again. */
export function wayBack({ run, stateDir }: { run: string; stateDir: string | undefined }, machine: Here, look: Look): WayBack {
  return {
    undo: cameThroughSudo(machine) ? sudoCommand(["undo", run], { look, stateDir: askedPlace(machine, stateDir) }) : `${look.command} undo ${run}`,
    journal: stateDir === usualPlace(machine) ? undefined : stateDir,
  };
}

/** This very program under sudo, whose PATH and variables are its own. */
export function sudoCommand(words: readonly string[], { look, stateDir }: { look: Look; stateDir?: string | undefined }): string {
  const variable = stateDir === undefined ? [] : ["env", `CACHEWRIGHT_STATE_DIR=${stateDir}`];
  return ["sudo", ...variable, ...look.rootCommand, ...words].map(shellWord).join(" ");
}

function cameThroughSudo({ identity, env }: Here): boolean {
  return identity.euid === 0 && env["SUDO_UID"] !== undefined && env["SUDO_UID"] !== "0";
}

function askedPlace({ env }: Here, stateDir: string | undefined): string | undefined {
  return stateDir !== undefined && env["CACHEWRIGHT_STATE_DIR"] === stateDir ? stateDir : undefined;
}

/** Where somebody would look for the journal first (machine/state-dir.ts has the whole list). */
function usualPlace({ identity, env, account }: Here): string | undefined {
  if (identity.euid === 0) return "/var/lib/cachewright";
  const known = account();
  const home = env["HOME"] ?? (known.ok ? known.value.home : undefined);
  return home === undefined ? undefined : `${home.replace(/\/+$/, "")}/.local/state/cachewright`;
}
