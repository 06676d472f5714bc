/** Programs in a directory that the shell does not look into: pip's and pipx's. */
import { dirname } from "node:path";
import type { Facts, ProgramsFact } from "../facts/facts.ts";
import { homeOf, nearestPresent, pathFact, resolvedPath, selfActor } from "./look-up.ts";
import type { Finding, Remedy } from "./problem.ts";
import { mayEdit, shellWord } from "./settings-words.ts";

type Directory = ProgramsFact["directories"][number];

function isOnPath(facts: Facts, directory: string): boolean {
  const entries = (facts.env["PATH"] ?? "").split(":").filter((entry) => entry !== "");
  return entries.some((entry) => resolvedPath(facts, entry) === resolvedPath(facts, directory));
}

/** What the start-up file of every new shell adds is a matter of opening one: no finding any more. */
function missing(facts: Facts, of: Directory["of"]): Directory[] {
  const { programs } = facts;
  return (programs?.directories ?? []).filter((one) => one.of === of && one.count > 0 && !isOnPath(facts, one.path) && one.named?.path !== programs?.startup);
}

export function notOnPath(facts: Facts, problem: string, of?: Directory["of"]): Finding[] {
  const { programs } = facts;
  if (programs === undefined) return [];
  return missing(facts, of).map((one): Finding => ({
    problem, severity: "note", subject: one.path,
    evidence: [
      { says: `PATH is ${facts.env["PATH"] ?? "not set"}`, from: { env: "PATH" } },
      { says: one.count === 1 ? "one program is in it" : `${one.count} programs are in it`, from: { path: one.path }, path: pathFact(facts, one.path) },
      ...(one.named === undefined ? [] : [{ says: "a login shell adds it here", from: one.named }]),
    ],
    params: { path: one.path, shell: programs.shell, file: one.named?.path ?? programs.startup, variant: one.named === undefined ? "unknown" : "login" },
  }));
}

/** The home as the shell spells it: the file may be carried to another machine. */
function lineFor(facts: Facts, programs: ProgramsFact, directory: string): string | undefined {
  const home = homeOf(facts);
  const inHome = home !== undefined && directory.startsWith(`${home}/`) ? `$HOME${directory.slice(home.length)}` : directory;
  // Whatever a shell would read as more than a name is left to the person.
  if (!/^(?:\$HOME)?[\w@%+=.,/-]+$/.test(inHome)) return undefined;
  if (programs.shell === "fish") return `set -gx PATH "${inHome}" $PATH`;
  return /^(?:ba|da|z|k|mk|a)?sh$/.test(programs.shell) ? `export PATH="${inHome}:$PATH"` : undefined;
}

function addLine(facts: Facts, programs: ProgramsFact, directory: string): Remedy[] {
  const { startup } = programs;
  const text = lineFor(facts, programs, directory);
  const seen = pathFact(facts, startup);
  // A linked file is edited where it is (somebody's repository of settings).
  const mayWrite = seen.state === "absent" ? nearestPresent(facts, dirname(startup)).access?.write === "ok" : mayEdit(facts, startup);
  if (text === undefined || !mayWrite) return [];
  return [{
    id: "add-line", needs: "user", params: { file: startup, line: text },
    steps: [{ kind: "change-config", why: "every new shell finds the programs", actor: selfActor(facts), path: startup, change: { do: "add-line", text } }],
  }];
}

/** A new login where that is enough, or a line in the file that every new shell reads. */
export function pathLineCures(found: Finding, facts: Facts): Remedy[] {
  const { programs } = facts;
  if (programs === undefined) return [];
  const login: readonly Remedy[] = found.params["variant"] === "login" ? [{ id: "new-login", needs: "user", steps: [], shown: [`exec ${shellWord(facts.env["SHELL"] ?? "sh")} -l`] }] : [];
  return [...login, ...addLine(facts, programs, found.subject)];
}
