/**
 * Lets an attacker loose on a cache while a defender, running as root, gives its foreign entries back again and again.
 * Runs in a process of its own with a private mount namespace (see run-race.ts). What counts is that nothing outside
 * ever changes, that the attacker swapped often enough, and that the defender did its work meanwhile.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, readSync } from "node:fs";
import { AppError } from "../../src/machine/app-error.ts";
import { arena, ATTACKER, type Arena } from "./arena.ts";
import type { AttackKind } from "./attack.ts";

/** Gives what is foreign in the cache at `root` to `owner`. An AppError is a refusal; anything else that is thrown ends the race. */
export type Defender = (root: string, owner: { uid: number; gid: number }) => void;

export interface RaceRule {
  readonly kind: AttackKind;
  /** An empty directory of root's. */
  readonly ground: string;
  /** The race goes on until the attacker has swapped this often … */
  readonly swaps: number;
  /** … and the defender was let loose this often. */
  readonly rounds: number;
  /** The Python source of the attacker that mounts. */
  readonly mounter: string;
}

export interface RaceReport {
  readonly kind: AttackKind;
  readonly swaps: number;
  readonly rounds: number;
  /** Rounds that ended in a refusal of the whole. */
  readonly refusals: number;
  /** How many entries were given back in all the rounds. */
  readonly givenBack: number;
  /** What happened outside; the race ends with the first. */
  readonly outsideChanged: string[];
}

interface Attacker {
  swaps(): number;
  stop(): void;
}

function attackerArgv(rule: RaceRule, { root, outside }: Arena): [string, string[]] {
  if (rule.kind === "bind-mounts") return ["python3", [rule.mounter, `${outside}/a`, `${root}/http-v2/m`]];
  return [process.execPath, [process.argv[1] as string, "attack", rule.kind, root, outside]];
}

/** This process never yields to its event loop during a race, so it asks the kernel whether the attacker lives. */
function mustLive({ pid }: ChildProcess): void {
  const state = pid === undefined ? "X" : /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, "latin1"))?.[1];
  if (state === "Z" || state === "X") throw new Error("the attacker is dead");
}

function startAttacker(rule: RaceRule, field: Arena): Attacker {
  const counter = openSync(`${rule.ground}/swaps`, "w+");
  const [program, args] = attackerArgv(rule, field);
  const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit", counter] });
  const count = Buffer.alloc(8);
  return {
    swaps() {
      mustLive(child);
      return readSync(counter, count, 0, 8, 0) === 8 ? Number(count.readBigUInt64LE()) : 0;
    },
    stop() {
      child.kill("SIGKILL");
      closeSync(counter);
    },
  };
}

const ROUNDS_A_TIDE = 2;

function refuses(act: () => void): boolean {
  try {
    act();
    return false;
  } catch (error) {
    if (error instanceof AppError) return true;
    throw error;
  }
}

/** Rounds with a defender until the rule is met or something outside has changed. */
function fight(rule: RaceRule, field: Arena, round: () => void, swaps: () => number): RaceReport {
  let [rounds, refusals, givenBack] = [0, 0, 0];
  for (;;) {
    if (rounds % ROUNDS_A_TIDE === 0) field.makeForeign();
    if (refuses(round)) refusals += 1;
    rounds += 1;
    if (rounds % ROUNDS_A_TIDE === 0) givenBack += field.givenBack();
    const outsideChanged = field.changedOutside();
    const enough = swaps() >= rule.swaps && rounds >= rule.rounds;
    if (enough || outsideChanged.length > 0) return { kind: rule.kind, swaps: swaps(), rounds, refusals, givenBack, outsideChanged };
  }
}

export function raceApply(defend: Defender, rule: RaceRule): RaceReport {
  mkdirSync(rule.ground, { recursive: true });
  const field = arena(rule.ground);
  const attacker = startAttacker(rule, field);
  try {
    while (attacker.swaps() === 0);
    return fight(rule, field, () => defend(field.root, ATTACKER), attacker.swaps);
  } finally {
    attacker.stop();
  }
}
